import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, Screen } from '../../src/chat/elements.ts';
import { viewSchema } from '../../src/slack/payload.ts';
import { cardView, homeView, messageBlocks, textView } from '../../src/slack/render-card.ts';
import { renderScreen, waitingView } from '../../src/slack/render-screen.ts';
import { splitText } from '../../src/slack/split-text.ts';
import { readValues, shownIn } from '../../src/slack/view-state.ts';
import { viewAgain } from '../../src/slack/view-again.ts';
import { words } from '../../src/slack/words.ts';
import { blockProblems, type Json, viewProblems } from '../support/fake-slack-blocks.ts';
import { textOf } from '../support/fake-slack-seen.ts';
import { drawInto, echoOf } from '../support/fake-slack-windows.ts';
import { createSlackWorld, type SlackWindow } from '../support/fake-slack-world.ts';
import { anyCard, anyScreen, anyText } from './arbitraries.ts';
import { card, everyField } from './bench.ts';

/** The view as Slack would send it back. */
function echo(view: object) {
  const window: SlackWindow = {
    id: 'V1',
    user: 'U1',
    view: {},
    hash: '',
    typed: new Map(),
    errors: new Map(),
  };
  drawInto(window, view as Json);
  return viewSchema.parse(echoOf(createSlackWorld(), window));
}

function objectsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  return [
    ...(Array.isArray(value) ? [] : [value as Json]),
    ...Object.values(value).flatMap(objectsIn),
  ];
}

const none: string[] = [];

