import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockProblems, viewProblems } from '../../src/practice/slack-side/blocks.ts';
import { createPractice } from '../../src/practice/practice.ts';
import type { Json } from '../../src/practice/wire.ts';
import { homeView, messageBlocks } from '../../src/slack/render-card.ts';
import { renderScreen, waitingView } from '../../src/slack/render-screen.ts';
import { openFormBlocks } from '../../src/slack/raise-button.ts';
import { card, everyField, firstScreen } from '../slack/bench.ts';
import { startSlackBot, type SlackBot } from './support/slack-bot.ts';
import { places, slackDirectory, slackUser } from './support/slack-directory.ts';
import { sitInSlack, type WatchingSlack } from './support/slack-watch.ts';
import { secrets, startSlackPractice, type RunningSlack } from './support/start-slack-practice.ts';

const priya = 'hillside.priya-nair';
let bot: SlackBot;
let running: RunningSlack;
let page: WatchingSlack;

beforeAll(async () => {
  bot = await startSlackBot(secrets.signingSecret);
  running = await startSlackPractice({ botUrl: bot.url });
  page = await sitInSlack(running.url, [priya]);
});
afterAll(async () => {
  page.stop();
  await running.stop();
  await bot.close();
});

const divider = { type: 'divider' };
const leads = places.leads;

test.each<[string, string, Json, string]>([
  ['a method that there is not', 'chat.scheduleMessage', {}, 'unknown_method'],
  ['nothing to say', 'chat.postMessage', { channel: leads }, 'no_text'],
  [
    'a channel that there is not',
    'chat.postMessage',
    { channel: 'C0', text: 'x' },
    'channel_not_found',
  ],
  [
    'a public channel that the bot is not in',
    'chat.postMessage',
    { channel: places.staffroom, text: 'x' },
    'not_in_channel',
  ],
  [
    'a block that Slack does not have',
    'chat.postMessage',
    { channel: leads, text: 'x', blocks: [{ type: 'dividers' }] },
    'invalid_blocks',
  ],
  [
    'a block with a key too many',
    'chat.postMessage',
    { channel: leads, text: 'x', blocks: [{ ...divider, colour: 'red' }] },
    'invalid_blocks',
  ],
  [
    'more blocks than a message takes',
    'chat.postMessage',
    { channel: leads, text: 'x', blocks: Array.from({ length: 51 }, () => divider) },
    'invalid_blocks',
  ],
  [
    'a message that never was',
    'chat.update',
    { channel: leads, ts: '1.2', text: 'x' },
    'message_not_found',
  ],
  [
    'a whisper to somebody who is not there',
    'chat.postEphemeral',
    { channel: leads, user: slackUser('amy-lowe'), text: 'x' },
    'user_not_in_channel',
  ],
  ['somebody whom Slack does not know', 'users.info', { user: 'U0NOBODY' }, 'user_not_found'],
  [
    'an address that nobody has',
    'users.lookupByEmail',
    { email: 'x@y.invalid' },
    'users_not_found',
  ],
  ['a chat with itself', 'conversations.open', { users: 'U0PRACTBOT' }, 'cannot_dm_bot'],
  [
    'what its scopes do not cover',
    'conversations.info',
    { channel: places.staffroom },
    'missing_scope',
  ],
  [
    'a trigger of its own making',
    'views.open',
    { trigger_id: '1.2.3', view: {} },
    'invalid_trigger_id',
  ],
  [
    'a home that is a modal',
    'views.publish',
    { user_id: slackUser('priya-nair'), view: { type: 'modal' } },
    'invalid_arguments',
  ],
])('the bot is refused %s', async (_what, method, args, error) => {
  expect(await running.call(method, args)).toMatchObject({ ok: false, error });
});

test('nothing is done without the token', async () => {
  expect(await running.call('auth.test', {}, 'xoxb-other')).toMatchObject({
    error: 'invalid_auth',
  });
});

test('a message is seen by those in the channel, and a phone shows its text and nothing else', async () => {
  const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'HS-7Q2K9-M4XTW' } }];
  const said = { channel: leads, text: 'New item &lt;HS&gt;', blocks };
  const { ts } = await running.call('chat.postMessage', said);
  const message = await page.until(() => page.messages(priya).find(({ id }) => id === ts));
  expect(message).toMatchObject({ push: 'New item <HS>', author: { type: 'bot' } });
  await running.call('chat.update', { ...said, ts, text: 'Claimed' });
  await page.until(() => page.messages(priya).find(({ edited }) => edited));
  expect(page.messages(priya).filter(({ id }) => id === ts)).toHaveLength(1);
});

