import type { CaseLine } from '../../app/ports.ts';
import type { SchoolClock } from '../../app/upkeep-ports.ts';
import { clockTime, dayAndTime } from '../../domain/deadlines.ts';
import type { LineState } from '../../domain/case-line.ts';
import type { Summary } from '../../domain/summary.ts';
import type { Card, CardElement, Fact } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';

/** More references than this make nobody act; the rest is counted. */
const shown = 15;

function references(found: readonly string[]): string {
  if (found.length === 0) return 'none';
  const more = found.length - shown;
  return [...found.slice(0, shown), ...(more > 0 ? [`and ${String(more)} more`] : [])].join(', ');
}

function lateLine(dueAt: string | null): CardElement[] {
  return dueAt === null
    ? []
    : [
        text(
          `This was due ${dayAndTime(dueAt)} and comes late, because the app was not running.`,
          'quiet',
        ),
      ];
}

/**
 * The week's summary for the safeguarding team. "Nothing open" is one line. References and numbers only.
 * Source: experience.md, Friday; scenario S45.
 * @param late when it was due, if it comes late
 */
export function summaryCard(summary: Summary, now: string, late: string | null): Card {
  const summed = { kind: 'weekly-summary', summary: 'The week’s summary is here.' };
  if (summary.open === 0)
    return { ...summed, elements: [text('This week: nothing open.'), ...lateLine(late)] };
  return {
    ...summed,
    elements: [
      heading(`This week: ${String(summary.open)} open`),
      ...lateLine(late),
      {
        type: 'chart',
        title: 'Open concerns by kind',
        bars: summary.byKind.map(({ label, count }) => ({ label, value: count })),
      },
      { type: 'facts', facts: factsOf(summary, now) },
      text('Type “concern cases” in your own chat with me to open one.', 'quiet'),
    ],
  };
}

function factsOf(summary: Summary, now: string): Fact[] {
  const { byState, overdue, oldestUnclaimed, awaiting } = summary;
  const states = byState.map(({ state, count }) => `${stateWords[state]} ${String(count)}`);
  return [
    { label: 'Where they stand', value: states.join(', ') },
    { label: 'Something overdue', value: references(overdue) },
    {
      label: 'Oldest not yet claimed',
      value:
        oldestUnclaimed === null
          ? 'none'
          : `${oldestUnclaimed.reference}, for ${ageWords(oldestUnclaimed.raisedAt, now)}`,
    },
    { label: 'Waiting for an agency', value: references(awaiting) },
  ];
}

const stateWords: Record<LineState, string> = {
  new: 'not claimed',
  active: 'in hand',
  awaiting: 'waiting for an agency',
  closing: 'waiting for a second person',
  closed: 'closed',
};

/** How long something has been open, in days; in hours on the first day. */
export function ageWords(since: string, now: string): string {
  const hours = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 3_600_000));
  const days = Math.floor(hours / 24);
  if (days > 0) return days === 1 ? '1 day' : `${String(days)} days`;
  return hours === 1 ? '1 hour' : `${String(hours)} hours`;
}

/** A case manager's own list: references, ages, what is due. Nothing else. Source: procedures.md T10. */
export function privateListCard(
  lines: readonly CaseLine[],
  now: string,
  late: string | null,
): Card {
  const facts = lines.slice(0, shown).map(({ reference, raisedAt, nextDue }): Fact => ({
    label: reference,
    value: `open for ${ageWords(raisedAt, now)}${nextDue === null ? '' : `, ${dueWords(nextDue, now)}`}`,
  }));
  const more = lines.length - shown;
  return {
    kind: 'private-list',
    summary: 'A confidential list is here.',
    elements: [
      heading('Confidential matters'),
      ...lateLine(late),
      { type: 'facts', facts },
      ...(more > 0 ? [text(`And ${String(more)} more.`, 'quiet')] : []),
      text('Type “concern cases” to open one. This list goes to you alone.', 'quiet'),
    ],
  };
}

function dueWords(dueAt: string, now: string): string {
  return dueAt <= now ? `overdue since ${dayAndTime(dueAt)}` : `due ${dayAndTime(dueAt)}`;
}

/** To IT, once a week. Source: procedures.md T9; scenario S38. */
export function monitoringCard(
  { week, answer, dueAt }: Pick<SchoolClock, 'week' | 'answer' | 'dueAt'>,
  now: string,
  mint: Mint,
): Card {
  const card = { kind: 'monitoring-question', summary: 'A question about this week’s monitoring.' };
  if (answer !== null)
    return {
      ...card,
      elements: [text(`Monitoring report of this week: ${answerWords(answer)}.`)],
    };
  return {
    ...card,
    elements: [
      heading('This week’s monitoring report'),
      ...lateLine(isLater(dueAt, now) ? dueAt : null),
      text(
        'Has the report of the last seven days been read? Please look for anything that worries you about a child or an adult.',
      ),
      {
        type: 'never',
        items: [
          'Do not send pictures of the screen or of what was seen.',
          'If it may be illegal, do not open it, copy it or delete it. Raise a concern.',
        ],
      },
      {
        type: 'buttons',
        buttons: [
          mint.button('Nothing questionable', { type: 'monitoring', week, answer: 'nothing' }),
          mint.button(
            'Raise a concern',
            { type: 'monitoring', week, answer: 'concern' },
            { style: 'primary', opens: 'dialog' },
          ),
        ],
      },
    ],
  };
}

function isLater(dueAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(dueAt) >= 3_600_000;
}

function answerWords({ what, at }: NonNullable<SchoolClock['answer']>): string {
  const words = { nothing: 'nothing questionable', concern: 'a concern is being raised' };
  return `${words[what]}, ${dayAndTime(at)}`;
}

/** To the lead, when IT has not answered. Source: scenario S38. */
export function unconfirmedCard({ dueAt, answer }: SchoolClock): Card {
  return {
    kind: 'monitoring-unconfirmed',
    summary: 'Weekly report not confirmed.',
    elements:
      answer === null
        ? [
            text('Weekly report not confirmed', 'strong'),
            text(
              `IT was asked ${dayAndTime(dueAt)} whether this week’s monitoring report was read, and has not answered. Please ask them.`,
            ),
          ]
        : [text(`Monitoring report of this week: ${answerWords(answer)}.`)],
  };
}

/** When something was answered before: what was said then stands. */
export function answeredBeforeWords(answer: NonNullable<SchoolClock['answer']>): string {
  return `This was answered at ${clockTime(answer.at)} already: ${answerWords(answer)}.`;
}
