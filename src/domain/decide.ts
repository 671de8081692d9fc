import { slotOf } from './answer.ts';
import { isAllegation, secondPeople, type Involvement } from './audience.ts';
import type { CaseEvent, RecordedEvent } from './case-events.ts';
import { audienceOfCase, factsOf, readersOf, type CaseState } from './case.ts';
import type { Command, Decision, Refusal } from './commands.ts';
import { decideAnswer, decideTask } from './decide-answer.ts';
import { decideClosing, decideReopening, decideSigning, type Second } from './decide-closing.ts';
import { evolve } from './evolve.ts';
import { ownDuty } from './own-duty.ts';
import type { Person } from './people.ts';
import { may, type Deed } from './permissions.ts';
import type { Policy } from './procedure.ts';
import { walk, type Walk } from './walk.ts';

/** What a decision is made in: the policy the case is pinned to, the school's people, who acts and when. */
export type Setting = {
  policy: Policy;
  switches: ReadonlyMap<string, string>;
  people: readonly Person[];
  actor: string;
  /** ISO instant. */
  now: string;
};

/**
 * What follows from a command: events to append, or why not. Pure. Permission, staleness and closedness
 * are judged here, for every entry point alike.
 */
export function decide(state: CaseState, command: Command, setting: Setting): Decision {
  if (!may(deedOf(command), setting.actor, state, setting.people))
    return refuse({ type: 'not-entitled' });
  const stale = staleness(state, command);
  if (stale !== null) return refuse(stale);
  if (state.closedAt !== null && !allowedWhenClosed(command))
    return refuse({ type: 'case-closed' });
  const decision = decided(state, command, setting);
  if (!decision.ok) return decision;
  const { actor, now, people } = setting;
  const after = decision.events
    .map((event): RecordedEvent => ({ seq: 0, at: now, actor, event }))
    .reduce(evolve, state);
  return accept(...decision.events, ...lettingGo(after, people));
}

/**
 * Whoever holds a case lets go of it at the answer by which they turn out to be involved: it would lie with
 * somebody who may not open it, and nobody else could take it.
 */
export function lettingGo(after: CaseState, people: readonly Person[]): CaseEvent[] {
  const { holder } = after;
  return holder !== null && audienceOfCase(after, people).excluded.includes(holder)
    ? [{ type: 'unclaimed', reason: null }]
    : [];
}

function refuse(refusal: Refusal): Decision {
  return { ok: false, refusal };
}
function accept(...events: CaseEvent[]): Decision {
  return { ok: true, events };
}

function decided(state: CaseState, command: Command, setting: Setting): Decision {
  switch (command.type) {
    case 'claim':
      return claim(state, setting);
    case 'unclaim':
      return accept({ type: 'unclaimed', reason: command.reason });
    case 'hand-over':
      return handOver(state, command.to, setting);
    case 'declare-conflict':
      return accept({ type: 'conflict-declared', person: setting.actor });
    case 'answer':
      if (command.step === ownDuty && command.result === 'done')
        return refuse({ type: 'not-offered' });
      return decideAnswer(state, command, walkOf(state, setting), setting);
    case 'finish-task':
      return decideTask(state, command, walkOf(state, setting), setting);
    case 'decline-task':
      return accept({ type: 'task-declined', task: command.task, reason: command.reason });
    case 'give-task':
      return giveTask(state, command, setting);
    case 'name-child':
      return accept({ ...command.child, type: 'child-named' });
    case 'name-adult':
      return nameAdult(command);
    case 'note':
      return accept({ type: 'noted', text: command.text });
    case 'change-urgency':
      return accept({ type: 'urgency-changed', to: command.to, reason: command.reason });
    case 'propose-closing':
      return decideClosing(state, command, walkOf(state, setting), secondFor(state, setting));
    case 'sign':
      return decideSigning(state, command, walkOf(state, setting), setting.actor);
    case 'reopen':
      return decideReopening(state, command);
    case 'link':
      return accept({ type: 'linked', to: command.to, as: command.as });
    case 'switch-policy':
      return accept({ type: 'policy-switched', policy: command.policy });
    case 'add-words':
      return addWords(state, command, setting);
    case 'repeat-worry':
      return accept({ type: 'worry-repeated' });
    case 'record-own-duty':
      return decideOwnDuty(state, command.record, setting);
  }
}

/** The case's walk under the policy it is pinned to. */
export function walkOf(state: CaseState, setting: Pick<Setting, 'policy' | 'switches'>): Walk {
  return walk(setting.policy, factsOf(state, setting.switches));
}

/** By the reporter alone; whoever holds the case can only say why it does not apply. */
function decideOwnDuty(
  state: CaseState,
  record: Record<string, string>,
  setting: Setting,
): Decision {
  const about = { seen: null, step: ownDuty, child: null, part: 'step', result: 'done' } as const;
  const answer = { type: 'answer', ...about, chosen: [], record, reason: null } as const;
  return decideAnswer(state, { ...answer, chosen: [] }, walkOf(state, setting), setting);
}

