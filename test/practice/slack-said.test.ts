import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEvent } from '../../src/slack/event-payload.ts';
import { readPayload } from '../../src/slack/payload.ts';
import type { SlackWorkspace } from '../../src/practice/slack-side/wire.ts';
import type { Json } from '../../src/practice/wire.ts';
import { startSlackBot, type Heard, type SlackBot } from './support/slack-bot.ts';
import { places, slackUser } from './support/slack-directory.ts';
import { sitInSlack, type WatchingSlack } from './support/slack-watch.ts';
import { secrets, startSlackPractice, type RunningSlack } from './support/start-slack-practice.ts';

const amy = 'hillside.amy-lowe';
const priya = 'hillside.priya-nair';
let bot: SlackBot;
let running: RunningSlack;
let page: WatchingSlack;
/** Amy's own chat with the app. */
let chat: string;

beforeEach(async () => {
  bot = await startSlackBot(secrets.signingSecret);
  running = await startSlackPractice({ botUrl: bot.url });
  page = await sitInSlack(running.url, [amy, priya]);
  chat = await directChat('amy-lowe');
  await page.until(() => bot.heard.length === 2);
  bot.heard.length = 0;
});
afterEach(async () => {
  page.stop();
  await running.stop();
  await bot.close();
});

describe('what is typed', () => {
  test('the command reaches the bot as Slack sends it, and stands in no chat', async () => {
    await say('/concern in the hall & <b>');
    const [command] = bot.heard;
    expect(command).toMatchObject({ said: 'command', signed: true });
    expect(command?.body).toMatchObject({
      command: '/concern',
      text: 'in the hall & <b>',
      team_id: 'T0HILLSIDE',
      user_id: slackUser('amy-lowe'),
      channel_id: chat,
      channel_name: 'directmessage',
    });
    expect(page.messages(amy)).toEqual([]);
  });

  test('a message to the app is escaped and comes as one block of rich text', async () => {
    await say('I saw <b> & more');
    const [event] = await heardEvents();
    expect(event).toMatchObject({
      type: 'message',
      channel: chat,
      channel_type: 'im',
      user: slackUser('amy-lowe'),
      text: 'I saw &lt;b&gt; &amp; more',
      blocks: [{ type: 'rich_text' }],
    });
    expect(page.messages(amy)).toMatchObject([{ text: 'I saw <b> & more', push: null }]);
  });

  test('what is said in a channel is the channel’s: the bot hears nothing', async () => {
    await running.ask('say', { person: amy, chat: places.staffroom, text: 'Tea?' });
    await page.until(() => page.messages(priya).length === 1);
    expect(page.unread(priya, places.staffroom)).toBe(1);
    expect(bot.heard).toEqual([]);
  });

  test('a private channel is closed to whoever is not in it', async () => {
    const body = { person: amy, chat: places.leads, text: 'Hello?' };
    await expect(running.ask('say', body)).rejects.toThrow('400');
    await running.ask('say', { ...body, person: priya });
    await page.until(() => page.messages(priya).length === 1);
    expect(page.messages(amy)).toEqual([]);
  });

  test('a command that nobody has is Slackbot’s to answer', async () => {
    await say('/concerns');
    const [message] = await page.until(() => some(page.messages(amy)));
    expect(message).toMatchObject({ author: { name: 'Slackbot' }, onlyForYou: true, push: null });
    expect(bot.heard).toEqual([]);
  });

  test('what the bot answers a command with at once is for one person’s eyes', async () => {
    bot.answerWith(() => ({ body: { response_type: 'ephemeral', text: 'Please run it again.' } }));
    await running.ask('say', { person: amy, chat: places.staffroom, text: '/concern' });
    const [message] = await page.until(() => some(page.messages(amy)));
    expect(message).toMatchObject({ text: 'Please run it again.', onlyForYou: true });
    expect(page.messages(priya)).toEqual([]);
  });

  test.each([
    ['that takes longer than three seconds', { afterMs: 3200 }, 'operation_timeout'],
    ['that fails', { status: 500 }, 'dispatch_failed'],
  ])('an answer %s is an error that only the person sees', async (_what, reply, code) => {
    bot.answerWith(() => reply);
    await say('/concern');
    const [message] = await page.until(() => some(page.messages(amy)));
    expect(message?.text).toContain(code);
    expect(message?.onlyForYou).toBe(true);
  });

  test('a file is told by its name and an address, at which nothing lies', async () => {
    await running.ask('drop', { person: amy, chat, name: 'photo.png', kind: 'picture' });
    const [event] = await heardEvents();
    expect(event).toMatchObject({ subtype: 'file_share', files: [{ name: 'photo.png' }] });
    expect(running.practice.fetchedFiles()).toEqual([]);
    const [file] = event?.['files'] as { url_private: string }[];
    expect((await fetch(file?.url_private ?? '')).status).toBe(410);
    expect(running.practice.fetchedFiles()).toHaveLength(1);
  });

  test('an event is sent once more when it did not get through, and then marked as lost', async () => {
    bot.answerWith(() => ({ status: 500 }));
    await say('Hello');
    const lost = await page.until(() => page.messages(amy).find(({ trouble }) => trouble));
    expect(lost.trouble).toContain('500');
    expect(bot.heard.map(({ retry }) => retry)).toEqual([null, { num: '1', reason: 'http_error' }]);
    expect(new Set(bot.heard.map(({ body }) => body['event_id'])).size).toBe(1);
  });
});

