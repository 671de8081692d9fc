import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/chat/limits.ts';
import { misfitsOfCard, misfitsOfScreen } from '../../src/teams/fits.ts';
import { renderCard } from '../../src/teams/render-card.ts';
import { needsDialog, renderDialog, renderInline } from '../../src/teams/render-screen.ts';
import { filledIn, packScreen, unpackScreen } from '../../src/teams/screen-echo.ts';
import {
  buttonsOf,
  nodesOf,
  textOf,
  violationsOf,
  type Json,
} from '../support/fake-teams-cards.ts';
import { button, everyCard, everyScreen } from './every-element.ts';

const message = { type: 'message', form: false } as const;
const asJson = (card: unknown) => JSON.parse(JSON.stringify(card)) as Json;

/** Words that would do something if they were drawn as Markdown, HTML or a template. */
const spells = [
  '[click](https://evil.example)',
  '<at>Head</at>',
  '**bold** _i_ ~~s~~ `c`',
  '{{DATE(2017-02-14T06:08:39Z, SHORT)}}',
  '{{TIME(2017-02-14T06:08:39Z)}}',
  '${name}',
  '<script>alert(1)</script>',
  '# heading\n- item\n1. one\n> quote',
  '&lt;b&gt; &copy;',
  '{"type":"AdaptiveCard","body":[]}',
  '<!channel> <@U1>',
  "'; drop table concern; --",
  '\u202Egnirts\u202C \u200B',
  'Siân O’Neill-Ó Śliwa 👩🏽‍🚒 محمد',
];

const anyWords = fc.oneof(
  fc.constantFrom(...spells),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.tuple(fc.constantFrom(...spells), fc.string()).map((parts) => parts.join('')),
);

/** Every piece of text that a client may draw as Markdown. */
function markdownIn(card: Json): string[] {
  return nodesOf(card).flatMap((node) => {
    if (node['type'] === 'TextBlock') return [String(node['text'])];
    if (node['type'] === 'FactSet')
      return (node['facts'] as Json[]).flatMap((one) => Object.values(one) as string[]);
    if (node['style'] === 'expanded')
      return (node['choices'] as Json[]).map((one) => String(one['title']));
    const { errorMessage } = node;
    return typeof errorMessage === 'string' ? [errorMessage] : [];
  });
}

const joined = (text: string) => text.replaceAll('\u2060', '');

