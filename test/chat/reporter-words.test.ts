import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEnglishBankHoliday } from '../../src/app/bank-holidays.ts';
import { readSchoolFile } from '../../src/app/school-file.ts';
import {
  notInChannelCard,
  notSavedCard,
  stopCard,
  strangerCard,
} from '../../src/chat/cards/plain-cards.ts';
import {
  receiptCard,
  savedBeforeCard,
  savedCard,
  type ReceiptOf,
} from '../../src/chat/cards/receipt-card.ts';
import {
  closedCard,
  nobodyAnsweredCard,
  notDeliveredCard,
  seenCard,
  stillWorriedCard,
} from '../../src/chat/cards/reporter-cards.ts';
import { emptyDraft } from '../../src/chat/draft.ts';
import type { Card, Field, Screen, ScreenElement } from '../../src/chat/elements.ts';
import { createMint } from '../../src/chat/mint.ts';
import { aboutScreen } from '../../src/chat/screens/about-screen.ts';
import { addAdultScreen, addWordsScreen } from '../../src/chat/screens/add-screen.ts';
import {
  adultCheckScreen,
  recipientCheckScreen,
} from '../../src/chat/screens/adult-check-screen.ts';
import { adultScreen, goesToWords } from '../../src/chat/screens/adult-screen.ts';
import { dangerScreen } from '../../src/chat/screens/danger-screen.ts';
import { detailsScreen } from '../../src/chat/screens/details-screen.ts';
import { emergencyScreen } from '../../src/chat/screens/emergency-screen.ts';
import type { Raising } from '../../src/chat/screens/raising.ts';
import { holdsBack } from '../../src/domain/checks/words.ts';
import type { School } from '../../src/domain/school.ts';
import { gradeOf } from '../../src/policies/readability.ts';
import { pack } from '../policies/walking.ts';

/** A school as it is in practice mode. */
function school(name: string): School {
  const folder = join(import.meta.dirname, '../../src/practice/schools');
  const { file } = readSchoolFile(readFileSync(join(folder, `${name}.yaml`), 'utf8'));
  if (file === null) throw new Error(`${name} is not in order`);
  const people = file.people.map((one) => ({
    ...{ id: one.key, name: one.name, roles: one.roles, active: one.active },
    ...{ phone: one.phone ?? null, awayUntil: null },
  }));
  const calendar = { hours: file.hours, terms: file.terms, closed: file.closed };
  const { school: key, name: called, prefix, pack: policy, switches, contacts } = file;
  return {
    ...{ id: key, key, name: called, prefix, pack: policy, switches },
    calendar,
    contacts,
    channels: [],
    people,
  };
}

const hillside = school('hillside');
const now = new Date('2026-11-26T10:32:00Z');
const mint = createMint(new Uint8Array(32), {
  school: 'hillside',
  person: 'amy.lowe',
  version: null,
  now,
  lifetime: 1,
});
const policy = pack('st-wilfrids');
const raising: Raising = {
  school: hillside,
  policy,
  national: {},
  mint,
  draft: 'd',
};
const own = {
  ...({ type: 'add-words', at: 'ask' } as const),
  ...{ concern: 'c', case: 'k', draft: 'd', adult: null },
};
const reference = 'HS-7Q2K9-M4XTW';

const kinds = policy.steps.get('spine/kind');
const everyKind = kinds?.kind === 'question' ? kinds.options.map(({ id }) => id) : [];
const goesTo = ['safeguarding-team', 'headteacher', 'chair', 'nobody'] as const;
const lanes = ['lead', 'manager'] as const;

function receipts(): [string, Card][] {
  const time = { calendar: hillside.calendar, isBankHoliday: isEnglishBankHoliday };
  return goesTo.flatMap((office) =>
    [true, false].map((told): [string, Card] => {
      const lane = office === 'safeguarding-team' ? 'lead' : 'manager';
      const receipt: ReceiptOf = {
        ...{
          caseId: 'k',
          concern: 'c',
          reference,
          savedAt: now.toISOString(),
          kinds: ['nude-picture'],
        },
        ...{ allegation: lane === 'manager', lane, goesTo: office, reaches: 1, excluded: [] },
        ...{ urgency: 'urgent', told, danger: true },
      };
      return [
        `receipt, ${office}, told ${String(told)}`,
        receiptCard(receipt, hillside, policy, time, mint),
      ];
    }),
  );
}

