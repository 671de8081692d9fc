import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPayload } from '../../src/slack/payload.ts';
import type { FormState } from '../../src/practice/slack-side/wire.ts';
import type { Json } from '../../src/practice/wire.ts';
import { startSlackBot, type BotReply, type SlackBot } from './support/slack-bot.ts';
import { slackUser } from './support/slack-directory.ts';
import { sitInSlack, type WatchingSlack } from './support/slack-watch.ts';
import { secrets, startSlackPractice, type RunningSlack } from './support/start-slack-practice.ts';

const amy = 'hillside.amy-lowe';
const priya = 'hillside.priya-nair';
let now: Date;
let bot: SlackBot;
let running: RunningSlack;
let page: WatchingSlack;

beforeEach(async () => {
  now = new Date();
  bot = await startSlackBot(secrets.signingSecret);
  running = await startSlackPractice({ botUrl: bot.url, now: () => now });
  page = await sitInSlack(running.url, [amy, priya]);
  await page.until(() => bot.heard.length === 2);
  bot.heard.length = 0;
});
afterEach(async () => {
  page.stop();
  await running.stop();
  await bot.close();
});

test('a trigger opens one window, once, for whoever pressed', async () => {
  const trigger_id = await newTrigger();
  const opened = await running.call('views.open', { trigger_id, view: form });
  expect(opened).toMatchObject({
    ok: true,
    view: { callback_id: 'screen', state: { values: {} } },
  });
  await page.until(() => page.windows(amy).length === 1);
  expect(page.windows(priya)).toEqual([]);
  expect(await running.call('views.open', { trigger_id, view: form })).toMatchObject({
    error: 'exchanged_trigger_id',
  });
});

test('after three seconds a trigger is good for nothing', async () => {
  const trigger_id = await newTrigger();
  now = new Date(now.getTime() + 3001);
  expect(await running.call('views.open', { trigger_id, view: form })).toMatchObject({
    error: 'expired_trigger_id',
  });
});

test('a window that is drawn anew keeps its id and the names of its inputs', async () => {
  const id = await openForm();
  const before = page.windows(amy)[0];
  await running.call('views.update', { view_id: id, view: { ...form, title: plain('Again') } });
  const after = await page.until(() => page.windows(amy).find(({ hash }) => hash !== before?.hash));
  expect(after.id).toBe(id);
  expect(inputIds(after.view)).toEqual(inputIds(before?.view ?? {}));
});

test('a closed window is not found; a wrong hash is a conflict', async () => {
  const id = await openForm();
  const stale = { view_id: id, hash: 'stale', view: form };
  expect(await running.call('views.update', stale)).toMatchObject({ error: 'hash_conflict' });
  await running.ask('close', { person: amy, view: id, all: true });
  expect(await running.call('views.update', { view_id: id, view: form })).toMatchObject({
    error: 'not_found',
  });
  expect(bot.heard.map(({ body }) => body['type'])).not.toContain('view_closed');
});

test('the bot hears of a closed window if it asked to', async () => {
  const id = await openForm({ ...form, notify_on_close: true });
  await running.ask('close', { person: amy, view: id, all: true });
  const closed = await page.until(() =>
    bot.heard.find(({ body }) => body['type'] === 'view_closed'),
  );
  expect(closed.body).toMatchObject({ is_cleared: true, view: { id } });
  expect(readPayload(closed.body)).not.toBeNull();
});

test('nobody sends, presses or closes somebody else’s window', async () => {
  const id = await openForm();
  expect(await running.ask('submit', { person: priya, view: id, values: {} })).toMatchObject({
    type: 'failed',
  });
  await running.ask('close', { person: priya, view: id, all: true });
  expect(await running.call('views.update', { view_id: id, view: form })).toMatchObject({
    ok: true,
  });
});

test('what was filled in is sent with the view, and only where there is a field', async () => {
  const values = { ...typed('in their words'), 'f.0.0.invented': { value: text('x') } };
  await submit(values);
  const sent = bot.heard.at(-1)?.body;
  expect(sent).toMatchObject({
    type: 'view_submission',
    user: { id: slackUser('amy-lowe'), team_id: 'T0HILLSIDE' },
    view: { private_metadata: '{}', state: { values: typed('in their words') } },
  });
  expect((sent?.['view'] as { state: { values: object } }).state.values).not.toHaveProperty(
    'f.0.0.invented',
  );
  expect(readPayload(sent)).not.toBeNull();
});

test('an empty answer closes the window', async () => {
  expect(await submit(typed('x'))).toEqual({ type: 'done' });
  await page.until(() => page.windows(amy).length === 0);
});

test('errors leave the window as it is and stand beside their fields', async () => {
  const errors = { 'f.0.0.said': 'Please say a little more.' };
  bot.answerWith(() => ({ body: { response_action: 'errors', errors } }));
  expect(await submit(typed('x'))).toEqual({ type: 'errors', errors });
  expect(page.windows(amy)).toHaveLength(1);
});

test('an update and a push draw what they bring; clear takes all away', async () => {
  const next = { ...form, title: plain('Step 2') };
  bot.answerWith(() => ({ body: { response_action: 'update', view: next } }));
  await submit(typed('x'));
  await page.until(() => titles() === 'Step 2');
  bot.answerWith(() => ({ body: { response_action: 'push', view: form } }));
  await send();
  await page.until(() => titles() === 'Step 2, About it');
  bot.answerWith(() => ({ body: { response_action: 'clear' } }));
  await send();
  await page.until(() => titles() === '');
});