describe('what a person wrote', () => {
  it('stands in a dialog in text runs and inputs alone, letter by letter', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const marked = `canary ${words}`;
        const card = asJson(renderDialog(everyScreen(marked)));
        expect(markdownIn(card).filter((text) => text.includes('canary'))).toEqual([]);
        const runs = nodesOf(card).filter((node) => node['type'] === 'TextRun');
        const drawn = runs
          .map((run) => String(run['text']))
          .filter((text) => text.includes('canary'));
        const wanted = joined(asJson({ marked })['marked'] as string);
        expect(drawn.map(joined)).toEqual([wanted, wanted]);
        expect(drawn.join('')).not.toMatch(/\{\{|\$\{/);
        const inputs = nodesOf(card).filter((node) => node['type'] === 'Input.Text');
        expect(inputs.map((input) => input['value'])).toEqual([
          asJson({ marked })['marked'],
          asJson({ marked })['marked'],
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('stands in no chat message, in whatever form', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const screen = everyScreen(`canary ${words}`);
        expect(needsDialog(screen)).toBe(true);
        const card = renderInline(screen, 'message', { verb: 'raise' });
        expect(JSON.stringify(card)).not.toContain('canary');
        expect(violationsOf(asJson(card), 'chat')).toEqual([]);
        expect(buttonsOf(asJson(card)).at(-1)).toMatchObject({ title: 'Open' });
      }),
    );
  });

  it('survives the way through a dialog that is drawn again', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const screen = everyScreen(words);
        const back = unpackScreen(packScreen(screen));
        const text = asJson({ words })['words'] as string;
        expect(back).not.toBeNull();
        const values = Object.fromEntries(screen.fields.map((one) => [one.id, one.value ?? '']));
        expect(back && filledIn(back, values)).toEqual(
          filledIn(asJson(screen) as never, { ...values, text: words }),
        );
        expect(text.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is not packed with the screen it was typed into', () => {
    const { fields } = everyScreen('canary');
    const screen = { ...everyScreen(null), fields };
    expect(JSON.stringify(unpackScreen(packScreen(screen)))).not.toContain('canary');
  });
});

describe('our own words', () => {
  it('are drawn as they are written, with no mark taking effect', () => {
    fc.assert(
      fc.property(fc.constantFrom(...spells), (words) => {
        const card = asJson(renderCard({ ...everyCard(words) }, message));
        for (const text of markdownIn(card)) {
          expect(text).not.toMatch(/(?<!\\)[[\]<>`_~]|(?<!\\)\*|\{\{|\$\{/);
          expect(text.replace(/^- /gm, '')).not.toMatch(/^(?:#|\+|\d+[.)])/m);
        }
      }),
    );
  });

  it('read in a choice as they are written, unless they could be a mark', () => {
    const screen = everyScreen(null);
    const choices = [
      { id: 'a', label: 'O’Neill-Smith (Year 9), age 12.' },
      { id: 'b', label: '1. [x](y) *b*' },
    ];
    const field = { ...screen.fields[0], type: 'choice', shown: 'buttons', choices } as never;
    const card = asJson(renderDialog({ ...screen, fields: [field] }));
    const [input] = nodesOf(card).filter((node) => node['type'] === 'Input.ChoiceSet');
    expect(input?.['choices']).toEqual([
      { title: 'O’Neill-Smith (Year 9), age 12.', value: 'a' },
      { title: '\u20601. ［x］(y) ∗b∗', value: 'b' },
    ]);
  });
});

describe('a card', () => {
  it.each([
    ['in a message', () => renderCard(everyCard(), message), 'chat'],
    [
      'in a message without dialogs',
      () => renderCard(everyCard(), { type: 'plain-message', form: false }),
      'chat',
    ],
    [
      'in a dialog',
      () => renderCard(everyCard(), { type: 'dialog', screen: null }, 'A notice'),
      'dialog',
    ],
    [
      'as an empty form in a message',
      () => renderInline(everyScreen(null), 'message', { verb: 'raise' }),
      'chat',
    ],
    ['as a form in a dialog', () => renderDialog(everyScreen(null)), 'dialog'],
    ['as a filled form in a dialog', () => renderDialog(everyScreen('x')), 'dialog'],
    [
      'as a form with problems',
      () => renderDialog(everyScreen('x'), { message: 'No', fields: { text: 'Bad' } }),
      'dialog',
    ],
  ] as const)('passes Teams’ own checks %s', (_name, draw, surface) => {
    expect(violationsOf(asJson(draw()), surface)).toEqual([]);
  });

  it('says nothing to a lock screen or an old client but its summary', () => {
    expect(renderCard(everyCard(), message).fallbackText).toBe('New item');
  });

  it('asks by the right action for what a button does', () => {
    const drawn = (surface: Parameters<typeof renderCard>[1]) =>
      buttonsOf(asJson(renderCard(everyCard(), surface)))
        .slice(0, 2)
        .map(({ type, verb, data }) => ({ type, verb, data }));
    expect(drawn(message)).toEqual([
      { type: 'Action.Execute', verb: 'press', data: { handle: 'h:Claim' } },
      {
        type: 'Action.Submit',
        verb: undefined,
        data: { verb: 'press', handle: 'h:Details', msteams: { type: 'task/fetch' } },
      },
    ]);
    expect(drawn({ type: 'plain-message', form: false })[1]).toMatchObject({
      type: 'Action.Execute',
    });
    expect(drawn({ type: 'dialog', screen: null })).toMatchObject([
      { type: 'Action.Submit', data: { verb: 'press', handle: 'h:Claim' } },
      { type: 'Action.Submit', data: { verb: 'press', handle: 'h:Details' } },
    ]);
  });

  it('shows what must never be done above every button, in a box of its own', () => {
    const card = asJson(renderCard(everyCard('Look at it'), message));
    const types = (card['body'] as Json[]).map((one) =>
      [one['type'], one['style'] ?? ''].join(' '),
    );
    const never = (card['body'] as Json[]).findIndex((one) =>
      textOf(one).startsWith('What not to do'),
    );
    expect(never).toBeGreaterThan(-1);
    expect(types[never]).toBe('Container attention');
    expect(never).toBeLessThan(types.findIndex((one) => one.startsWith('ActionSet')));
  });

  it('puts no more than five buttons in a row', () => {
    const buttons = Array.from({ length: 12 }, (_, at) => button(`B${String(at)}`));
    const card = renderCard({ ...everyCard(), elements: [{ type: 'buttons', buttons }] }, message);
    expect(card.body.map((one) => (one.type === 'ActionSet' ? one.actions.length : 0))).toEqual([
      5, 5, 2,
    ]);
  });
});

describe('a form', () => {
  const inputs = (screen: Parameters<typeof renderDialog>[0]) =>
    nodesOf(asJson(renderDialog(screen))).filter((one) => String(one['type']).startsWith('Input.'));

  it('has a label on every input, and says which may be left out', () => {
    const screen = everyScreen(null);
    const optional = {
      ...screen,
      fields: screen.fields.map((one) => ({ ...one, required: false })),
    };
    expect(
      inputs(screen).every((one) => one['label'] && one['isRequired'] && one['errorMessage']),
    ).toBe(true);
    expect(inputs(optional).every((one) => /\(optional\)$/.test(String(one['label'])))).toBe(true);
    expect(inputs(optional).some((one) => one['isRequired'])).toBe(false);
  });

  it('is not held back by Teams when another button must carry what was typed', () => {
    const screen = { ...everyScreen(null), buttons: [button('Back')] };
    expect(inputs(screen).some((one) => one['isRequired'])).toBe(false);
  });

  it('lets a long list be searched and a short one be picked from', () => {
    const [short, long] = inputs(everyScreen('x')).filter((one) => one['style'] === 'filtered');
    expect(short).toMatchObject({ value: 'p2' });
    expect(short).not.toHaveProperty(['choices.data']);
    expect(long).toMatchObject({
      value: 'p2',
      choices: [{ title: 'P 2', value: 'p2' }],
      'choices.data': { type: 'Data.Query', dataset: 'search' },
    });
  });

  it('draws few choices as buttons and many as a list', () => {
    const [few, list] = inputs(everyScreen(null)).filter((one) => one['isMultiSelect'] === false);
    expect([few?.['style'], list?.['style']]).toEqual(['expanded', 'compact']);
    const screen = everyScreen(null);
    const many = Array.from({ length: 11 }, (_, at) => ({ id: `c${String(at)}`, label: 'C' }));
    const field = { ...screen.fields[0], choices: many } as never;
    expect(inputs({ ...screen, fields: [field] })[0]).toMatchObject({ style: 'compact' });
  });

  it('has what is wrong with a field right below it', () => {
    const card = asJson(
      renderDialog(everyScreen('x'), { message: 'All in all', fields: { text: 'Too short' } }),
    );
    const body = card['body'] as Json[];
    const at = body.findIndex((one) => one['id'] === 'field.text');
    expect(body.slice(at, at + 3).map((one) => one['text'] ?? one['label'])).toEqual([
      'Text',
      'Help',
      'Too short',
    ]);
    expect(textOf(body[0] as Json)).toBe('All in all');
  });
});

describe('what does not fit', () => {
  it('is nothing of the usual', () => {
    expect(misfitsOfCard(everyCard())).toEqual([]);
    expect(misfitsOfScreen(everyScreen('x'.repeat(250)))).toEqual([]);
  });

  it.each([
    ['a title', { title: 'x'.repeat(limits.screenTitle + 1) }],
    ['a submit label', { submit: { label: 'x'.repeat(limits.submitLabel + 1), handle: 'h' } }],
    ['a button', { buttons: [button('x'.repeat(limits.buttonLabel + 1))] }],
    ['a text', { elements: [{ type: 'text', tone: 'plain', text: 'x'.repeat(limits.text + 1) }] }],
    ['a never-list', { elements: [{ type: 'never', items: ['x'.repeat(limits.text + 1)] }] }],
    [
      'a fact',
      { elements: [{ type: 'facts', facts: [{ label: 'x'.repeat(limits.text + 1), value: '' }] }] },
    ],
    [
      'a step',
      {
        elements: [
          {
            type: 'checklist',
            items: [{ title: 'x'.repeat(limits.text + 1), state: 'now', note: null }],
          },
        ],
      },
    ],
    [
      'a button inside',
      { elements: [{ type: 'buttons', buttons: [button('x'.repeat(limits.buttonLabel + 1))] }] },
    ],
    ['too many elements', { elements: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    [
      'too much in all',
      {
        elements: Array.from({ length: 17 }, () => ({
          type: 'words',
          label: 'L',
          text: 'x'.repeat(3000),
        })),
      },
    ],
    ['an odd id', { fields: [{ ...everyScreen(null).fields[0], id: 'a b' }] }],
    [
      'a comma in a choice',
      { fields: [{ ...everyScreen(null).fields[0], choices: [{ id: 'a,b', label: 'A' }] }] },
    ],
    [
      'a long choice',
      {
        fields: [
          {
            ...everyScreen(null).fields[0],
            choices: [{ id: 'a', label: 'x'.repeat(limits.choiceLabel + 1) }],
          },
        ],
      },
    ],
  ])('is found: %s', (_name, change) => {
    expect(misfitsOfScreen({ ...everyScreen(null), ...change } as never)).toHaveLength(1);
  });

  it('is found in a card too', () => {
    const heading = { type: 'heading', text: 'x'.repeat(limits.text + 1) } as const;
    expect(misfitsOfCard({ ...everyCard(), elements: [heading] })).toHaveLength(1);
    const large = Array.from({ length: 6 }, () => ({ ...heading, text: 'x'.repeat(2500) }));
    expect(misfitsOfCard({ ...everyCard(), elements: large })).toHaveLength(1);
  });
});
