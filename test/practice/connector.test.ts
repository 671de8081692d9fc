import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/practice/wire.ts';
import { textCard } from './support/cards.ts';
import { channels, objectId } from './support/directory.ts';
import { callConnector, cardActivity } from './support/echo-bot.ts';
import { watch } from './support/page-client.ts';
import { startPractice, type RunningPractice } from './support/start-practice.ts';

const priya = 'hillside.priya-nair';
const tom = 'hillside.tom-hale';
const priyasChat = 'a:practice-hillside.priya-nair';
let running: RunningPractice;

beforeEach(async () => {
  running = await startPractice();
});
afterEach(() => running.stop());

test.each([objectId(2), '29:practice-hillside.priya-nair'])(
  'a chat with a person is found by the id Teams takes: %s',
  async (id) => {
    const made = await call('POST', 'conversations', { isGroup: false, members: [{ id }] });
    expect(made).toEqual({ status: 201, body: { id: priyasChat } });
  },
);

test('a new post in a channel has a thread of its own, in which answers stand', async () => {
  const page = await watch(running.url, priya);
  const channelData = { channel: { id: channels.dsl } };
  const made = await call('POST', 'conversations', {
    isGroup: true,
    channelData,
    activity: cardActivity(textCard('New')),
  });
  const post = String(made.body['activityId']);
  expect(made.body['id']).toBe(`${channels.dsl};messageid=${post}`);

  const thread = encodeURIComponent(String(made.body['id']));
  await call('POST', `conversations/${thread}/activities`, { type: 'message', text: 'Answer' });
  const answer = await page.until(() => page.messages(priya).find(({ text }) => text === 'Answer'));
  expect(answer.thread).toBe(post);
});

test('an update changes the message where it stands, for everybody', async () => {
  const page = await watch(running.url, priya, tom);
  const { body } = await post(channels.dsl, cardActivity(textCard('Not claimed')));
  await call('PUT', `${at(channels.dsl)}/${String(body['id'])}`, cardActivity(textCard('Claimed')));
  for (const person of [priya, tom]) {
    const [message] = await page.until(() => edited(page.messages(person)));
    expect(message?.cards).toEqual([textCard('Claimed')]);
  }
  expect(page.messages(priya)).toHaveLength(1);
});

test('updating a message from before a restart brings it back', async () => {
  const page = await watch(running.url, priya);
  const update = await call(
    'PUT',
    `${at(priyasChat)}/1700000000000`,
    cardActivity(textCard('Still here')),
  );
  expect(update).toEqual({ status: 200, body: { id: '1700000000000' } });
  const [message] = await page.until(() => edited(page.messages(priya)));
  expect(message).toMatchObject({ id: '1700000000000', cards: [textCard('Still here')] });
});

test('a deleted message is gone', async () => {
  const page = await watch(running.url, priya);
  const { body } = await post(priyasChat, { type: 'message', text: 'Oops' });
  expect((await call('DELETE', `${at(priyasChat)}/${String(body['id'])}`)).status).toBe(200);
  await page.until(() => page.messages(priya).find(({ gone }) => gone));
});

test('a targeted message is seen by the one it names', async () => {
  const page = await watch(running.url, priya, tom);
  const activity = {
    type: 'message',
    text: 'For you',
    recipient: { id: objectId(2), isTargeted: true },
  };
  await call('POST', `${at(channels.dsl)}?isTargetedActivity=true`, activity);
  const message = await page.until(() => page.messages(priya)[0]);
  expect(message.onlyForYou).toBe(true);
  expect(page.messages(tom)).toEqual([]);
});

test('typing is shown and kept nowhere', async () => {
  const page = await watch(running.url, priya);
  await post(priyasChat, { type: 'typing' });
  await page.until(() => page.events.find(({ type }) => type === 'typing'));
  expect(page.messages(priya)).toEqual([]);
});

test.each<[string, string, string, Json, number, string]>([
  [
    'an unknown chat',
    'POST',
    'conversations/a:nobody/activities',
    { type: 'message' },
    404,
    'ConversationNotFound',
  ],
  [
    'an unknown person',
    'POST',
    'conversations',
    { members: [{ id: '29:nobody' }] },
    404,
    'MemberNotFound',
  ],
  ['no activity at all', 'POST', at(priyasChat), { text: 'no type' }, 400, 'BadSyntax'],
  [
    'more than 100 KB',
    'POST',
    at(priyasChat),
    { type: 'message', text: 'x'.repeat(52_000) },
    413,
    'MessageSizeTooBig',
  ],
  [
    'a targeted message to nobody',
    'POST',
    `${at(channels.dsl)}?isTargetedActivity=true`,
    { type: 'message' },
    400,
    'BadArgument',
  ],
])('%s is refused in Teams’ words', async (_what, method, path, body, status, code) => {
  const refused = await call(method, path, body);
  expect(refused).toMatchObject({ status, body: { error: { code } } });
});

test('members come whole and in pages, and guests are told apart', async () => {
  const whole = await call('GET', `conversations/${encodeURIComponent(channels.dsl)}/members`);
  expect(whole.body).toMatchObject([{ aadObjectId: objectId(2) }, { aadObjectId: objectId(3) }]);

  const first = await call(
    'GET',
    `conversations/${encodeURIComponent(channels.dsl)}/pagedmembers?pageSize=1`,
  );
  expect(first.body).toMatchObject({ members: [{ name: 'Priya Nair' }], continuationToken: '1' });
  const rest = await call(
    'GET',
    `conversations/${encodeURIComponent(channels.dsl)}/pagedmembers?pageSize=1&continuationToken=1`,
  );
  expect(rest.body).toEqual({ members: [expect.objectContaining({ name: 'Tom Hale' })] });

  const guest = await call(
    'GET',
    'conversations/a:practice-hillside.guest/members/29:practice-hillside.guest',
  );
  expect(guest.body).toMatchObject({ userRole: 'guest' });
  const elsewhere = await call(
    'GET',
    `conversations/${encodeURIComponent(channels.dsl)}/members/29:practice-hillside.guest`,
  );
  expect(elsewhere.status).toBe(404);
});

function call(method: string, path: string, body?: Json) {
  return callConnector(running.serviceUrl, method, path, body);
}

function post(chat: string, activity: Json) {
  return call('POST', at(chat), activity);
}

function at(chat: string): string {
  return `conversations/${encodeURIComponent(chat)}/activities`;
}

function edited<T extends { edited: boolean }>(messages: T[]): T[] | false {
  return messages.some((message) => message.edited) && messages;
}