describe('what is pressed', () => {
  test('the two shortcuts name what the manifest names', async () => {
    await running.ask('shortcut', { person: amy });
    await running.ask('say', { person: priya, chat: places.staffroom, text: 'Look at this' });
    const [message] = await page.until(() => some(page.messages(amy)));
    const asked = { person: amy, chat: places.staffroom, message: message?.id ?? '' };
    expect(await running.ask('raise', asked)).toEqual({ type: 'done' });
    expect(bot.heard.map(({ body }) => body)).toMatchObject([
      { type: 'shortcut', callback_id: 'raise_concern' },
      {
        type: 'message_action',
        callback_id: 'raise_from_message',
        team: { id: 'T0HILLSIDE', domain: 'hillside-practice' },
        channel: { id: places.staffroom },
        message: { ts: message?.id, user: slackUser('priya-nair'), text: 'Look at this' },
      },
    ]);
  });

  test('a button in a message carries its value, its place and a trigger', async () => {
    const ts = await posted([buttons('claim', 'h.claim')]);
    const block = blockOf(page.messages(amy), ts);
    const at = { type: 'message', chat, message: ts } as const;
    const press = { person: amy, at, block, action: 'claim', chosen: null, values: {} };
    expect(await running.ask('press', press)).toEqual({ type: 'done' });
    expect(bot.heard[0]?.body).toMatchObject({
      type: 'block_actions',
      container: { type: 'message', channel_id: chat, message_ts: ts, is_ephemeral: false },
      actions: [{ type: 'button', action_id: 'claim', block_id: block, value: 'h.claim' }],
    });
    const trigger_id = bot.heard[0]?.body['trigger_id'];
    expect(await running.call('views.open', { trigger_id, view: reading })).toMatchObject({
      ok: true,
    });
  });

  test('nobody presses what is not there, or not theirs', async () => {
    const ts = await posted([buttons('claim', 'h.claim')]);
    const block = blockOf(page.messages(amy), ts);
    const at = { type: 'message', chat, message: ts } as const;
    const press = { person: amy, at, block, action: 'other', chosen: null, values: {} };
    expect(await running.ask('press', press)).toMatchObject({ type: 'failed' });
    const hers = { ...press, person: priya, action: 'claim' };
    expect(await running.ask('press', hers)).toMatchObject({ type: 'failed' });
    expect(bot.heard).toEqual([]);
  });

  test('a press that the bot does not answer is said to have done nothing', async () => {
    const ts = await posted([buttons('claim', 'h.claim')]);
    bot.answerWith(() => ({ status: 500 }));
    const block = blockOf(page.messages(amy), ts);
    const at = { type: 'message', chat, message: ts } as const;
    const press = { person: amy, at, block, action: 'claim', chosen: null, values: {} };
    expect(await running.ask('press', press)).toMatchObject({ type: 'failed' });
  });

  test('the home is asked for when it is opened', async () => {
    await running.ask('opened', { person: amy, tab: 'home' });
    const [event] = await heardEvents();
    expect(event).toMatchObject({ type: 'app_home_opened', tab: 'home', channel: chat });
  });
});

