import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json, WireMessage } from '../../src/practice/wire.ts';
import { formCard, pointerCard, textCard } from './support/cards.ts';
import { channels } from './support/directory.ts';
import { callConnector, cardActivity } from './support/echo-bot.ts';
import { ask, watch, type Watching } from './support/page-client.ts';
import { startPractice, type RunningPractice } from './support/start-practice.ts';

const priya = 'hillside.priya-nair';
const tom = 'hillside.tom-hale';
const where = { person: priya, chat: channels.dsl };
let running: RunningPractice;
let page: Watching;
let pointer: WireMessage;

beforeEach(async () => {
  running = await startPractice();
  page = await watch(running.url, priya, tom);
  await callConnector(running.serviceUrl, 'POST', 'conversations', {
    channelData: { channel: { id: channels.dsl } },
    activity: cardActivity(pointerCard('Not claimed yet')),
  });
  pointer = await page.until(() => page.messages(priya)[0]);
});
afterEach(() => running.stop());

test('the answer to a press replaces the card for the one who pressed', async () => {
  expect(await press('yes')).toEqual({ type: 'done' });
  await shows(priya, textCard('You chose yes.'));
  await shows(tom, pointerCard('Not claimed yet'));
  expect(running.bot.arrived).toMatchObject([
    {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: pointer.id,
      conversation: { id: `${channels.dsl};messageid=${pointer.id}` },
      value: { action: { type: 'Action.Execute', verb: 'yes', data: { handle: 'h-yes' } } },
    },
  ]);
});

test('an update by the bot is seen by everybody, also by who has a card of their own', async () => {
  await press('yes');
  expect(await press('claim')).toEqual({ type: 'notice', text: 'Claimed.' });
  for (const person of [priya, tom]) {
    await shows(person, pointerCard('Claimed by P. Nair 10:36'));
  }
});

test('an error leaves the card as it is', async () => {
  expect(await press('fail')).toEqual({
    type: 'failed',
    text: 'Not saved. Please try again in a minute.',
  });
  running.bot.failWith(500);
  expect(await press('yes')).toEqual({
    type: 'failed',
    text: 'Something went wrong. Please try again.',
  });
  expect(page.messages(priya)[0]?.cards).toEqual(pointer.cards);
});

test('a message that is not there cannot be pressed', async () => {
  const action = { id: null, verb: 'yes', data: {} };
  const { body } = await ask(running.url, 'execute', { ...where, message: '1', action });
  expect(body).toEqual({ type: 'failed', text: 'This message is no longer here.' });
  expect(running.bot.arrived).toEqual([]);
});

test('a card’s button opens a dialog, which is sent until it closes', async () => {
  const origin = { type: 'card', message: pointer.id } as const;
  const opened = await ask(running.url, 'open', { ...where, origin, data: { opens: 'details' } });
  expect(opened.body).toEqual({ type: 'card', title: 'What happened', card: formCard() });
  const answers = [];
  for (const step of ['next', 'fail', 'close']) {
    const { body } = await ask(running.url, 'fill', {
      ...where,
      origin,
      data: { step, words: 'x' },
    });
    answers.push(body);
  }
  expect(answers).toEqual([
    { type: 'message', text: 'Saved at 10:32. Reference HS-7Q2K9-M4XTW.' },
    { type: 'failed', text: 'Something went wrong. Please try again.' },
    { type: 'closed' },
  ]);
  expect(running.bot.arrived.map(({ name }) => name)).toEqual([
    'task/fetch',
    'task/submit',
    'task/submit',
    'task/submit',
  ]);
});

test('the command opens its dialog and leaves no message', async () => {
  const before = page.messages(priya).length;
  const origin = { type: 'command' } as const;
  const opened = await ask(running.url, 'open', { ...where, origin, data: null });
  expect(opened.body).toMatchObject({ type: 'card', title: 'What happened' });
  await ask(running.url, 'fill', { ...where, origin, data: { step: 'close' } });
  expect(running.bot.arrived).toMatchObject([
    {
      name: 'composeExtension/fetchTask',
      value: { commandId: 'raise-concern', commandContext: 'compose' },
    },
    {
      name: 'composeExtension/submitAction',
      value: { commandId: 'raise-concern', data: { step: 'close' } },
    },
  ]);
  expect(page.messages(priya)).toHaveLength(before);
});

test('raising somebody’s message hands over its text and link, as Teams does', async () => {
  await ask(running.url, 'say', { ...where, thread: null, text: 'Worried <about> this' });
  const said = await page.until(() => page.messages(priya).find(({ text }) => text !== ''));
  const origin = { type: 'message', message: said.id } as const;
  await ask(running.url, 'open', { ...where, person: tom, origin, data: null });
  expect(running.bot.arrived).toMatchObject([
    {
      name: 'composeExtension/fetchTask',
      value: {
        commandContext: 'message',
        messagePayload: {
          id: said.id,
          body: { contentType: 'html', content: '<p>Worried &lt;about&gt; this</p>' },
          from: { user: { displayName: 'Priya Nair' } },
          attachments: [],
        },
      },
    },
  ]);
  const { messagePayload } = running.bot.arrived[0]?.value as {
    messagePayload: { linkToMessage: string };
  };
  expect(messagePayload.linkToMessage).toMatch(
    /^https:\/\/teams\.microsoft\.com\/l\/message\/19%3A/,
  );
});

test('a searching field asks the bot', async () => {
  const { body } = await ask(running.url, 'search', {
    ...where,
    dataset: 'staff',
    query: 'tom',
    data: {},
  });
  expect(body).toEqual({ results: [{ title: 'Tom Hale', value: 'p0' }] });
  expect(running.bot.arrived).toMatchObject([
    {
      name: 'application/search',
      value: { dataset: 'staff', queryText: 'tom', queryOptions: { top: 15 } },
    },
  ]);
});

test('Action.Submit goes as a message with data and no words', async () => {
  const { body } = await ask(running.url, 'submit', {
    ...where,
    message: pointer.id,
    data: { handle: 'h' },
  });
  expect(body).toEqual({ type: 'done' });
  expect(running.bot.arrived).toMatchObject([
    { type: 'message', value: { handle: 'h' }, replyToId: pointer.id },
  ]);
  expect(running.bot.arrived[0]?.text).toBeUndefined();
});

/** Waits until this person has this card before them. */
function shows(person: string, card: Json): Promise<true> {
  return page.until(() => isDeepStrictEqual(page.messages(person)[0]?.cards, [card]) && true);
}

async function press(verb: string): Promise<unknown> {
  const action = { id: null, verb, data: { handle: `h-${verb}` } };
  return (await ask(running.url, 'execute', { ...where, message: pointer.id, action })).body;
}
