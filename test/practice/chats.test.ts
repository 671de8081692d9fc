import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, watch } from './support/page-client.ts';
import { callConnector, cardActivity } from './support/echo-bot.ts';
import { textCard } from './support/cards.ts';
import { channels, objectId } from './support/directory.ts';
import { startPractice, type RunningPractice } from './support/start-practice.ts';

const amy = 'hillside.amy-lowe';
const priya = 'hillside.priya-nair';
const tom = 'hillside.tom-hale';
const amysChat = 'a:practice-hillside.amy-lowe';
let running: RunningPractice;

beforeEach(async () => {
  running = await startPractice();
});
afterEach(() => running.stop());

test('what somebody types reaches the bot as Teams would send it, and the answer comes back to them alone', async () => {
  const page = await watch(running.url, amy, priya);
  await say(amy, amysChat, 'hello');

  const answer = await page.until(() => page.messages(amy).find((m) => m.author.type === 'bot'));
  expect(answer.text).toBe('You said: hello');
  expect(page.messages(priya)).toEqual([]);
  expect(running.bot.arrived).toMatchObject([
    {
      type: 'message',
      channelId: 'msteams',
      serviceUrl: running.serviceUrl,
      text: 'hello',
      from: { name: 'Amy Lowe', aadObjectId: objectId(1) },
      conversation: {
        id: amysChat,
        conversationType: 'personal',
        tenantId: '11111111-0000-4000-8000-000000000001',
      },
      channelData: { tenant: { id: '11111111-0000-4000-8000-000000000001' } },
    },
  ]);
});

test('a post in a channel is seen by its members, and by the bot only when it is named', async () => {
  const page = await watch(running.url, priya, tom, amy);
  await say(priya, channels.dsl, 'Meeting at three');
  await say(priya, channels.dsl, '@Concern hello');

  await page.until(() => page.messages(tom).length >= 2);
  expect(page.messages(amy)).toEqual([]);
  const [heard] = await page.until(() => running.bot.arrived.length > 0 && running.bot.arrived);
  expect(heard).toMatchObject({
    text: '<at>Concern</at> hello',
    conversation: { conversationType: 'channel' },
  });
  expect(running.bot.arrived).toHaveLength(1);
});

test('nobody writes into a channel they cannot read', async () => {
  const { status } = await ask(running.url, 'say', {
    person: amy,
    chat: channels.dsl,
    thread: null,
    text: 'x',
  });
  expect(status).toBe(400);
});

test('a message that did not reach the bot says so', async () => {
  running.bot.failWith(500);
  const page = await watch(running.url, amy);
  await say(amy, amysChat, 'hello');
  const message = await page.until(() => page.messages(amy).find((m) => m.trouble !== null));
  expect(message.trouble).toBe('The bot answered with an error (500).');
});

test('messages and unread marks are there after a reload, until they are read', async () => {
  const sent = await callConnector(
    running.serviceUrl,
    'POST',
    `conversations/${amysChat}/activities`,
    cardActivity(textCard('Seen')),
  );
  expect(sent.status).toBe(201);

  const page = await watch(running.url, amy);
  const [snapshot] = await page.until(() => page.events.length > 0 && page.events);
  expect(snapshot).toMatchObject({ type: 'snapshot', messages: [{ push: 'Something needs you' }] });
  expect(unreadIn(snapshot)).toEqual([1, 0]);

  await ask(running.url, 'read', { person: amy, chat: amysChat });
  const again = await watch(running.url, amy);
  const [later] = await again.until(() => again.events.length > 0 && again.events);
  expect(unreadIn(later)).toEqual([0, 0]);
});

test('a locked phone shows the summary, and the words only where there is none', async () => {
  const page = await watch(running.url, amy);
  await post(amysChat, {
    ...cardActivity(textCard('x')),
    summary: 'New item HS-7Q2K9-M4XTW needs you',
  });
  await post(amysChat, { type: 'message', text: 'Some words' });
  await post(amysChat, { ...cardActivity(textCard('x')), summary: undefined });
  await page.until(() => page.messages(amy).length === 3);
  expect(page.messages(amy).map(({ push }) => push)).toEqual([
    'New item HS-7Q2K9-M4XTW needs you',
    'Some words',
    'Sent a card',
  ]);
});

test('a dropped picture is announced and never fetched; whoever fetches it is seen', async () => {
  const page = await watch(running.url, amy);
  await ask(running.url, 'drop', {
    person: amy,
    chat: amysChat,
    thread: null,
    name: 'photo.jpg',
    kind: 'picture',
  });
  await page.until(() => page.messages(amy).find((m) => m.text.startsWith('Stop.')));
  const [arrived] = running.bot.arrived;
  const contentUrl = arrived?.attachments?.[0]?.contentUrl ?? '';
  expect(arrived).toMatchObject({ type: 'message', attachments: [{ contentType: 'image/*' }] });
  expect(JSON.stringify(arrived)).not.toContain('photo.jpg');
  expect(running.practice.fetchedFiles()).toEqual([]);

  const fetched = await fetch(contentUrl);
  expect(fetched.status).toBe(410);
  expect(running.practice.fetchedFiles()).toHaveLength(1);
  await page.until(() => page.events.find((event) => event.type === 'fetched'));
});

test('the bot is told whom it is installed for: every person, and every team once', async () => {
  await running.practice.install();
  const told = running.bot.arrived.map(({ type, conversation }) => `${type} ${conversation.id}`);
  expect(told).toContain(`installationUpdate ${amysChat}`);
  expect(told).toContain(`conversationUpdate ${amysChat}`);
  expect(told.filter((line) => line === `conversationUpdate ${channels.dsl}`)).toHaveLength(1);
  expect(new Set(running.bot.arrived.map(({ from }) => from.name))).toContain('Robin Field');
});

function say(person: string, chat: string, text: string) {
  return ask(running.url, 'say', { person, chat, thread: null, text });
}

function post(chat: string, activity: Parameters<typeof callConnector>[3]) {
  return callConnector(running.serviceUrl, 'POST', `conversations/${chat}/activities`, activity);
}

function unreadIn(event: unknown): number[] {
  const { chats } = event as { chats: { unread: number }[] };
  return chats.map(({ unread }) => unread);
}