test('updating a message from before a restart brings it back where it stood', async () => {
  const ts = '1700000000.000001';
  expect(
    await running.call('chat.update', { channel: leads, ts, text: 'Still here' }),
  ).toMatchObject({
    ok: true,
  });
  const message = await page.until(() => page.messages(priya).find(({ id }) => id === ts));
  expect(message.at).toBe('2023-11-14T22:13:20.000Z');
});

test('members come in pages', async () => {
  const first = await running.call('conversations.members', { channel: leads, limit: '1' });
  expect(first['members']).toEqual([slackUser('priya-nair')]);
  const { next_cursor: cursor } = first['response_metadata'] as { next_cursor: string };
  const rest = await running.call('conversations.members', { channel: leads, limit: '1', cursor });
  expect(rest).toMatchObject({ members: ['U0PRACTBOT'], response_metadata: { next_cursor: '' } });
});

test('guests are told apart', async () => {
  const { user } = await running.call('users.lookupByEmail', {
    email: 'hillside.guest@practice.invalid',
  });
  expect(user).toMatchObject({ is_restricted: true, team_id: 'T0HILLSIDE' });
});

test('a response URL is good for five answers', async () => {
  await running.ask('say', { person: priya, chat: leads, text: '/concern' });
  const { response_url: url } = bot.heard.at(-1)?.body as { response_url: string };
  const answers = await Promise.all(Array.from({ length: 6 }, () => answer(url, 'Later')));
  expect(answers.sort()).toEqual([200, 200, 200, 200, 200, 404]);
  const later = await page.until(() => page.messages(priya).find(({ text }) => text === 'Later'));
  expect(later.onlyForYou).toBe(true);
});

describe('what the bot draws is taken', () => {
  test.each([
    ['a screen with every kind of field', renderScreen(everyField())],
    ['the window that opens first', waitingView(firstScreen)],
    ['a home', homeView(card('Home', { elements: [{ type: 'heading', text: 'Cases' }] }))],
  ])('%s', (_what, view) => {
    expect(viewProblems(view)).toEqual([]);
  });

  test.each([true, false])('a card with every element, with a plan: %s', (plan) => {
    const blocks = messageBlocks(everything, { plan });
    expect(blockProblems(blocks)).toEqual([]);
    expect(blockProblems(openFormBlocks())).toEqual([]);
  });

  test('a plan is refused in a window', () => {
    const view = {
      ...renderScreen(firstScreen),
      blocks: messageBlocks(everything, { plan: true }),
    };
    expect(viewProblems(view).join()).toContain('type');
  });
});

test.each([
  ['names that are used twice', [input('a'), input('a')], 'block_id must be unique'],
  ['a field and no way to send it', [input('a')], 'submit'],
  [
    'a choice that is none of the options',
    [input('a', { initial_option: option('z') })],
    'exactly one',
  ],
  ['options without end', [input('a', { options: many(101) })], 'options'],
])('Slack refuses %s', (_what, blocks, why) => {
  const title = { type: 'plain_text', text: 'About it' };
  expect(viewProblems({ type: 'modal', title, blocks }).join()).toContain(why);
});

test('the stand-in talks to this machine only', () => {
  const here = 'http://127.0.0.1:3978';
  const options = {
    mode: 'practice' as const,
    botUrl: `${here}/api/messages`,
    connectorUrl: `${here}/practice/connector`,
    directory: slackDirectory,
    log: { info: () => undefined, warn: () => undefined },
  };
  const slack = { ...secrets, botUrl: `${here}/slack/events`, url: 'https://slack.com/practice' };
  expect(() => createPractice({ ...options, slack })).toThrow('https://slack.com');
});

const everything = card('Everything', {
  elements: [
    { type: 'heading', text: 'HS-7Q2K9-M4XTW' },
    { type: 'text', text: 'Plain', tone: 'plain' },
    { type: 'text', text: 'Quiet', tone: 'quiet' },
    { type: 'text', text: 'Danger', tone: 'danger' },
    { type: 'facts', facts: [{ label: 'Opened', value: '10:32' }] },
    { type: 'list', items: ['one', 'two'] },
    { type: 'never', items: ['look'] },
    { type: 'checklist', items: [{ title: 'Ring', state: 'now', note: 'before 15:15' }] },
    { type: 'divider' },
    {
      type: 'buttons',
      buttons: [{ label: 'Open', handle: 'h', opens: 'dialog', style: 'primary' }],
    },
  ],
});

function input(block_id: string, change: Json = {}): Json {
  const element = { type: 'static_select', action_id: 'value', options: many(2), ...change };
  return { type: 'input', block_id, label: { type: 'plain_text', text: 'Kind' }, element };
}

function many(count: number): Json[] {
  return Array.from({ length: count }, (_, n) => option(String(n)));
}

function option(value: string): Json {
  return { text: { type: 'plain_text', text: value }, value };
}

async function answer(url: string, text: string): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return response.status;
}
