import { audienceOfCase, type CaseState, type Urgency } from '../../domain/case.ts';
import { isAllegation, type Audience, type Lane } from '../../domain/audience.ts';
import { acknowledgeWithin } from '../../domain/case-deadlines.ts';
import { clockTime, dayAndTime, dueAt, type SchoolTime } from '../../domain/deadlines.ts';
import { hasOwnDuty, ownDuty } from '../../domain/own-duty.ts';
import type { Policy } from '../../domain/procedure.ts';
import type { School } from '../../domain/school.ts';
import { switchesAt } from '../../domain/switches.ts';
import type { Card, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { dutyElements } from './own-duty-card.ts';
import { heading, ifNobodyAnswers, spoken, teamToTell, text } from '../say.ts';
import { neverFor, untilThenFor } from '../screens/never.ts';

/** What a receipt says is drawn from. No words of the concern, no name of anybody involved. */
export type ReceiptOf = {
  caseId: string;
  concern: string;
  reference: string;
  savedAt: string;
  kinds: readonly string[];
  allegation: boolean;
  lane: Lane;
  goesTo: Audience['goesTo'];
  reaches: number;
  excluded: readonly string[];
  urgency: Urgency;
  told: boolean | null;
  /** The text spoke of immediate danger: 999 is said again, first. */
  danger: boolean;
};

/**
 * The receipt of a case as it was raised, for sending it to the reporter's own chat. Where a case has gone
 * since is not told.
 */
export function receiptOf(state: CaseState, school: School): ReceiptOf {
  const { goesTo, team, excluded } = audienceOfCase(state, school.people);
  return {
    caseId: state.id,
    concern: state.concerns[0] ?? '',
    reference: state.reference,
    savedAt: state.raisedAt,
    kinds: chosenAt(state, 'spine/kind'),
    allegation: isAllegation(state.involvement),
    lane: state.lane,
    goesTo,
    reaches: team.length,
    excluded,
    urgency: state.urgency,
    told: toldIn(state),
    danger: false,
  };
}

function chosenAt({ answers }: CaseState, step: string): string[] {
  return answers.find((answer) => answer.step === step)?.chosen ?? [];
}

function toldIn(state: CaseState): boolean | null {
  const [told] = chosenAt(state, 'spine/told');
  return told === undefined ? null : told === 'yes';
}

/** Saved, where it went, what not to do, whom to ring if nobody answers. Source: procedures.md G5; experience.md. */
export function receiptCard(
  receipt: ReceiptOf,
  school: School,
  policy: Policy,
  time: SchoolTime,
  mint: Mint,
): Card {
  const { reference, savedAt, concern, caseId } = receipt;
  return {
    kind: 'receipt',
    summary: `Saved. Reference ${reference}.`,
    elements: [
      heading(`Saved at ${clockTime(savedAt)}`),
      text(`Reference ${reference}`, 'strong'),
      ...firstWords(receipt, school),
      { type: 'never', items: neverFor(policy, receipt.kinds, receipt.allegation) },
      text(whatHappensNext(receipt, school)),
      ...whenToRing(receipt, school, time),
      heading('Until then'),
      { type: 'list', items: untilThenFor(policy, receipt.kinds, receipt.allegation) },
      ...ownDutyElements(receipt, school, policy, mint),
      {
        type: 'buttons',
        buttons: [
          mint.button(
            'Add something',
            {
              type: 'add-words',
              concern,
              case: caseId,
              at: 'ask',
              draft: `add-${concern}`,
              adult: null,
            },
            { opens: 'dialog' },
          ),
          mint.button('I am still worried', { type: 'still-worried', concern, case: caseId }),
        ],
      },
    ],
  };
}

/** Where the law asks the reporter to tell somebody themselves, the receipt says so. Source: scenario S52. */
function ownDutyElements(
  { kinds, allegation, savedAt, caseId }: ReceiptOf,
  school: School,
  policy: Policy,
  mint: Mint,
): CardElement[] {
  const step = policy.steps.get(ownDuty);
  const switches = switchesAt({ ...policy.pack.switches, ...school.switches }, savedAt);
  const raised = { kinds, restricted: allegation, at: savedAt };
  if (step === undefined || !hasOwnDuty(policy, raised, switches)) return [];
  return dutyElements(step, caseId, mint);
}

/** Said where the form was, when the receipt itself comes to the same chat as a message. */
export function savedCard({
  reference,
  savedAt,
  danger,
}: Pick<ReceiptOf, 'reference' | 'savedAt' | 'danger'>): Card {
  return {
    kind: 'saved',
    summary: `Saved. Reference ${reference}.`,
    elements: [
      heading(`Saved at ${clockTime(savedAt)}`),
      ...(danger
        ? [
            text(
              'If a child may be in danger now, ring 999 first. Do not wait for an answer.',
              'danger',
            ),
          ]
        : []),
      text(
        `Reference ${reference}. Your receipt follows here, with what to do until somebody comes back to you.`,
      ),
    ],
  };
}

/** A form that was sent before was sent again: what is saved is what was sent first. */
export function savedBeforeCard({
  reference,
  savedAt,
}: Pick<ReceiptOf, 'reference' | 'savedAt'>): Card {
  return {
    kind: 'saved',
    summary: `Saved. Reference ${reference}.`,
    elements: [
      heading(`Saved before, at ${clockTime(savedAt)}`),
      text(`Reference ${reference}. It was sent once, and it is saved as it was then.`),
      text(
        'If you have changed anything since, please choose “Add something” on your receipt, or type “concern” to raise another.',
      ),
    ],
  };
}

function firstWords(
  { danger, told, goesTo, excluded, lane }: ReceiptOf,
  school: School,
): CardElement[] {
  const now = danger
    ? [
        text(
          'If a child may be in danger now, ring 999 first. Do not wait for an answer.',
          'danger',
        ),
      ]
    : [];
  if (told !== false || goesTo === 'nobody') return now;
  const people = lane === 'lead' ? teamToTell(school, excluded) : [];
  return [
    ...now,
    text(
      people.length === 0
        ? `Please go now and tell the ${goesTo === 'chair' ? 'chair of governors' : 'headteacher'}, face to face or by phone.`
        : `Please go now and tell one of them face to face: ${people.join('; ')}.`,
      'danger',
    ),
  ];
}

function whatHappensNext({ goesTo, lane, reaches }: ReceiptOf, school: School): string {
  switch (goesTo) {
    case 'safeguarding-team':
      return `It has gone to the safeguarding team (${String(reaches)} ${reaches === 1 ? 'person' : 'people'}). You will hear when one of them has seen it, and when it is closed. They cannot tell you more than that.`;
    case 'headteacher':
      return lane === 'lead'
        ? 'It has gone to the headteacher. You will hear when it has been seen, and when it is closed.'
        : `It has gone to the headteacher, not to the safeguarding team. To keep it confidential you will not hear from this app what comes of it. You may ring the LADO yourself${lado(school)}.`;
    case 'chair':
      return `It has gone to the chair of governors. To keep it confidential you will not hear from this app what comes of it. You may ring the LADO yourself${lado(school)}.`;
    case 'nobody':
      return `It is saved and sealed: nobody here can read it. So please do not wait, and ${ifNobodyAnswers(school, 'manager')}. In danger, ring 999.`;
  }
}

function lado({ contacts }: School): string {
  return contacts.lado === undefined ? '' : `: ${spoken(contacts.lado)}`;
}

/** When the reporter should stop waiting. An app cannot promise that anybody reads it. */
function whenToRing(
  { urgency, savedAt, goesTo, lane }: ReceiptOf,
  school: School,
  time: SchoolTime,
): CardElement[] {
  if (goesTo === 'nobody') return [];
  const by = soonOrDay(savedAt, dueAt(savedAt, acknowledgeWithin[urgency], time));
  const words =
    lane === 'lead'
      ? `If nobody has come back to you by ${by}, ${ifNobodyAnswers(school, lane)}.`
      : `If nobody opens it soon after ${by}, I will tell you here. You do not have to wait for that: you can ${ifNobodyAnswers(school, lane)}, at any time.`;
  return [text(`${words} This app cannot promise that somebody is reading now.`, 'strong')];
}

/** The time alone when it is today; with the day when it is not. */
function soonOrDay(from: string, by: string): string {
  const words = dayAndTime(by);
  return words.slice(0, -5) === dayAndTime(from).slice(0, -5) ? clockTime(by) : words;
}

const dangerWords =
  /\b(kill (him|her|them|my)sel(f|ves)|kill myself|suicid\w*|end (it|his life|her life|their life)|going to (kill|stab|shoot|hurt)|tonight|overdose|jump off|has a (knife|gun)|wants? to die)\b/i;

/** Words of immediate danger: 999 is shown again. They decide nothing else. Source: assurance.md, bad input 72. */
export function speaksOfDanger(words: readonly string[]): boolean {
  return words.some((entry) => dangerWords.test(entry));
}
