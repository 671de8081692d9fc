import { z } from 'zod';

/*
 * What a button or form means. Kept in the `handle` table; the platforms only ever see the handle. Read
 * back through this schema, so that an old row whose meaning is no longer known is refused.
 */

const caseId = z.string();
const step = { case: caseId, step: z.string(), child: z.string().nullable() };

export const actionSchema = z.discriminatedUnion('type', [
  // Raising a concern
  z.strictObject({
    type: z.literal('start'),
    what: z.enum(['raise', 'mine', 'cases', 'picture']),
    link: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('raise'),
    /** Which screen was answered. */
    at: z.enum([
      'danger',
      'no-danger',
      'emergency',
      'about',
      'adult',
      'adult-check',
      'recipient-check',
      'details',
      'continue',
      'discard',
      'back',
    ]),
    draft: z.string(),
    link: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('search-staff') }),
  /** IT says what this week's monitoring report held. */
  z.strictObject({
    type: z.literal('monitoring'),
    week: z.string(),
    answer: z.enum(['nothing', 'concern']),
  }),
  // The reporter's own concern
  z.strictObject({
    type: z.literal('add-words'),
    concern: z.string(),
    case: caseId,
    at: z.enum(['ask', 'adult', 'words']),
    /** Tells one adding from the next. */
    draft: z.string(),
    /** What was said when asked about an adult here. */
    adult: z
      .strictObject({
        part: z.enum(['done-by', 'done-to', 'not-sure']),
        subject: z.string().nullable(),
      })
      .nullable()
      .default(null),
  }),
  z.strictObject({ type: z.literal('still-worried'), concern: z.string(), case: caseId }),
  /** The reporter's own duty to tell the police or social care. */
  z.strictObject({ type: z.literal('own-duty'), case: caseId, at: z.enum(['ask', 'save']) }),
  // A case
  z.strictObject({ type: z.literal('claim'), case: caseId }),
  z.strictObject({ type: z.literal('show-details'), case: caseId, page: z.int().nonnegative() }),
  /** What is copied into a child's file; `child` null: for whom is still to be asked, or nobody was named. */
  z.strictObject({
    type: z.literal('show-record'),
    case: caseId,
    child: z.string().nullable(),
    page: z.int().nonnegative(),
  }),
  z.strictObject({ type: z.literal('show-walk'), case: caseId }),
  z.strictObject({ type: z.literal('show-steps'), case: caseId }),
  z.strictObject({
    type: z.literal('show-answers'),
    case: caseId,
    page: z.int().nonnegative().default(0),
  }),
  z.strictObject({ type: z.literal('bring-walk'), case: caseId }),
  z.strictObject({ type: z.literal('choose'), ...step, option: z.string() }),
  z.strictObject({
    type: z.literal('ask-step'),
    ...step,
    how: z.enum(['answer', 'leave', 'set-aside', 'outcome', 'no-outcome']),
  }),
  z.strictObject({
    type: z.literal('save-step'),
    ...step,
    how: z.enum(['answer', 'leave', 'set-aside', 'outcome', 'no-outcome']),
  }),
  z.strictObject({
    type: z.literal('ask'),
    case: caseId,
    what: z.enum([
      'note',
      'hand-over',
      'unclaim',
      'conflict',
      'urgency',
      'close',
      'reopen',
      'send-back',
      'child',
      'adult',
      'link',
      'child-side',
    ]),
  }),
  z.strictObject({
    type: z.literal('save'),
    case: caseId,
    what: z.enum([
      'note',
      'hand-over',
      'unclaim',
      'conflict',
      'urgency',
      'close',
      'reopen',
      'send-back',
      'child',
      'adult',
      'link',
      'child-side',
    ]),
  }),
  z.strictObject({ type: z.literal('give-task'), ...step, to: z.string().nullable() }),
  z.strictObject({ type: z.literal('confirm-closing'), case: caseId }),
  z.strictObject({ type: z.literal('switch-policy'), case: caseId }),
  // IT
  z.strictObject({ type: z.literal('open-task'), case: caseId, task: z.string() }),
  z.strictObject({ type: z.literal('finish-task'), case: caseId, task: z.string() }),
  z.strictObject({ type: z.literal('decline-task'), case: caseId, task: z.string() }),
]);

/** What a button or form means. */
export type Action = z.output<typeof actionSchema>;
export type AskedOf = (Action & { type: 'ask' })['what'];
export type StepHow = (Action & { type: 'ask-step' })['how'];

/** The case an action is about, for the stored handle; null when it is about none. */
export function caseOf(action: Action): string | null {
  return 'case' in action ? action.case : null;
}
