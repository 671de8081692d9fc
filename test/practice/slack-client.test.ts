import { expect, test } from 'vitest';
import { literal, plainContext } from '../../src/practice/client/slack-side/blocks/literal.ts';
import {
  initialStateOf,
  mergedState,
  missingIn,
  nothingHeld,
} from '../../src/practice/client/slack-side/form-state.ts';
import { followSlack } from '../../src/practice/client/slack-side/slack-desks.ts';
import type { SlackMessage } from '../../src/practice/slack-side/wire.ts';
import type { Json } from '../../src/practice/wire.ts';

test('a form begins with what the bot has filled in', () => {
  expect(initialStateOf([said('f.0', { initial_value: 'Draft' }), tick('t')])).toEqual({
    'f.0': { value: { type: 'plain_text_input', value: 'Draft' } },
    t: { value: { type: 'checkboxes', selected_options: [] } },
  });
});

test('a view that is drawn anew keeps what was typed, and then ignores the new initial value', () => {
  const held = { blocks: [said('f.0')], state: typed('f.0', 'mine') };
  expect(mergedState(held, [said('f.0', { initial_value: 'the bot’s' })])).toEqual(
    typed('f.0', 'mine'),
  );
});

test.each([
  ['another block id', said('f.1', { initial_value: 'new' }), typed('f.1', 'new')],
  ['another action id', said('f.0', { action_id: 'other' }), {}],
])('%s is another field', (_what, block, expected) => {
  const held = { blocks: [said('f.0')], state: typed('f.0', 'mine') };
  expect(mergedState(held, [block])).toMatchObject(expected);
  expect(JSON.stringify(mergedState(held, [block]))).not.toContain('mine');
});

test('another kind of element loses what was typed even under the same name', () => {
  const held = { blocks: [said('f.0')], state: typed('f.0', 'mine') };
  expect(mergedState(held, [tick('f.0')])).toEqual(initialStateOf([tick('f.0')]));
});

test('what is required is asked for before anything is sent', () => {
  const blocks = [said('a'), said('b', {}, true), tick('c')];
  expect(Object.keys(missingIn(blocks, mergedState(nothingHeld, blocks)))).toEqual(['a', 'c']);
  expect(missingIn([said('a')], typed('a', 'x'))).toEqual({});
});

test('plain text is drawn as it stands: the library would read markup out of it', () => {
  const text = { type: 'plain_text', text: '*not bold* :siren:' };
  expect(JSON.stringify(literal({ type: 'section', text }))).toContain('rich_text_section');
  expect(plainContext({ type: 'context', elements: [text] })).toEqual(['*not bold* :siren:']);
  const marked = { type: 'section', text: { type: 'mrkdwn', text: '*bold*' } };
  expect(literal(marked)).toBe(marked);
});

test('a message from before a restart goes where it belongs', () => {
  const desk = { chats: [], messages: [], home: null, windows: [] };
  const begun = followSlack({}, { type: 'slack-desk', person: 'a', ...desk });
  const { a } = ['2.000002', '1.000001', '2.000002'].reduce(
    (desks, id) =>
      followSlack(desks, { type: 'slack-message', person: 'a', message: message(id), unread: 0 }),
    begun,
  );
  expect(a?.messages.map(({ id }) => id)).toEqual(['1.000001', '2.000002']);
});

function said(block_id: string, change: Json = {}, optional = false): Json {
  const element = { type: 'plain_text_input', action_id: 'value', ...change };
  return { type: 'input', block_id, optional, element };
}

function tick(block_id: string): Json {
  return { type: 'input', block_id, element: { type: 'checkboxes', action_id: 'value' } };
}

function typed(block: string, value: string) {
  return { [block]: { value: { type: 'plain_text_input', value } } };
}

function message(id: string): SlackMessage {
  const author = { type: 'bot', name: 'Concern' } as const;
  const rest = { text: '', blocks: [], file: null, push: null, trouble: null };
  return { id, chat: 'c', at: '', author, onlyForYou: false, edited: false, ...rest };
}
