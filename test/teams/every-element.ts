import type {
  Button,
  Card,
  CardElement,
  Field,
  PrivateElement,
  Screen,
} from '../../src/chat/elements.ts';

/*
 * One of each, so that an element that is added to the port without being drawn is noticed here.
 */

export const button = (label: string, change: Partial<Button> = {}): Button => ({
  label,
  handle: `h:${label}`,
  opens: 'inline',
  style: 'plain',
  ...change,
});

const cardElements: {
  [T in CardElement['type']]: (words: string) => (CardElement & { type: T })[];
} = {
  heading: (text) => [{ type: 'heading', text }],
  text: (text) =>
    (['plain', 'strong', 'quiet', 'warning', 'danger'] as const).map((tone) => ({
      type: 'text',
      text,
      tone,
    })),
  facts: (words) => [{ type: 'facts', facts: [{ label: words, value: words }] }],
  list: (words) => [{ type: 'list', items: [words, words] }],
  buttons: () => [
    {
      type: 'buttons',
      buttons: [
        button('Claim', { style: 'primary' }),
        button('Details', { opens: 'dialog' }),
        button('Close', { style: 'danger' }),
      ],
    },
  ],
  never: (words) => [{ type: 'never', items: [words] }],
  checklist: (words) => [
    {
      type: 'checklist',
      items: (['open', 'now', 'locked', 'waiting', 'done', 'set-aside'] as const).map((state) => ({
        title: words,
        state,
        note: state === 'locked' ? words : null,
      })),
    },
  ],
  chart: (words) => [{ type: 'chart', title: words, bars: [{ label: words, value: 3 }] }],
  divider: () => [{ type: 'divider' }],
};

const privateElements: { [T in PrivateElement['type']]: (words: string) => PrivateElement } = {
  words: (text) => ({ type: 'words', label: 'What was said', text }),
  'private-facts': (value) => ({ type: 'private-facts', facts: [{ label: 'Name', value }] }),
};

const base = { help: 'Help', required: true };
const choices = [
  { id: 'one', label: 'One' },
  { id: 'two', label: 'Two', help: 'or more' },
];

const fields: { [T in Field['type']]: (typed: string | null) => (Field & { type: T })[] } = {
  choice: (typed) =>
    (['buttons', 'list'] as const).map((shown) => ({
      ...base,
      id: `choice-${shown}`,
      label: `Choice ${shown}`,
      type: 'choice',
      choices,
      shown,
      value: typed === null ? null : 'one',
    })),
  choices: (typed) => [
    {
      ...base,
      id: 'choices',
      label: 'Choices',
      type: 'choices',
      choices,
      value: typed === null ? [] : ['one', 'two'],
    },
  ],
  person: (typed) =>
    [3, 150].map((count) => ({
      ...base,
      id: `person-${String(count)}`,
      label: `Person of ${String(count)}`,
      type: 'person',
      people: Array.from({ length: count }, (_, at) => ({
        id: `p${String(at)}`,
        label: `P ${String(at)}`,
      })),
      search: 'search',
      value: typed === null ? null : 'p2',
    })),
  text: (value) => [{ ...base, id: 'text', label: 'Text', type: 'text', maxLength: 250, value }],
  'long-text': (value) => [
    { ...base, id: 'long', label: 'Long text', type: 'long-text', maxLength: 3000, value },
  ],
  date: (typed) => [
    {
      ...base,
      id: 'date',
      label: 'Date',
      type: 'date',
      value: typed === null ? null : '2026-11-28',
    },
  ],
  time: (typed) => [
    { ...base, id: 'time', label: 'Time', type: 'time', value: typed === null ? null : '10:32' },
  ],
};

/** A card with one of each element. */
export function everyCard(words = 'Words of ours'): Card {
  return { kind: 'every', summary: 'New item', elements: everyCardElement(words) };
}

function everyCardElement(words: string): CardElement[] {
  return Object.values(cardElements).flatMap((make): CardElement[] => make(words));
}

/** A screen with one of each element and field; `theirs` is what somebody wrote, in every place for it. */
export function everyScreen(theirs: string | null, words = 'Words of ours'): Screen {
  const within = theirs === null ? [] : Object.values(privateElements).map((make) => make(theirs));
  return {
    title: 'Everything',
    elements: [...everyCardElement(words), ...within],
    fields: Object.values(fields).flatMap((make): Field[] => make(theirs)),
    submit: { label: 'Send', handle: 'submit' },
    buttons: [],
  };
}
