import type { Answer } from '../../../src/domain/answer.ts';
import { onCallFor } from '../../../src/domain/audience.ts';
import type { CaseEvent, RecordedEvent } from '../../../src/domain/case-events.ts';
import { audienceOfCase, factsOf, type CaseState } from '../../../src/domain/case.ts';
import type { Command } from '../../../src/domain/commands.ts';
import { noticesOf, type Notice } from '../../../src/domain/consequences.ts';
import { decideAnswer, outcomeFields } from '../../../src/domain/decide-answer.ts';
import { decideClosing } from '../../../src/domain/decide-closing.ts';
import { lettingGo } from '../../../src/domain/decide.ts';
import { evolve, replay } from '../../../src/domain/evolve.ts';
import type { Gate, Policy, Question, RecordField } from '../../../src/domain/procedure.ts';
import { walk, type Walk, type WalkStep } from '../../../src/domain/walk.ts';
import { pack } from '../walking.ts';
import { numbersFrom, type Life } from './school.ts';

type Chance = (below: number) => number;

/** What has just become of a case, for the rules to look at. */
export type Moment = {
  life: Life;
  policy: Policy;
  before: CaseState | null;
  state: CaseState;
  walk: Walk;
  /** The steps of the walk by their names; superseded ones are left out. */
  places: ReadonlyMap<string, WalkStep[]>;
  /** The answers that have just been recorded, and the walk that they were given in. */
  given: { answers: Answer[]; in: Moment | null };
  notices: Notice[];
  /** Numbers for whatever a rule leaves to chance. */
  chance: Chance;
};

const at = '2026-11-28T10:00:00Z';
/** Far more turns than any case needs. */
const mostTurns = 200;

/** The moments of a case, from the concern to its closing. The last one is closed, or a rule finds that it is not. */
export function* living(life: Life): Generator<Moment> {
  const policy = pack(life.packId);
  const teller = new Teller(life, policy);
  let moment = teller.moment(null, [teller.raise()]);
  yield moment;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const chance = numbersFrom(life.turns[turn] ?? turn);
    const freely = turn < life.turns.length ? anything(moment, chance) : [];
    const events = freely.length > 0 ? freely : towardsTheEnd(moment, chance);
    if (events.length === 0) return;
    moment = teller.moment(moment, events);
    yield moment;
  }
}

/** Tells events one after another, as the use cases would. */
class Teller {
  readonly life: Life;
  readonly policy: Policy;
  #seq = 0;
  constructor(life: Life, policy: Policy) {
    this.life = life;
    this.policy = policy;
  }

  raise(): CaseEvent {
    const { involvement, kinds, emergency } = this.life;
    const { id, version } = this.policy.pack;
    const part = involvement.adultPart;
    const answers: Answer[] = [
      chosen('spine/emergency', [emergency ? 'yes' : 'no']),
      chosen('spine/about', [...involvement.about]),
      ...(part === null ? [] : [chosen('spine/adult-part', [part])]),
      chosen('spine/kind', kinds),
    ];
    return {
      type: 'concern-raised',
      concern: 'c',
      reference: 'HS-7Q2K9-M4XTW',
      reporter: 'amy',
      policy: { pack: id, version, digest: this.policy.digest },
      answers,
      about: [...involvement.about],
      adultPart: part,
      subjects: [...involvement.subjects],
      subjectTyped: null,
      conflicts: [...involvement.conflicts],
      urgency: emergency ? 'emergency' : 'urgent',
      source: 'form',
    };
  }

