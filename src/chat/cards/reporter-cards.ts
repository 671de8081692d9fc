import { clockTime, dayAndTime } from '../../domain/deadlines.ts';
import type { Lane } from '../../domain/audience.ts';
import type { School } from '../../domain/school.ts';
import type { Receipt } from '../../app/ports.ts';
import type { Card } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, ifNobodyAnswers, sentenceCase, spoken, text } from '../say.ts';

/** The reporter is told that it was seen: when, and nothing else. */
export function seenCard(reference: string, seenAt: string): Card {
  return {
    kind: 'seen',
    summary: `${reference} has been seen.`,
    elements: [text(`${reference}: seen by the safeguarding team at ${clockTime(seenAt)}.`)],
  };
}

/** The reporter is told that it is closed, without the outcome. */
export function closedCard(reference: string): Card {
  return {
    kind: 'closed',
    summary: `${reference} is closed.`,
    elements: [
      text(`${reference} is closed. Thank you for raising it.`),
      text('If something worries you again, raise it again. It is always right to.', 'quiet'),
    ],
  };
}

/** Nobody has acknowledged it in time: the reporter is told whom to phone. Source: scenario S3. */
export function nobodyAnsweredCard(reference: string, school: School, lane: Lane): Card {
  const words = lane === 'lead' ? 'nobody has acknowledged it yet' : 'it has not been opened yet';
  return {
    kind: 'nobody-answered',
    summary: `${reference}: ${words}.`,
    elements: [
      text(`${reference}: ${words}.`, 'danger'),
      text(`Please ${ifNobodyAnswers(school, lane)}. In danger, ring 999.`, 'strong'),
    ],
  };
}

/** A message about it could not be delivered: the reporter is told whom to phone. Source: scenario S49. */
export function notDeliveredCard(reference: string, school: School, lane: Lane): Card {
  return {
    kind: 'not-delivered',
    summary: `${reference} is saved, but not delivered yet.`,
    elements: [
      text(
        `${reference} is saved, but this app could not deliver it yet. It goes on trying.`,
        'danger',
      ),
      text(`Please do not wait: ${ifNobodyAnswers(school, lane)}. In danger, ring 999.`, 'strong'),
    ],
  };
}

/** "I am still worried": it is passed on, and nobody has to ask before ringing somebody else. Source: scenario S47. */
export function stillWorriedCard(reference: string, school: School, lane: Lane): Card {
  const { contacts } = school;
  const lado = lane === 'manager' ? [contacts.lado] : [];
  const direct = [...lado, contacts['social-care'], contacts.police]
    .filter((contact) => contact !== undefined)
    .map((contact) => sentenceCase(spoken(contact)));
  return {
    kind: 'still-worried-thanks',
    summary: `${reference}: passed on.`,
    elements: [
      heading('Thank you for saying so'),
      text(`${reference}: the people who have it were told just now that you are still worried.`),
      text(
        'You can also refer it yourself, at any time. You do not need anyone’s permission.',
        'strong',
      ),
      { type: 'list', items: [...direct, 'Police, 101. In danger, 999.'] },
    ],
  };
}

/** `/concern mine`: a person's own concerns, without words or outcomes. */
export function receiptsCard(receipts: readonly Receipt[], mint: Mint): Card {
  const raise = mint.button(
    'Raise a concern',
    { type: 'start', what: 'raise', link: null },
    { style: 'primary', opens: 'dialog' },
  );
  return {
    kind: 'mine',
    summary: 'Your concerns',
    elements: [
      heading('Concerns you raised'),
      receipts.length === 0
        ? text('You have not raised any here.')
        : {
            type: 'facts',
            facts: receipts
              .slice(0, 20)
              .map((receipt) => ({ label: receipt.reference, value: lineOf(receipt) })),
          },
      { type: 'buttons', buttons: [raise] },
    ],
  };
}

function lineOf({ raisedAt, seenAt, closedAt }: Receipt): string {
  const raised = `raised ${dayAndTime(raisedAt)}`;
  if (closedAt !== null) return `${raised}, closed`;
  return seenAt === null ? raised : `${raised}, seen ${dayAndTime(seenAt)}`;
}
