import { nameOf } from '../app/view-case.ts';
import type { Refusal } from '../domain/commands.ts';
import { clockTime } from '../domain/deadlines.ts';
import type { Person } from '../domain/people.ts';

/**
 * Why nothing changed, in one or two calm sentences. Names somebody of the team only where that is allowed.
 * @param reader Who reads it: what they did themselves is told to them as theirs.
 */
export function explain(
  refusal: Refusal,
  people: readonly Person[],
  reader: string | null = null,
): string {
  switch (refusal.type) {
    case 'not-entitled':
      return 'There is nothing here for you.';
    case 'stale':
      return `${stale(refusal, people, reader)} at ${clockTime(refusal.at)}. Nothing changed. Here is where it stands now.`;
    case 'already-claimed':
      return `${nameOf(people, refusal.by)} claimed it at ${clockTime(refusal.at)}. Nothing changed.`;
    case 'case-closed':
      return 'This is closed. Nothing changed.';
    case 'locked':
      return `Locked. ${[...new Set(refusal.locks.map(({ opens }) => opens))].join(' ')} Nothing changed.`;
    case 'not-offered':
      return 'That is not to be chosen here any more. Nothing changed. Here is where it stands now.';
    case 'reason-needed':
      return 'Please write the reason. It stands in the record.';
    case 'record-needed':
      return 'Please fill in what must be written down.';
    case 'not-done-yet':
      return notDoneYet[refusal.dialog];
    case 'still-missing':
      return `It cannot be closed yet. Still missing: ${refusal.steps.map(({ step }) => step.title).join('; ')}.`;
    case 'end-not-available':
      return `It cannot end like this yet. ${refusal.words}`;
    case 'already-proposed':
      return `${nameOf(people, refusal.by)} has already asked for it to be closed.`;
    case 'same-person':
      return 'The person who asks for the closing cannot confirm it too. Somebody else must.';
    case 'no-second-person':
      return 'There is nobody in the school’s file who could confirm this as the second person. Please have the file completed.';
  }
}

const notDoneYet = {
  children: 'No child has been named yet. Please name each child, or say why it does not apply.',
  adult: 'Nobody has been named yet. Please say who it is, or why that does not apply.',
  'child-side': 'The safeguarding team has not been told yet. Please tell them, or say why not.',
} as const;

function stale(
  { by }: Refusal & { type: 'stale' },
  people: readonly Person[],
  reader: string | null,
): string {
  if (by === null) return 'This has moved on';
  return by === reader ? 'You answered this' : `This was answered by ${nameOf(people, by)}`;
}