describe('any card', () => {
  it('is a message, a window and a home that Slack takes', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        expect(blockProblems(messageBlocks(any, { plan: true }), 'message')).toEqual(none);
        expect(blockProblems(messageBlocks(any, { plan: false }), 'message')).toEqual(none);
        expect(viewProblems(cardView(any, 'Claimed already.'))).toEqual(none);
        expect(viewProblems(homeView(any))).toEqual(none);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any screen', () => {
  it('is a window that Slack takes', () => {
    fc.assert(
      fc.property(anyScreen, (any) => {
        expect(viewProblems(renderScreen(any))).toEqual(none);
      }),
      { numRuns: 300 },
    );
  });

  it('has no text that Slack would read as markup', () => {
    fc.assert(
      fc.property(anyScreen, anyCard, (screen, any) => {
        const drawn = objectsIn([
          renderScreen(screen),
          messageBlocks(any, { plan: true }),
          homeView(any),
        ]);
        const types = new Set(drawn.map(({ type }) => type));
        for (const type of [
          'mrkdwn',
          'link',
          'user',
          'usergroup',
          'channel',
          'broadcast',
          'emoji',
          'markdown',
        ])
          expect(types).not.toContain(type);
        expect(drawn.filter(({ type, emoji }) => type === 'plain_text' && emoji !== false)).toEqual(
          [],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('gives back every value that it was given', () => {
    fc.assert(
      fc.property(anyScreen, (any) => {
        const values = readValues(echo(renderScreen(any)));
        const given = any.fields.flatMap(({ id, value }) =>
          value === null || value.length === 0 ? [] : [[id, value] as const],
        );
        const sorted = (entry: unknown) => (Array.isArray(entry) ? entry.toSorted() : entry);
        expect(
          Object.fromEntries(
            Object.entries(values ?? {}).map(([key, value]) => [key, sorted(value)]),
          ),
        ).toEqual(Object.fromEntries(given.map(([key, value]) => [key, sorted(value)])));
      }),
      { numRuns: 300 },
    );
  });

  it('can be shown again with a sentence on top and all that was typed', () => {
    fc.assert(
      fc.property(anyScreen, (any) => {
        const before = echo(renderScreen(any));
        const again = viewAgain(before, words.notSaved);
        expect(viewProblems(again)).toEqual(none);
        expect(readValues(echo(again))).toEqual(readValues(before));
        expect(viewProblems(viewAgain(echo(again), words.notSaved))).toEqual(none);
      }),
      { numRuns: 200 },
    );
  });

  it('replaces another so that its own values are shown', () => {
    fc.assert(
      fc.property(anyScreen, anyScreen, (first, second) => {
        const window: SlackWindow = {
          id: 'V1',
          user: 'U1',
          view: {},
          hash: '',
          typed: new Map(),
          errors: new Map(),
        };
        drawInto(window, renderScreen(first) as unknown as Json);
        const shown = viewSchema.parse(echoOf(createSlackWorld(), window));
        const next = {
          ...second,
          title: first.title,
          fields: second.fields.map((field, at) => ({
            ...field,
            id: first.fields[at]?.id ?? field.id,
          })),
        };
        if (new Set(next.fields.map(({ id }) => id)).size < next.fields.length) return;
        const view = renderScreen(next, shownIn(shown));
        expect(viewProblems(view)).toEqual(none);
        drawInto(window, view as unknown as Json);
        const held = readValues(viewSchema.parse(echoOf(createSlackWorld(), window)));
        expect(held).toEqual(readValues(echo(renderScreen(next))));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what somebody wrote', () => {
  it('is drawn whole and literally', () => {
    fc.assert(
      fc.property(anyText(9000), (text) => {
        const screen = everyField({
          elements: [{ type: 'words', label: 'In their words', text }],
          fields: [],
          submit: null,
          buttons: [],
        });
        const quotes = objectsIn(renderScreen(screen)).filter(
          ({ type }) => type === 'rich_text_quote',
        );
        expect(
          quotes
            .map(({ elements }) => (elements as Json[]).map((run) => run['text']).join(''))
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('is split without being cut', () => {
    fc.assert(
      fc.property(anyText(9000), fc.integer({ min: 2, max: 3000 }), (text, max) => {
        const pieces = splitText(text, max);
        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => piece.length > 0 && piece.length <= max)).toBe(true);
      }),
    );
  });

  it('has as many inputs as it needs', () => {
    const long: Screen = everyField({
      fields: [
        {
          id: 'said',
          label: 'What was said',
          help: null,
          required: true,
          type: 'long-text',
          value: null,
          maxLength: 9000,
        },
      ],
    });
    const labels = renderScreen(long).blocks.flatMap((block) =>
      block.type === 'input' && 'label' in block ? [textOf(block.label)] : [],
    );
    expect(labels).toEqual([
      'What was said',
      'What was said (continued, 2 of 3)',
      'What was said (continued, 3 of 3)',
    ]);
  });
});

describe('a card', () => {
  const everything: Card = card('', {
    elements: [
      { type: 'heading', text: 'HS-7Q2K9-M4XTW' },
      { type: 'facts', facts: [{ label: 'Opened', value: '10:32' }] },
      { type: 'never', items: ['look', 'copy'] },
      {
        type: 'checklist',
        items: [
          { title: 'Ring social care', state: 'now', note: 'before 15:15' },
          { title: 'Delete it', state: 'locked', note: 'until three things are confirmed' },
          { title: 'Put the device away', state: 'done', note: null },
        ],
      },
      {
        type: 'buttons',
        buttons: [{ label: 'Details', handle: 'h.1', opens: 'dialog', style: 'primary' }],
      },
    ],
  });

  it('has Slack’s own checklist in a message', () => {
    const plan = messageBlocks(everything, { plan: true }).find(({ type }) => type === 'plan');
    expect(textOf(plan)).toBe(
      'Ring social care (in_progress) before 15:15\nLocked: Delete it (pending) until three things are confirmed\nPut the device away (complete)',
    );
  });

  it('has a plain checklist elsewhere, with every state in words or signs', () => {
    const text = textOf(homeView(everything).blocks);
    expect(text).toContain('▶ Ring social care — before 15:15');
    expect(text).toContain('🔒 Locked: Delete it — until three things are confirmed');
    expect(text).toContain('☑ Put the device away');
  });

  it('shows prohibitions above the buttons', () => {
    const text = messageBlocks(everything, { plan: true }).map(({ type }) => type);
    expect(text.indexOf('actions')).toBe(text.length - 1);
    expect(textOf(messageBlocks(everything, { plan: true }))).toContain(
      '⛔ What not to do\nlook\ncopy',
    );
  });

  it('says so when there is more than fits', () => {
    const many = card('', {
      elements: Array.from({ length: 90 }, () => ({ type: 'divider' as const })),
    });
    many.elements.push({
      type: 'buttons',
      buttons: [{ label: 'Open', handle: 'h', opens: 'dialog', style: 'plain' }],
    });
    const blocks = messageBlocks(many, { plan: true });
    expect(blocks).toHaveLength(50);
    expect(textOf(blocks.at(-2))).toBe(words.tooMuch);
    expect(blocks.at(-1)?.type).toBe('actions');
  });
});

describe('a screen', () => {
  it('takes its first button for the footer when it has inputs and nothing to submit', () => {
    const view = renderScreen(everyField({ submit: null }));
    expect(textOf(view.submit)).toBe('Back');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({
      submit: 'h.back',
      as: 'press',
      search: { who: 'h.search' },
    });
  });

  it('carries handles and nothing else in its metadata', () => {
    const view = renderScreen(everyField());
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({
      submit: 'h.send',
      as: 'submit',
      search: { who: 'h.search' },
    });
  });

  it('waits with the words that may save a life', () => {
    const view = waitingView(
      everyField({ elements: [{ type: 'text', text: 'Ring 999.', tone: 'danger' }] }),
    );
    expect(textOf(view.blocks)).toContain('Ring 999.');
    expect(view.submit).toBeUndefined();
    expect(viewProblems(view)).toEqual(none);
  });

  it('has one sentence when it must', () => {
    expect(viewProblems(textView(words.notSaved))).toEqual(none);
  });
});
