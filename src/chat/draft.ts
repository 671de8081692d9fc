import { z } from 'zod';
import type { Involvement } from '../domain/audience.ts';
import { isAllegation, laneOf } from '../domain/audience.ts';

/**
 * An unfinished concern: what was answered and typed so far. Kept encrypted for 24 hours for its author
 * alone, from the first answer on, so that nobody who typed for ten minutes loses it (decisions.md 16).
 */
export const draftSchema = z.strictObject({
  /** The screen to go on with. */
  at: z.enum(['emergency', 'about', 'adult', 'details', 'adult-check', 'recipient-check']),
  link: z.string().nullable().default(null),
  emergency: z.boolean().default(false),
  about: z.array(z.string()).default([]),
  kinds: z.array(z.string()).default([]),
  /** Office holders who are close to somebody involved. */
  close: z.array(z.string()).default([]),
  adultPart: z.enum(['done-by', 'done-to', 'not-sure']).nullable().default(null),
  subject: z.string().nullable().default(null),
  subjectTyped: z.string().nullable().default(null),
  /** The reporter was asked whether a name in the text is an adult here. */
  checked: z.boolean().default(false),
  /** Office holders of whom the reporter said that it is not about them, although the text names them. */
  cleared: z.array(z.string()).default([]),
  /** The last screen as it was typed. */
  typed: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
});
export type DraftContent = z.output<typeof draftSchema>;

export function emptyDraft(link: string | null): DraftContent {
  return draftSchema.parse({ at: 'about', link });
}

/** What routing looks at, as far as it is known. */
export function involvementOf(draft: DraftContent): Involvement {
  return {
    about: draft.about,
    adultPart: draft.adultPart,
    subjects: draft.subject === null ? [] : [draft.subject],
    conflicts: draft.close,
  };
}

/** The adult question is asked when an adult here, or who may work here, was ticked. */
export function asksAboutAdult(draft: DraftContent): boolean {
  return ['adult-here', 'headteacher', 'lead-or-deputy'].some((option) =>
    draft.about.includes(option),
  );
}

export function draftIsAllegation(draft: DraftContent): boolean {
  return isAllegation(involvementOf(draft));
}

export function draftLane(draft: DraftContent) {
  return laneOf(involvementOf(draft));
}