  moment(last: Moment | null, events: CaseEvent[]): Moment {
    const { life, policy } = this;
    const before = last?.state ?? null;
    const actor = before?.holder ?? 'amy';
    let state = this.#after(before, events, actor);
    const told = [...events];
    for (const event of lettingGo(state, life.people)) {
      state = this.#after(state, [event], actor);
      told.push(event);
    }
    for (const event of followUps(state, life)) {
      state = this.#after(state, [event], claimant(state, life));
      told.push(event);
    }
    const walked = walk(policy, factsOf(state, switchesIn(life, policy)));
    const { people, hasChannel } = life;
    return {
      ...{ life, policy, before, state, walk: walked },
      places: placesIn(walked),
      given: {
        answers: events.flatMap((one) => (one.type === 'answered' ? [one.answer] : [])),
        in: last,
      },
      notices: noticesOf(told, { before, after: state, people, actor, hasChannel }),
      chance: numbersFrom(this.#seq),
    };
  }

  #after(before: CaseState | null, events: CaseEvent[], actor: string): CaseState {
    const recorded = events.map((event): RecordedEvent => {
      this.#seq += 1;
      return { seq: this.#seq, at, actor, event };
    });
    return before === null ? replay('case', recorded) : recorded.reduce(evolve, before);
  }
}

/** Somebody who may take it does so at once; in an emergency those on call are told first. */
function followUps(state: CaseState, { people }: Life): CaseEvent[] {
  const audience = audienceOfCase(state, people);
  const onCall =
    state.version === 1 && state.urgency === 'emergency' ? onCallFor(audience, people) : [];
  return [
    ...(onCall.length > 0 ? [{ type: 'alerted' as const, people: onCall, stage: 0 }] : []),
    ...(state.holder === null && audience.team.length > 0 && state.closedAt === null
      ? [{ type: 'claimed' as const }]
      : []),
  ];
}

function claimant(state: CaseState, { people }: Life): string {
  const { team } = audienceOfCase(state, people);
  return team[state.version % Math.max(1, team.length)] ?? '';
}

function switchesIn(
  { switched }: Life,
  { pack: { switches } }: Policy,
): ReadonlyMap<string, string> {
  if (!switched) return new Map(Object.entries(switches));
  const other: Readonly<Record<string, string>> = {
    yes: 'no',
    no: 'yes',
    off: 'on',
    always: 'if-safeguarding',
    'if-safeguarding': 'always',
  };
  return new Map(Object.entries(switches).map(([name, value]) => [name, other[value] ?? value]));
}

function placesIn({ steps }: Walk): ReadonlyMap<string, WalkStep[]> {
  const live = steps.filter(({ state }) => state !== 'superseded' && state !== 'automatic');
  return Map.groupBy(live, ({ step }) => step.ref);
}

type Given = Omit<Command & { type: 'answer' }, 'type' | 'seen'>;

const blank: Omit<Given, 'step' | 'result'> = {
  child: null,
  part: 'step',
  chosen: [],
  record: {},
  reason: null,
};

function chosen(step: string, options: string[]): Answer {
  return { ...blank, step, result: 'chosen', chosen: options, record: {}, by: 'amy', at };
}

/** Whatever people may do: a few open steps, a change of mind, a conflict. */
function anything(moment: Moment, chance: Chance): CaseEvent[] {
  const { state, walk: walked } = moment;
  const open = walked.steps.filter(({ state: now }) => now === 'open' || now === 'awaiting');
  // What a gate has locked since cannot be changed before it opens.
  const settled = walked.steps.filter(
    ({ state: now, step, locks }) =>
      now === 'done' && step.kind === 'question' && locks.length === 0,
  );
  const lot = chance(20);
  if (lot === 0 && state.holder !== null)
    return [{ type: 'conflict-declared', person: state.holder }];
  if (lot < 4 && settled.length > 0) return record(moment, settled[chance(settled.length)], chance);
  const from = chance(open.length || 1);
  const rotated = [...open.slice(from), ...open.slice(0, from)].slice(0, 1 + chance(12));
  return batch(moment, rotated, chance);
}

/** What stands in the way of closing, then whatever keeps the ends away. */
function towardsTheEnd(moment: Moment, chance: Chance): CaseEvent[] {
  const { walk: walked, state } = moment;
  if (state.closedAt !== null) return [];
  const missing = walked.missing.filter(({ state: now }) => now !== 'locked');
  if (missing.length > 0) return batch(moment, missing, chance);
  const locked = walked.missing.filter(({ step }) => step.kind !== 'question');
  if (locked.length > 0) return locked.slice(0, 1).flatMap((one) => setAside(moment, one));
  const waiting = walked.steps.filter(
    ({ step, answer, state: now }) =>
      now !== 'superseded' && step.ref === 'spine/parents' && answer?.chosen.includes('wait'),
  );
  if (waiting.length > 0)
    return waiting.flatMap(({ child }) =>
      recorded(moment, {
        ...blank,
        step: 'spine/parents',
        child,
        result: 'chosen',
        chosen: ['already-know'],
        record: {},
      }),
    );
  return closing(moment, chance);
}

function closing({ walk: walked, state, life }: Moment, chance: Chance): CaseEvent[] {
  const ends = walked.ends.filter(
    ({ available, end: { code } }) => available && !['E-DUP', 'E-ERR'].includes(code),
  );
  const end = ends[chance(ends.length || 1)]?.end.ref;
  if (end === undefined) return [];
  const words = { summary: 'It was so.', outcome: 'It ended so.', reason: 'Because.' };
  const second = { signers: ['second'], nobodyAbove: false };
  const command = { type: 'propose-closing', end, ...words, seen: null } as const;
  const decision = decideClosing(state, command, walked, second);
  return decision.ok ? [...decision.events, { type: 'closed', end }] : failed(life, 'closing');
}

function failed(life: Life, what: string): never {
  throw new Error(`${what} was refused in ${JSON.stringify(life)}`);
}

/**
 * Several steps at once, as far as none of them can shut another: what deletes, what moves the case and what a gate
 * locks by its name comes last and alone.
 */
function batch(moment: Moment, places: WalkStep[], chance: Chance): CaseEvent[] {
  const events: CaseEvent[] = [];
  let last: CaseEvent[] = [];
  for (const place of places) {
    if (last.length > 0 && isWeighty(moment.policy, place)) continue;
    const found = record(moment, place, chance);
    if (isWeighty(moment.policy, place) || found.some(({ type }) => movesTheCase(type)))
      last = found;
    else events.push(...found);
  }
  return [...events, ...last];
}

const moving: readonly CaseEvent['type'][] = [
  'moved-to-manager',
  'released-to-lead',
  'adult-named',
];

function movesTheCase(type: CaseEvent['type']): boolean {
  return moving.includes(type);
}

function isWeighty(policy: Policy, { step, state }: WalkStep): boolean {
  return (
    state !== 'awaiting' && (step.acts.includes('delete') || lockedByName(policy).has(step.ref))
  );
}

const named = new Map<Policy, ReadonlySet<string>>();

function lockedByName(policy: Policy): ReadonlySet<string> {
  const known = named.get(policy);
  if (known !== undefined) return known;
  const gates = [...policy.steps.values()].filter(
    (step): step is typeof step & Gate => step.kind === 'gate',
  );
  const made = new Set([...gates.flatMap((gate) => gate.locks_steps), 'spine/police-override']);
  named.set(policy, made);
  return made;
}

function record(moment: Moment, place: WalkStep | undefined, chance: Chance): CaseEvent[] {
  if (place === undefined) return [];
  const { step, child, state: now } = place;
  const base = { ...blank, step: step.ref, child };
  if (now === 'awaiting' && step.kind === 'referral')
    return recorded(moment, {
      ...base,
      part: 'outcome',
      result: 'done',
      record: filled(outcomeFields(step), chance),
    });
  if (step.kind === 'question')
    return recorded(moment, {
      ...base,
      result: 'chosen',
      chosen: pick(step, moment.life.mild, chance),
      reason: 'A reason.',
      record: filled(step.record, chance),
    });
  if (step.need === 'judgement' && chance(3) === 0)
    return recorded(moment, {
      ...base,
      result: 'not-done',
      reason: 'It is not needed.',
      record: {},
    });
  const dialog = dialogOf(moment, place, chance);
  const state = dialog
    .map((event, seq) => ({ seq, at, actor: null, event }))
    .reduce(evolve, moment.state);
  const answer = { ...base, result: 'done', record: filled(step.record, chance) } as const;
  return [...dialog, ...recorded({ ...moment, state }, answer)];
}

/** What is done in a step's own dialog. */
function dialogOf({ life, state }: Moment, { step }: WalkStep, chance: Chance): CaseEvent[] {
  if (step.kind !== 'action' || step.dialog === undefined) return [];
  switch (step.dialog) {
    case 'children': {
      const known = new Set(state.children.map(({ id }) => id));
      const children =
        life.children.length > 0
          ? life.children
          : [{ id: 'c0', parts: ['other' as const], elsewhere: false }];
      return children
        .filter(({ id }) => !known.has(id))
        .map(({ id, parts, elsewhere }) => ({
          type: 'child-named',
          child: id,
          name: 'Kai',
          year: '5',
          parts,
          elsewhere,
        }));
    }
    case 'adult': {
      const person = `p${String(chance(8))}`;
      return [
        {
          type: 'adult-named',
          person: life.people.some(({ id }) => id === person) ? person : null,
          typed: 'Somebody',
        },
      ];
    }
    case 'child-side':
      return [{ type: 'linked', to: 'other', as: 'child-side' }];
  }
}

function setAside(moment: Moment, { step, child }: WalkStep): CaseEvent[] {
  return recorded(moment, {
    ...blank,
    step: step.ref,
    child,
    result: 'not-applicable',
    reason: 'Locked to the end.',
    record: {},
  });
}

/** Records it by the rules of the product. What is open can be recorded; anything else is a fault of the test. */
function recorded({ state, walk: walked, life }: Moment, given: Given): CaseEvent[] {
  const who = { actor: state.holder ?? '', now: at };
  const decision = decideAnswer(state, { ...given, type: 'answer', seen: null }, walked, who);
  return decision.ok ? decision.events : failed(life, `${given.step} (${decision.refusal.type})`);
}

/** Mostly an answer that leaves the case where it is: otherwise hardly one would stay with the safeguarding team. */
function pick({ options, choose }: Question, mild: boolean, chance: Chance): string[] {
  const [quiet] = options.filter(({ id, moves }) => isQuiet(id) && moves === undefined);
  if (mild && quiet !== undefined && chance(10) > 0) return [quiet.id];
  const staying = options.filter(({ moves }) => moves === undefined);
  const from = chance(12) === 0 || staying.length === 0 ? options : staying;
  const first = chance(from.length || 1);
  const many = choose === 'one' ? 1 : 1 + chance(Math.min(3, from.length));
  return [...from.slice(first), ...from.slice(0, first)].slice(0, many).map(({ id }) => id);
}

/** Answers by which nothing more is due. */
function isQuiet(id: string): boolean {
  return ['no', 'none', 'by-chance', 'seen-by-chance', 'ask'].includes(id);
}

function filled(fields: readonly RecordField[], chance: Chance): Record<string, string> {
  return Object.fromEntries(
    fields
      .filter(({ required }) => required || chance(2) === 0)
      .map((field) => [field.id, valueFor(field, chance)]),
  );
}

function valueFor(field: RecordField, chance: Chance): string {
  if (field.kind === 'choice') return field.options[chance(field.options.length)]?.id ?? '';
  return field.kind === 'moment' ? at : 'words';
}
