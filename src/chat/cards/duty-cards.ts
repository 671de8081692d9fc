import type { TermNumbers } from '../../app/count-concerns.ts';
import { dayOf, dayWords } from '../../domain/deadlines.ts';
import type { Card } from '../elements.ts';
import { heading, text } from '../say.ts';

/** Somebody of the team is away until a day, or back (null). */
export function awayCard(day: string | null): Card {
  return day === null
    ? {
        kind: 'back',
        summary: 'You are back.',
        elements: [text('You are back. New concerns come to you again.')],
      }
    : {
        kind: 'away',
        summary: 'You are away.',
        elements: [
          text(`You are away until ${day}.`, 'strong'),
          text(
            'New concerns go to the next person and do not wait for you. You can still open your cases. Cases that you hold stay with you: please hand over what cannot wait.',
          ),
          text('Type “concern back” when you are back sooner.', 'quiet'),
        ],
      };
}

/** What was typed after "away" is no day to come. */
export function unreadDayCard(empty: boolean): Card {
  return {
    kind: 'away-when',
    summary: 'Until when?',
    elements: [
      text(
        empty
          ? 'Until when? Type for example “concern away until Friday” or “concern away until 4 December”.'
          : 'I did not understand the day, or it has passed. Type for example “concern away until Friday” or “concern away until 4 December”. Nothing was changed.',
      ),
    ],
  };
}

/**
 * Numbers for governors and leaders. Small ones are never said, and concerns about staff are not among them.
 * Source: procedures.md G15; scenario S45.
 */
export function numbersCard({ term, total, byKind, byOutcome }: TermNumbers, school: string): Card {
  const facts = (rows: { label: string; count: string }[]) =>
    ({
      type: 'facts',
      facts: rows.map(({ label, count }) => ({ label, value: count })),
    }) as const;
  return {
    kind: 'numbers',
    summary: 'Numbers of this term.',
    elements: [
      heading(`${school}: concerns raised this term`),
      text(`Since ${dayWords(dayOf(term.from))}: ${total}`, 'strong'),
      heading('By kind'),
      facts(byKind),
      heading('By how they ended'),
      facts(byOutcome),
      text(
        'A concern of two kinds is counted in both. Numbers below five are not said, so that no child can be known by them. Concerns about adults who work here are not in these numbers.',
        'quiet',
      ),
    ],
  };
}