describe('where people sit', () => {
  test('whoever moves to Teams has no Slack account that works, and the bot is told', async () => {
    const elsewhere = await sitInSlack(running.url, [priya], [amy]);
    const [event] = await heardEvents();
    expect(event).toMatchObject({
      type: 'user_change',
      user: { id: slackUser('amy-lowe'), deleted: true },
    });
    const users = slackUser('amy-lowe');
    expect(await running.call('conversations.open', { users })).toMatchObject({
      error: 'user_disabled',
    });
    const lost = { channel: chat, text: 'Hello', blocks: [] };
    expect(await running.call('chat.postMessage', lost)).toMatchObject({
      error: 'channel_not_found',
    });
    elsewhere.stop();
  });

  test('only leads who sit in Slack are in their channel there', async () => {
    const members = async () =>
      (await running.call('conversations.members', { channel: places.leads }))['members'];
    expect(await members()).toEqual([slackUser('priya-nair'), 'U0PRACTBOT']);
    const elsewhere = await sitInSlack(running.url, ['hillside.tom-hale'], [priya]);
    expect(await members()).toEqual([slackUser('tom-hale'), 'U0PRACTBOT']);
    elsewhere.stop();
  });

  test('the page is told who can sit where, and which school is on Slack', async () => {
    const response = await fetch(`${running.url}/practice/api/directory`);
    const known = (await response.json()) as {
      slack: Json;
      schools: { people: { platforms: string[] }[] }[];
    };
    expect(known.slack).toMatchObject({ school: 'Hillside', command: { name: '/concern' } });
    expect(known.schools.map(({ people }) => people[0]?.platforms)).toEqual([
      ['teams', 'slack'],
      ['teams'],
    ]);
  });
});

test('the command and the shortcuts are those of the app’s manifest', async () => {
  const response = await fetch(`${running.url}/practice/api/directory`);
  const { slack } = (await response.json()) as { slack: SlackWorkspace };
  const manifest = JSON.parse(
    readFileSync(new URL('../../manifests/slack.json', import.meta.url), 'utf8'),
  ) as Manifest;
  const { slash_commands: commands, shortcuts } = manifest.features;
  expect(commands).toMatchObject([
    {
      command: slack.command.name,
      description: slack.command.description,
      usage_hint: slack.command.hint,
    },
  ]);
  expect(shortcuts).toMatchObject([
    {
      type: 'global',
      callback_id: slack.globalShortcut.callbackId,
      name: slack.globalShortcut.name,
    },
    {
      type: 'message',
      callback_id: slack.messageShortcut.callbackId,
      name: slack.messageShortcut.name,
    },
  ]);
});

type Manifest = { features: { slash_commands: Json[]; shortcuts: Json[] } };

test('everything is in a shape that the bot’s own reading takes, and signed', async () => {
  const ts = await posted([buttons('claim', 'h.claim')]);
  const block = blockOf(page.messages(amy), ts);
  const at = { type: 'message', chat, message: ts } as const;
  await say('/concern');
  await running.ask('shortcut', { person: amy });
  await running.ask('raise', { person: amy, chat, message: ts });
  await running.ask('press', { person: amy, at, block, action: 'claim', chosen: null, values: {} });
  await say('Hello');
  await running.ask('drop', { person: amy, chat, name: 'a.pdf', kind: 'file' });
  await running.ask('opened', { person: amy, tab: 'home' });
  await page.until(() => bot.heard.length === 7);
  for (const heard of bot.heard) {
    expect(heard.signed).toBe(true);
    expect(readPayload(heard.body)).not.toBeNull();
    if (heard.said === 'event') expect(readEvent(heard.body['event'])).not.toBeNull();
  }
});

function say(text: string) {
  return running.ask('say', { person: amy, chat, text });
}

async function directChat(id: string): Promise<string> {
  const { channel } = await running.call('conversations.open', { users: slackUser(id) });
  return String((channel as Json)['id']);
}

async function posted(blocks: Json[]): Promise<string> {
  const answer = await running.call('chat.postMessage', { channel: chat, text: 'New', blocks });
  await page.until(() => page.messages(amy).some(({ id }) => id === answer['ts']));
  return String(answer['ts']);
}

async function heardEvents(): Promise<Json[]> {
  const isEvent = ({ said }: Heard) => said === 'event';
  await page.until(() => bot.heard.some(isEvent));
  return bot.heard.filter(isEvent).map(({ body }) => body['event'] as Json);
}

function blockOf(messages: { id: string; blocks: Json[] }[], ts: string): string {
  return String(messages.find(({ id }) => id === ts)?.blocks[0]?.['block_id']);
}

function buttons(action_id: string, value: string): Json {
  const text = { type: 'plain_text', text: 'Claim' };
  return { type: 'actions', elements: [{ type: 'button', action_id, text, value }] };
}

const reading = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Safeguarding' },
  blocks: [{ type: 'divider' }],
};

function some<T>(list: T[]): T[] | false {
  return list.length > 0 && list;
}
