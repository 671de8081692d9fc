import { z } from 'zod';
import { childParts } from './procedure.ts';

/*
 * Everything that can have happened to a case, in the past tense. Stored encrypted and append-only;
 * changing a shape here means that older rows must still parse.
 *
 * A stored event is read back through `caseEventSchema`, so a damaged row is noticed and never guessed at.
 */

const person = z.string();
const instant = z.iso.datetime({ offset: true });
const reason = z.string().min(1);

export const answerSchema = z.strictObject({
  step: z.string(),
  child: z.string().nullable(),
  part: z.enum(['step', 'outcome']),
  result: z.enum(['chosen', 'done', 'not-done', 'not-applicable']),
  chosen: z.array(z.string()),
  record: z.record(z.string(), z.string()),
  reason: z.string().nullable(),
  by: person,
  at: instant,
});

const pinnedPolicy = z.strictObject({ pack: z.string(), version: z.int(), digest: z.string() });
/** Which pack, at which version, with which content a case runs under. */
export type PinnedPolicy = z.output<typeof pinnedPolicy>;

const event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('concern-raised'),
    concern: z.string(),
    reference: z.string(),
    reporter: person,
    policy: pinnedPolicy,
    /** What the form asked: the reporter's answers to the spine's own questions. */
    answers: z.array(answerSchema),
    about: z.array(z.string()),
    adultPart: z.enum(['done-by', 'done-to', 'not-sure']).nullable(),
    subjects: z.array(person),
    /** An adult who is not on the staff list, as typed. Excludes nobody by itself. */
    subjectTyped: z.string().nullable(),
    conflicts: z.array(person),
    urgency: z.enum(['routine', 'urgent', 'emergency']),
    /** How it arrived; `picture` is the stub made when somebody sent a picture to the bot. */
    source: z.enum(['form', 'emergency', 'message', 'picture', 'child-side']),
  }),
  z.strictObject({ type: z.literal('words-added'), concern: z.string() }),
  z.strictObject({ type: z.literal('worry-repeated') }),
  z.strictObject({ type: z.literal('claimed') }),
  z.strictObject({ type: z.literal('unclaimed'), reason: z.string().nullable() }),
  z.strictObject({ type: z.literal('handed-over'), to: person }),
  /** The actor must not handle this case, or somebody else must not. */
  z.strictObject({ type: z.literal('conflict-declared'), person }),
  z.strictObject({ type: z.literal('answered'), answer: answerSchema, revises: z.boolean() }),
  z.strictObject({
    type: z.literal('child-named'),
    child: z.string(),
    name: z.string().min(1),
    year: z.string(),
    parts: z.array(z.enum(childParts)).min(1),
    elsewhere: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('adult-named'),
    person: person.nullable(),
    typed: z.string().nullable(),
  }),
  /** The case turned out to be about an adult here: the safeguarding team loses it from this moment. */
  z.strictObject({ type: z.literal('moved-to-manager') }),
  z.strictObject({ type: z.literal('released-to-lead') }),
  /** Told beyond the first audience because nobody acknowledged, or at once in an emergency. They may open it. */
  z.strictObject({
    type: z.literal('alerted'),
    people: z.array(person),
    stage: z.int().nonnegative(),
  }),
  z.strictObject({
    type: z.literal('urgency-changed'),
    to: z.enum(['routine', 'urgent', 'emergency']),
    reason,
  }),
  z.strictObject({ type: z.literal('noted'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('task-given'),
    task: z.string(),
    step: z.string(),
    child: z.string().nullable(),
    to: person,
    details: z.string(),
  }),
  z.strictObject({
    type: z.literal('task-declined'),
    task: z.string(),
    reason: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('closing-proposed'),
    end: z.string(),
    summary: reason,
    outcome: reason,
    reason: z.string().nullable(),
    /** Who is asked to confirm; empty when the LADO's recorded outcome stands in (decisions.md 7). */
    signers: z.array(person),
  }),
  z.strictObject({ type: z.literal('closing-returned'), reason }),
  z.strictObject({ type: z.literal('closed'), end: z.string() }),
  z.strictObject({ type: z.literal('reopened'), reason }),
  z.strictObject({
    type: z.literal('linked'),
    to: z.string(),
    as: z.enum(['duplicate-of', 'child-side', 'adult-side', 'related']),
  }),
  z.strictObject({ type: z.literal('policy-switched'), policy: pinnedPolicy }),
  z.strictObject({ type: z.literal('picture-dropped'), by: person }),
  /** Reading is an event too; it moves nothing. */
  z.strictObject({
    type: z.literal('viewed'),
    what: z.enum(['details', 'next-steps', 'all-steps', 'chronology', 'task', 'export']),
  }),
  z.strictObject({
    type: z.literal('reached'),
    person: person.nullable(),
    message: z.string(),
    route: z.string(),
    again: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('not-reached'),
    person: person.nullable(),
    message: z.string(),
    route: z.string(),
    why: z.string(),
  }),
]);

/** What happened. */
export type CaseEvent = z.output<typeof event>;
export type CaseEventType = CaseEvent['type'];
export const caseEventSchema = event;

/** An event as it stands in the record. `actor` null: this product, by itself (the clock, a delivery). */
export type RecordedEvent = {
  seq: number;
  at: string;
  actor: string | null;
  event: CaseEvent;
};

const silent: readonly CaseEventType[] = ['viewed', 'reached', 'not-reached'];

/** Whether an event changes anything a button could have been drawn from. */
export function movesTheCase(type: CaseEventType): boolean {
  return !silent.includes(type);
}
