import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../support/fake-slack-blocks.ts';
import {
  pressPayload,
  submissionPayload,
  suggestionPayload,
} from '../support/fake-slack-payloads.ts';
import { inputsOf } from '../support/fake-slack-windows.ts';
import type { SlackUser, SlackWindow } from '../support/fake-slack-world.ts';
import { type Bench, everyField, startBench } from './bench.ts';

let bench: Bench;
let user: SlackUser;
let window: SlackWindow;
beforeAll(async () => {
  bench = await startBench();
  user = bench.fake.addPerson('Ada Okoro');
  bench.replies({ type: 'screen', screen: everyField() });
  await bench.fake.person('Ada Okoro').raises();
  window = bench.fake.world.windows[0]!;
  bench.replies({ type: 'notice', text: 'There is nothing here for you.' });
});
afterEach(() => {
  bench.asked.length = 0;
});
afterAll(() => bench.stop());

async function send(payload: Json): Promise<number> {
  bench.asked.length = 0;
  const { status } = await bench.fake.line().say('interactive', payload);
  await bench.slack.idle();
  return status;
}

const submission = () => submissionPayload(bench.fake.world, user, window);
const button = (change: Json = {}) => ({
  block: 'b',
  action: { type: 'button', action_id: 'inline.b0', value: 'h.back', ...change },
});
const press = (change: Json = {}) => pressPayload(bench.fake.world, user, button(change), window);

function withView(change: Json): Json {
  const payload = submission();
  return { ...payload, view: { ...(payload['view'] as Json), ...change } };
}

describe('a submission', () => {
  it('is taken as it was drawn', async () => {
    expect(await send(submission())).toBe(200);
    expect(bench.asked).toMatchObject([{ type: 'submitted', handle: 'h.send' }]);
  });

  const stranger = { 'f.0.0.other': { value: { type: 'plain_text_input', value: 'x' } } };
  it.each([
    ['of another callback', { callback_id: 'reading' }],
    ['without metadata', { private_metadata: '' }],
    ['with metadata that is not ours', { private_metadata: '{"submit":"h.send"}' }],
    [
      'with more metadata than ours',
      { private_metadata: '{"submit":"h","as":"submit","search":{},"case":"1"}' },
    ],
    ['with nothing to submit', { private_metadata: '{"submit":null,"as":"submit","search":{}}' }],
    ['with an input that the window does not have', { state: { values: stranger } }],
    ['without a state of the right shape', { state: { values: { b: 'x' } } }],
    ['with metadata longer than Slack keeps', { private_metadata: 'x'.repeat(3001) }],
    ['without blocks', { blocks: null }],
  ])('%s is refused', async (_, change) => {
    expect(await send(withView(change))).toBe(400);
    expect(bench.asked).toEqual([]);
  });

  it('with a changed handle is asked as it stands, for the conversation to refuse', async () => {
    const metadata = JSON.stringify({ submit: 'h.senD', as: 'submit', search: {} });
    expect(await send(withView({ private_metadata: metadata }))).toBe(200);
    expect(bench.asked).toMatchObject([{ handle: 'h.senD' }]);
  });

  it('with an option that was not offered says so, for the conversation to refuse', async () => {
    const block = inputsOf(window.view).find(({ block_id }) =>
      String(block_id).endsWith('.adult'),
    )!;
    const state = {
      values: {
        [String(block['block_id'])]: {
          value: { type: 'radio_buttons', selected_option: { value: 'maybe' } },
        },
      },
    };
    expect(await send(withView({ state }))).toBe(200);
    expect(bench.asked).toMatchObject([{ values: { adult: 'maybe' } }]);
  });

  it('without some of its inputs counts them as empty', async () => {
    expect(await send(withView({ state: { values: {} } }))).toBe(200);
    expect(bench.asked).toMatchObject([{ values: {} }]);
  });
});

describe('a press', () => {
  it('is taken as it was drawn', async () => {
    expect(await send(press())).toBe(200);
    expect(bench.asked).toMatchObject([{ type: 'pressed', handle: 'h.back' }]);
  });

  it.each([
    ['of an action that does not exist', { action_id: 'delete' }],
    ['of an action that is nearly ours', { action_id: 'inline.b0;drop' }],
    ['without a value', { value: undefined }],
    ['with a value longer than Slack keeps', { value: 'x'.repeat(2001) }],
    ['of something that is no button', { type: 'overflow' }],
  ])('%s is refused', async (_, change) => {
    expect(await send(press(change))).toBe(400);
    expect(bench.asked).toEqual([]);
  });

  it('of two buttons at once is refused whole', async () => {
    const payload = press();
    const [one] = payload['actions'] as Json[];
    expect(await send({ ...payload, actions: [one, { ...one, value: 'h.other' }] })).toBe(400);
    expect(await send({ ...payload, actions: [] })).toBe(400);
    expect(bench.asked).toEqual([]);
  });

  it.each(['', 'h.bacK', 'not base64url !', '../..', '\u0000'])(
    'with the handle %j is asked as it stands',
    async (value) => {
      expect(await send(press({ value }))).toBe(200);
      expect(bench.asked).toMatchObject([{ handle: value }]);
    },
  );
});

describe('a search', () => {
  const search = (block: string) =>
    suggestionPayload(bench.fake.world, user, window, { block, action: 'value', query: 'x' });

  it('finds the handle of its own field only', async () => {
    expect(await send(search('f.0.0.who'))).toBe(200);
    expect(bench.asked).toMatchObject([{ type: 'searched', handle: 'h.search' }]);
    for (const block of ['f.0.0.adult', 'f.0.0.__proto__', 'f.0.0.toString', 'who', ''])
      expect(await send(search(block))).toBe(400);
  });
});