test.each<[string, BotReply]>([
  ['no answer in three seconds', { afterMs: 3200 }],
  ['an error', { status: 500 }],
  ['an answer that is none of Slack’s', { body: { response_action: 'replace' } }],
  ['errors beside no field', { body: { response_action: 'errors', errors: { nowhere: 'No' } } }],
  ['a view that cannot be drawn', { body: { response_action: 'update', view: { type: 'modal' } } }],
])('%s leaves the window, and all that was typed, as it is', async (_what, reply) => {
  bot.answerWith(() => reply);
  expect(await submit(typed('x'))).toMatchObject({ type: 'failed' });
  expect(page.windows(amy)).toHaveLength(1);
});

test('a mistake of the bot’s is said on every page', async () => {
  const trigger_id = await newTrigger();
  const view = { ...form, title: plain('Longer than twenty-four letters') };
  expect(await running.call('views.open', { trigger_id, view })).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: [expect.stringContaining('title/text')] },
  });
  const said = await page.until(() => page.events.find(({ type }) => type === 'slack-refused'));
  expect(said).toMatchObject({ what: 'views.open:invalid_arguments' });
  expect(running.logged).toHaveLength(1);
});

test('a button in a window carries what was typed so far', async () => {
  const id = await openForm();
  const at = { type: 'view', view: id } as const;
  const press = { person: amy, at, block: 'more', action: 'back', chosen: null };
  await running.ask('press', { ...press, values: typed('half a sen') });
  expect(bot.heard.at(-1)?.body).toMatchObject({
    type: 'block_actions',
    container: { type: 'view', view_id: id },
    view: { id, state: { values: typed('half a sen') } },
    actions: [{ action_id: 'back', value: 'h.back' }],
  });
});

test('a searching field asks the bot and shows at most a hundred', async () => {
  const id = await openForm();
  const options = Array.from({ length: 120 }, (_, n) => ({
    text: plain(String(n)),
    value: String(n),
  }));
  bot.answerWith(() => ({ body: { options } }));
  const at = { type: 'view', view: id } as const;
  const asked = { person: amy, at, block: 'f.0.0.who', action: 'value', query: 'to', values: {} };
  const found = await running.ask('options', asked);
  expect(found.options).toHaveLength(100);
  const sent = bot.heard.at(-1)?.body;
  expect(sent).toMatchObject({ type: 'block_suggestion', block_id: 'f.0.0.who', value: 'to' });
  expect(readPayload(sent)).not.toBeNull();
});

test('the App Home is one person’s own, and there again after a reload', async () => {
  const home = { type: 'home', blocks: [{ type: 'header', text: plain('Concerns you raised') }] };
  const user_id = slackUser('amy-lowe');
  expect(await running.call('views.publish', { user_id, view: home })).toMatchObject({ ok: true });
  await page.until(() => page.home(amy));
  expect(page.home(priya)).toBeNull();
  const again = await sitInSlack(running.url, [amy]);
  expect(again.home(amy)?.view).toMatchObject({ type: 'home' });
  again.stop();
});

async function newTrigger(): Promise<string> {
  await running.ask('shortcut', { person: amy });
  return String(bot.heard.at(-1)?.body['trigger_id']);
}

async function openForm(view: Json = form): Promise<string> {
  const opened = await running.call('views.open', { trigger_id: await newTrigger(), view });
  await page.until(() => page.windows(amy).length === 1);
  return String((opened['view'] as Json)['id']);
}

async function submit(values: FormState) {
  const view = await openForm();
  return running.ask('submit', { person: amy, view, values });
}

/** Sends the window on top. */
function send() {
  const view = page.windows(amy).at(-1)?.id ?? '';
  return running.ask('submit', { person: amy, view, values: typed('x') });
}

function titles(): string {
  return page
    .windows(amy)
    .map(({ view }) => (view['title'] as { text: string }).text)
    .join(', ');
}

function inputIds(view: Json): unknown[] {
  const blocks = (view['blocks'] ?? []) as Json[];
  return blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
}

function typed(value: string): FormState {
  return { 'f.0.0.said': { value: text(value) } };
}

function text(value: string) {
  return { type: 'plain_text_input', value };
}

function plain(words: string) {
  return { type: 'plain_text', text: words, emoji: false };
}

const form = {
  type: 'modal',
  callback_id: 'screen',
  private_metadata: '{}',
  title: plain('About it'),
  submit: plain('Send'),
  close: plain('Close'),
  blocks: [
    { type: 'rich_text', elements: [section('Tell us what you know.')] },
    {
      type: 'input',
      block_id: 'f.0.0.said',
      label: plain('What was said'),
      element: { type: 'plain_text_input', action_id: 'value', multiline: true },
    },
    {
      type: 'input',
      block_id: 'f.0.0.who',
      label: plain('Who'),
      optional: true,
      element: { type: 'external_select', action_id: 'value', min_query_length: 0 },
    },
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'back', text: plain('Back'), value: 'h.back' }],
    },
  ],
};

function section(words: string) {
  return { type: 'rich_text_section', elements: [{ type: 'text', text: words }] };
}