function deedOf(command: Command): Deed {
  return command.type === 'decline-task' ? 'finish-task' : command.type;
}

function allowedWhenClosed(command: Command): boolean {
  return ['reopen', 'note', 'link', 'declare-conflict', 'add-words', 'repeat-worry'].includes(
    command.type,
  );
}

/**
 * A button drawn before the thing it is about changed is explained, not obeyed. Other changes of the case
 * do not make it stale, so that nobody's form is refused because a colleague wrote a note.
 */
function staleness(state: CaseState, command: Command): Refusal | null {
  if (command.seen === null) return null;
  const about = command.type === 'answer' ? slotOf(command) : '';
  const marks = [state.touched[''], state.touched[about]].filter((mark) => mark !== undefined);
  const newer = marks.find((mark) => mark.version > (command.seen ?? 0));
  return newer === undefined ? null : { type: 'stale', by: newer.by, at: newer.at };
}

function claim(state: CaseState, { actor }: Setting): Decision {
  if (state.holder === actor) return accept();
  if (state.holder !== null)
    return refuse({
      type: 'already-claimed',
      by: state.holder,
      at: state.touched['']?.at ?? state.raisedAt,
    });
  return accept({ type: 'claimed' });
}

function handOver(state: CaseState, to: string, { people }: Setting): Decision {
  if (!readersOf(state, people).includes(to)) return refuse({ type: 'not-offered' });
  return accept({ type: 'handed-over', to });
}

function giveTask(
  state: CaseState,
  command: Command & { type: 'give-task' },
  setting: Setting,
): Decision {
  const refusal = whyNoTask(command, walkOf(state, setting));
  if (refusal !== null) return refuse(refusal);
  const { people } = setting;
  const { excluded } = audienceOfCase(state, people);
  const receiver = people.find(({ id }) => id === command.to);
  if (receiver?.active !== true || !receiver.roles.includes('it') || excluded.includes(command.to))
    return refuse({ type: 'not-offered' });
  const { task, step, child, to, details } = command;
  return accept({ type: 'task-given', task, step, child, to, details });
}

/** IT is asked for nothing that is locked: a task to delete must not run ahead of the police. Source: scenario S25. */
function whyNoTask(
  { step, child }: Command & { type: 'give-task' },
  { steps }: Walk,
): Refusal | null {
  const place = steps.find((one) => one.step.ref === step && one.child === child);
  if (place?.step.who !== 'it' || place.state === 'superseded') return { type: 'not-offered' };
  return place.locks.length > 0 ? { type: 'locked', locks: place.locks } : null;
}

function nameAdult({ person, typed }: Command & { type: 'name-adult' }): Decision {
  if (person === null && typed === null) return refuse({ type: 'not-offered' });
  return accept({ type: 'adult-named', person, typed });
}

function secondFor(state: CaseState, { people, actor }: Setting): Second {
  const audience = audienceOfCase(state, people);
  return {
    signers: secondPeople(audience, actor, people),
    nobodyAbove: audience.lane === 'manager' && audience.goesTo === 'chair',
  };
}

/**
 * The reporter adds something. When it brings an adult here into it, the whole case moves to the manager
 * at once, and the safeguarding team loses it. Source: decisions.md 5 and 17.
 */
function addWords(
  state: CaseState,
  command: Command & { type: 'add-words' },
  setting: Setting,
): Decision {
  const added: CaseEvent = { type: 'words-added', concern: command.concern };
  if (command.adult === null) return accept(added);
  const involvement: Involvement = {
    ...state.involvement,
    about: [...new Set([...state.involvement.about, ...command.adult.about])],
    adultPart: command.adult.part,
  };
  if (!isAllegation(involvement)) return accept(added);
  const answers = reporterAnswers(involvement, setting);
  const named = command.adult.subjects.map((person): CaseEvent => ({
    type: 'adult-named',
    person,
    typed: null,
  }));
  const moved: CaseEvent[] = state.lane === 'lead' ? [{ type: 'moved-to-manager' }] : [];
  return accept(added, ...answers, ...named, ...moved);
}

function reporterAnswers(involvement: Involvement, { actor, now }: Setting): CaseEvent[] {
  const answer = (step: string, chosen: string[]): CaseEvent => ({
    type: 'answered',
    revises: true,
    answer: {
      step,
      child: null,
      part: 'step',
      result: 'chosen',
      chosen,
      record: {},
      reason: null,
      by: actor,
      at: now,
    },
  });
  const part =
    involvement.adultPart === null ? [] : [answer('spine/adult-part', [involvement.adultPart])];
  return [answer('spine/about', [...involvement.about]), ...part];
}
