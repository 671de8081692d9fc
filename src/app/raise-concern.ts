import { z } from 'zod';
import {
  audienceOf,
  isAllegation,
  laneOf,
  namesAnAdult,
  onCallFor,
  type Audience,
  type Involvement,
  type Lane,
} from '../domain/audience.ts';
import type { Answer } from '../domain/answer.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { Urgency } from '../domain/case.ts';
import { defangAll } from '../domain/defang.ts';
import type { Policy } from '../domain/procedure.ts';
import { referenceFrom } from '../domain/reference.ts';
import type { School } from '../domain/school.ts';
import { kindQuestion, urgencyOf } from '../domain/urgency.ts';
import { pinOf, type Actor, type Deps } from './deps.ts';
import type { Tx, Words } from './ports.ts';
import { writeChange } from './write-change.ts';

/** What a member of staff told us. */
export type NewConcern = Involvement & {
  source: 'form' | 'emergency' | 'message' | 'picture';
  emergency: boolean;
  subjectTyped: string | null;
  /** Options of `spine/kind`. */
  kinds: string[];
  /** Options of `spine/how-known`. */
  howKnown: string[];
  /** Whether a member of the safeguarding team was told face to face or by phone; null when it was not asked. */
  told: boolean | null;
  words: Words;
};

/** What the reporter hears: saved, and where it went. */
export type Raised = {
  caseId: string;
  concern: string;
  reference: string;
  savedAt: string;
  urgency: Urgency;
  lane: Lane;
  allegation: boolean;
  kinds: string[];
  goesTo: Audience['goesTo'];
  /** How many people it went to; zero when nobody is left and the reporter must ring. */
  reaches: number;
};

/**
 * Takes a concern. Never refused: not for an unset chair, not for an empty audience, not for a missing
 * answer. The case, the concern, its audience, its messages and its clocks are one transaction, and a
 * repeated submission gets the first one's result. The unfinished form that it was goes with it.
 * @param nonce The form's own name: the id of its draft, or what a picture is counted once by.
 */
export async function raiseConcern(
  deps: Deps,
  actor: Actor,
  nonce: string,
  concern: NewConcern,
): Promise<Raised> {
  const raised = await deps.store.run({ school: actor.school, as: 'product' }, async (tx) => {
    const once = await tx.once(nonce, actor.person, () =>
      saveConcern(tx, deps, actor.person, concern),
    );
    // Also for a repetition: it has kept what it carried before it came here.
    if (concern.source !== 'picture') await tx.dropDraft(nonce, actor.person);
    return once;
  });
  deps.waker.deliveriesWaiting();
  return raised.result;
}

/** What an earlier sending of this form got; null when it was never sent. */
export async function raisedBefore(
  deps: Deps,
  actor: Actor,
  nonce: string,
): Promise<Pick<Raised, 'reference' | 'savedAt'> | null> {
  const earlier = await deps.store.run(
    { school: actor.school, as: 'person', person: actor.person },
    (tx) => tx.resultOf(nonce, actor.person),
  );
  return earlier === null ? null : earlierSchema.parse(earlier);
}

const earlierSchema = z.object({ reference: z.string(), savedAt: z.string() });

async function saveConcern(
  tx: Tx,
  deps: Deps,
  reporter: string,
  told: NewConcern,
): Promise<Raised> {
  const school = await tx.school();
  const policy = deps.policies.current(school.pack);
  const concern = withAdult(policy, told);
  const ids = {
    concern: deps.newId(),
    caseId: deps.newId(),
    reference: referenceFrom(school.prefix, deps.random(10)),
  };
  const at = deps.clock().toISOString();
  const first = raisedEvent(ids, policy, reporter, at, concern);
  const events = [first, ...alertedAtOnce(first, school)];
  await writeChange(tx, deps, {
    school,
    policy,
    caseId: ids.caseId,
    before: null,
    events,
    actor: reporter,
    at,
  });
  await tx.addConcern({
    id: ids.concern,
    caseId: ids.caseId,
    reporter,
    raisedAt: at,
    words: defangAll(concern.words),
  });
  await tx.saveReceipt(ids.concern, reporter, {
    concern: ids.concern,
    reference: ids.reference,
    raisedAt: at,
    seenAt: null,
    closedAt: null,
  });
  return whatTheReporterHears(ids, first, school, concern, at);
}

/**
 * A kind that is about an adult here makes the concern one, whatever was ticked under who: it must not go to
 * the safeguarding team because a box was missed.
 */
function withAdult(policy: Policy, told: NewConcern): NewConcern {
  const aboutAdult = kindQuestion(policy)?.options.some(
    (option) => told.kinds.includes(option.id) && option.moves === 'to-manager',
  );
  if (aboutAdult !== true || namesAnAdult(told.about)) return told;
  return { ...told, about: [...told.about, 'adult-here'], adultPart: told.adultPart ?? 'not-sure' };
}

type RaisedEvent = CaseEvent & { type: 'concern-raised' };

function raisedEvent(
  ids: { concern: string; reference: string },
  policy: Policy,
  reporter: string,
  at: string,
  concern: NewConcern,
): RaisedEvent {
  const allegation = isAllegation(concern);
  const { emergency, kinds, about, adultPart, subjects, subjectTyped, conflicts, source } = concern;
  return {
    type: 'concern-raised',
    concern: ids.concern,
    reference: ids.reference,
    reporter,
    policy: pinOf(policy),
    answers: reporterAnswers(policy, reporter, at, concern),
    about: [...about],
    adultPart,
    subjects: [...subjects],
    subjectTyped,
    conflicts: [...conflicts],
    urgency: urgencyOf(policy, { emergency, kinds, allegation, told: concern.told ?? true }),
    source,
  };
}

/** What the form asked, as answers to the spine's own questions; only to questions that this policy has. */
function reporterAnswers(policy: Policy, by: string, at: string, concern: NewConcern): Answer[] {
  const given: [string, string[]][] = [
    ['spine/emergency', [concern.emergency ? 'yes' : 'no']],
    ['spine/about', [...concern.about]],
    ['spine/adult-part', concern.adultPart === null ? [] : [concern.adultPart]],
    ['spine/kind', concern.kinds],
    ['spine/how-known', concern.howKnown],
    ['spine/told', concern.told === null ? [] : [concern.told ? 'yes' : 'not-yet']],
  ];
  return given
    .filter(([step, chosen]) => chosen.length > 0 && policy.steps.has(step))
    .map(([step, chosen]) => ({
      ...{ step, child: null, part: 'step', result: 'chosen', chosen, record: {}, reason: null },
      by,
      at,
    }));
}

/** In an emergency the leadership on call is told at once and may open the case. Source: decisions.md 1. */
function alertedAtOnce(event: RaisedEvent, { people }: School): CaseEvent[] {
  if (event.urgency !== 'emergency') return [];
  const onCall = onCallFor(audienceOf(laneOf(event), event, people), people);
  return onCall.length === 0 ? [] : [{ type: 'alerted', people: onCall, stage: 0 }];
}

function whatTheReporterHears(
  ids: { concern: string; caseId: string; reference: string },
  event: RaisedEvent,
  { people }: School,
  { kinds }: NewConcern,
  savedAt: string,
): Raised {
  const audience = audienceOf(laneOf(event), event, people);
  const { lane, goesTo } = audience;
  return {
    ...ids,
    savedAt,
    kinds,
    lane,
    goesTo,
    urgency: event.urgency,
    allegation: isAllegation(event),
    reaches: audience.team.length,
  };
}