const cards: [string, Card | Screen][] = [
  ['danger', dangerScreen(raising, null, { draft: 'd', at: now.toISOString() })],
  ['emergency', emergencyScreen(raising)],
  ['about', aboutScreen(raising, emptyDraft(null))],
  ['adult', adultScreen(raising, emptyDraft(null))],
  ...everyKind.map((kind): [string, Screen] => [
    `details, ${kind}`,
    detailsScreen(raising, { ...emptyDraft('link'), about: ['child-here'], kinds: [kind] }),
  ]),
  ['adult check', adultCheckScreen(raising)],
  ['recipient check', recipientCheckScreen(raising)],
  ['adding, adult', addAdultScreen(hillside, own, mint)],
  ...goesTo.map((office): [string, Screen] => [
    `adding, ${office}`,
    addWordsScreen(
      own,
      goesToWords({ lane: 'manager', team: ['x'], goesTo: office, channel: false, excluded: [] }),
      mint,
    ),
  ]),
  ...receipts(),
  ['saved', savedCard({ reference, savedAt: now.toISOString(), danger: true })],
  ['saved before', savedBeforeCard({ reference, savedAt: now.toISOString() })],
  ['seen', seenCard(reference, now.toISOString())],
  ['closed', closedCard(reference)],
  ...lanes.flatMap((lane): [string, Card][] => [
    [`nobody answered, ${lane}`, nobodyAnsweredCard(reference, hillside, lane)],
    [`not delivered, ${lane}`, notDeliveredCard(reference, hillside, lane)],
    [`still worried, ${lane}`, stillWorriedCard(reference, hillside, lane)],
  ]),
  ['not saved', notSavedCard(hillside, mint)],
  ['a picture', stopCard(hillside, reference)],
  ['in a channel', notInChannelCard(hillside, mint)],
  ['a stranger', strangerCard()],
];

/** Everything a person reads on it, one sentence after the other. */
function wordsOn(shown: Card | Screen): string[] {
  const fields = 'fields' in shown ? shown.fields.flatMap(wordsOfField) : [];
  const title = 'title' in shown ? [shown.title] : [shown.summary];
  const buttons = 'buttons' in shown ? shown.buttons.map(({ label }) => label) : [];
  return [...title, ...shown.elements.flatMap(wordsOfElement), ...fields, ...buttons];
}

function wordsOfElement(element: ScreenElement): string[] {
  switch (element.type) {
    case 'heading':
    case 'text':
      return [element.text];
    case 'never':
    case 'list':
      return element.items;
    case 'buttons':
      return element.buttons.map(({ label }) => label);
    case 'facts':
    case 'private-facts':
    case 'checklist':
    case 'chart':
    case 'divider':
    case 'words':
      return [];
  }
}

function wordsOfField(field: Field): string[] {
  const choices = field.type === 'choice' || field.type === 'choices' ? field.choices : [];
  const named =
    field.id === 'close' ? [] : choices.flatMap(({ label, help }) => [label, help ?? '']);
  return [field.label, field.help ?? '', ...named];
}

/** Names, numbers and references are read as they are, and say nothing of how hard a sentence is. */
function plain(words: string): string {
  const names = hillside.people.map(({ name }) => name);
  const without = names.reduce((text, name) => text.replaceAll(name, 'Kim'), words);
  return without.replaceAll(reference, 'it').replaceAll(/\(?0\d[\d ]{6,}\d\)?/g, '');
}

function asSentence(words: string): string {
  return /[.?]$/.test(words) ? words : `${words}.`;
}

describe('what a reporter reads', () => {
  it.each(cards)('is easy: %s', (_name, shown) => {
    const text = wordsOn(shown)
      .filter((words) => words !== '')
      .map((words) => asSentence(plain(words)))
      .join(' ');
    expect(gradeOf(text), text).toBeLessThanOrEqual(7);
  });

  it.each(cards)('holds nobody back from ringing: %s', (_name, shown) => {
    for (const words of wordsOn(shown)) {
      expect(holdsBack(words), words).toBe(false);
      expect(words.replaceAll('You do not need anyone’s permission.', ''), words).not.toMatch(
        /permission/i,
      );
    }
  });

  it('is kept from words that would', () => {
    for (const words of [
      'Ask the lead before you ring the police.',
      'Wait for the team to call 999.',
    ])
      expect(holdsBack(words)).toBe(true);
    expect(holdsBack('Do not wait for anybody before you ring 999.')).toBe(false);
  });
});
