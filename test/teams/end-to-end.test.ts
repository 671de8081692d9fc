import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../src/chat/elements.ts';
import type { Reply } from '../../src/chat/interaction.ts';
import { sentences } from '../../src/teams/sentences.ts';
import { personalChat, type Person } from '../support/fake-teams-world.ts';
import { startFakeTeams, type FakeTeams } from '../support/fake-teams.ts';
import { startBot, type Bot } from './start-bot.ts';
import { details, firstScreen, receipt, stubConversation } from './stub-conversation.ts';

let fake: FakeTeams;
let bot: Bot;

const printed = [
  vi.spyOn(process.stdout, 'write').mockName('stdout'),
  ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name)),
];

beforeAll(async () => {
  fake = await startFakeTeams();
  bot = await startBot(fake, { answerWithinMs: 1500 });
});
afterAll(async () => {
  await bot.stop();
  await fake.stop();
});

let count = 0;
const newPerson = () => fake.addPerson(`Amy Lowe ${String(++count)}`);
const newcomer = () => fake.person(newPerson().name);

beforeEach(() => {
  bot.replies(stubConversation);
  bot.logged.length = 0;
  bot.heard.length = 0;
  return () => {
    expect(fake.violations()).toEqual([]);
  };
});

const cardWith = (text: string, label: string, opens: 'inline' | 'dialog' = 'inline'): Card => ({
  kind: 'test',
  summary: text,
  elements: [
    { type: 'text', text, tone: 'plain' },
    { type: 'buttons', buttons: [{ label, handle: `h:${label}`, opens, style: 'plain' }] },
  ],
});

/** Puts a card into the person's chat. */
async function give(person: { user: string; tenant: string }, card: Card) {
  const target = { type: 'person' as const, ...person, address: null };
  return bot.messenger.send(target, card);
}

/** Opens the chat anew: what a press was answered with is gone, what the message holds is there. */
function forgetViews(person: Person) {
  for (const message of personalChat(fake.world, person).messages) message.views.clear();
}

describe('in dialogs', () => {
  it('leads from the command box to the receipt without a message in any chat', async () => {
    const amy = newcomer();
    await amy.raises();
    expect(amy.screen()).toMatchObject({ title: 'Raise a concern' });
    amy.fill({ 'Who is it about?': ['A child here', 'An adult who works here'] });
    await amy.submit();
    expect(bot.heard.at(-1)).toMatchObject({
      type: 'submitted',
      handle: 'form:1',
      place: 'dialog',
      surface: 'screen',
      values: { about: ['child-here', 'adult-here'] },
    });
    amy.fill({ said: 'words' });
    await amy.submit();
    expect(amy.screen()?.text).toContain('Saved at 10:32');
    expect(amy.chat()).toEqual([]);
  });

  it('keeps everything typed when there is a problem, and says what is wrong beside the field', async () => {
    const amy = newcomer();
    await amy.raises();
    await amy.submit().catch(() => amy.fill({ about: 'A child here' }));
    await amy.submit();
    expect(await amy.search('Who?', 'Coll')).toHaveLength(15);
    amy.fill({ 'Who?': 'Colleague 41' });
    await amy.submit();
    expect(amy.screen()).toMatchObject({ title: 'What happened?' });
    expect(amy.screen()?.text).toContain('Please say what happened.');
    expect(amy.screen()?.fields.map(({ value }) => value)).toEqual([null, 'Colleague 41']);
    amy.fill({ said: 'now' });
    await amy.submit();
    expect(amy.screen()?.text).toContain('Saved');
  });

  it('carries what was typed when another button than the main one is pressed', async () => {
    const amy = newcomer();
    await amy.raises();
    amy.fill({ about: 'A child here' });
    await amy.submit();
    amy.fill({ said: 'half a sentence' });
    await amy.press('Back');
    expect(bot.heard.at(-1)).toMatchObject({
      type: 'pressed',
      values: { said: 'half a sentence' },
    });
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
  });

  it('opens a private screen from a card, and keeps nothing of it in the chat', async () => {
    const { name, aad, tenant } = newPerson();
    const priya = fake.person(name);
    await give({ user: aad, tenant }, cardWith('A pointer', 'Details', 'dialog'));
    await priya.press('Details');
    expect(bot.heard.at(-1)).toMatchObject({
      type: 'pressed',
      surface: 'message',
      place: 'dialog',
    });
    expect(priya.screen()?.text).toContain('the words');
    expect(priya.chat().map(({ text }) => text)).toEqual(['A pointer']);
  });

  it('keeps only the link of a message that a concern is raised from', async () => {
    const joe = newcomer();
    const link = 'https://teams.microsoft.com/l/message/19:x@thread.tacv2/1?tenantId=t';
    await joe.raisesFrom(link);
    expect(bot.heard.at(-1)).toMatchObject({ type: 'asked-to-raise', messageLink: link });
    expect(JSON.stringify(bot.heard)).not.toContain('somebody else');
  });

  it('shows a replaced card with its notice', async () => {
    const { name, aad, tenant } = newPerson();
    await give({ user: aad, tenant }, cardWith('Old', 'Open', 'dialog'));
    bot.replies({ type: 'replace', card: cardWith('New', 'Go on'), notice: 'Nothing changed.' });
    const tom = fake.person(name);
    await tom.press('Open');
    expect(tom.screen()).toMatchObject({ text: 'Nothing changed.\nNew', buttons: ['Go on'] });
    await tom.press('Go on');
    expect(bot.heard.at(-1)).toMatchObject({
      type: 'pressed',
      handle: 'h:Go on',
      surface: 'screen',
    });
  });

  it('closes on silence, and puts a sentence over the form that it leaves as it was', async () => {
    const amy = newcomer();
    await amy.raises();
    amy.fill({ about: 'A child here' });
    bot.replies({ type: 'notice', text: 'One thing at a time.' });
    await amy.submit();
    expect(amy.screen()?.text).toContain('One thing at a time.');
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
    bot.replies({ type: 'nothing' });
    await amy.submit();
    expect(amy.screen()).toBeNull();
  });
});

describe('in the direct chat', () => {
  it('leads from a typed command to the receipt on one card', async () => {
    const amy = newcomer();
    await amy.says('/concern');
    amy.fill({ about: 'A child here' });
    await amy.submit();
    expect(bot.heard.at(-1)).toMatchObject({ surface: 'message', place: 'direct' });
    amy.fill({ said: 'words' });
    await amy.submit();
    expect(amy.screen()).toBeNull();
    expect(amy.chat()).toHaveLength(2);
    expect(amy.chat()[1]?.text).toContain('Saved at 10:32');
  });

  it('redraws the card for good, so that it is the same when the chat is opened again', async () => {
    const person = newPerson();
    const amy = fake.person(person.name);
    await amy.says('/concern');
    amy.fill({ about: 'A child here' });
    await amy.submit();
    forgetViews(person);
    expect(amy.screen()?.title).toContain('What happened?');
  });

  it('leaves the form untouched when there is a problem, and says so twice over', async () => {
    const amy = newcomer();
    await amy.says('/concern');
    amy.fill({ about: 'A child here' });
    await amy.submit();
    amy.fill({ 'Who?': (await amy.search('Who?', 'C'))[0] as string });
    await amy.submit();
    const words = 'Not sent yet. Please say what happened.';
    expect(amy.notices()).toEqual([words]);
    await amy.until(() => amy.chat().some(({ text }) => text === words));
    expect(amy.screen()?.fields[1]?.value).toBe('Colleague 40');
  });

  it('asks for a form that has answers in it again in a dialog, which is not kept', async () => {
    const amy = newcomer();
    await amy.says('/concern');
    amy.fill({ about: 'A child here' });
    await amy.submit();
    await amy.press('Back');
    expect(amy.chat()[1]).toMatchObject({ buttons: ['Open'] });
    await amy.press('Open');
    expect(bot.heard.at(-1)).toMatchObject({ type: 'pressed', handle: 'back', place: 'dialog' });
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
  });

  it('never puts what somebody wrote into the chat, whatever the conversation asks for', async () => {
    const amy = newcomer();
    bot.replies({ type: 'screen', screen: details });
    await amy.says('/concern mine');
    expect(amy.chat()[1]).toMatchObject({ text: 'HS-7Q2K9-M4XTW', buttons: ['Open'] });
    await amy.press('Open');
    expect(bot.heard.at(-1)).toMatchObject({
      type: 'said',
      text: '/concern mine',
      place: 'dialog',
    });
    expect(amy.screen()?.text).toContain('the words');
    const kept = fake.recordings().filter(({ kind }) => kind === 'chat');
    expect(JSON.stringify(kept)).not.toContain('the words');
  });

  it('answers a message with a card or a sentence', async () => {
    const amy = newcomer();
    await amy.says('hello');
    expect(amy.chat()[1]?.text).toBe('Not saved. Type /concern to raise a concern.');
    bot.replies({ type: 'message', card: receipt });
    await amy.says('hello');
    expect(amy.chat().at(-1)).toMatchObject({ notification: receipt.summary });
  });

  it('hears that a picture came, and never fetches it', async () => {
    const joe = newcomer();
    await joe.sendsPicture();
    expect(bot.heard.at(-1)).toMatchObject({ type: 'said', carries: 'picture-or-file' });
  });

  it('shows a notice beside the card, and a changed card with a passing remark', async () => {
    const person = newPerson();
    const tom = fake.person(person.name);
    await give({ user: person.aad, tenant: person.tenant }, cardWith('Old', 'Claim'));
    bot.replies({ type: 'notice', text: 'There is nothing here for you.' });
    await tom.press('Claim');
    expect(tom.notices()).toEqual(['There is nothing here for you.']);
    bot.replies({ type: 'replace', card: cardWith('New', 'Open'), notice: 'Answered by T. Hale.' });
    await tom.press('Claim');
    expect(bot.heard.at(-1)).toMatchObject({ surface: 'message', handle: 'h:Claim' });
    expect(tom.chat()[0]?.text).toBe('Answered by T. Hale.\nNew');
    forgetViews(person);
    expect(tom.chat()[0]?.text).toBe('New');
  });

  it('leaves a card where it is when a press on it asks for a screen', async () => {
    const { name, aad, tenant } = newPerson();
    const tom = fake.person(name);
    await give({ user: aad, tenant }, cardWith('A pointer', 'Note'));
    bot.replies({ type: 'screen', screen: firstScreen });
    await tom.press('Note');
    await tom.until(() => tom.screen() !== null);
    expect(tom.chat()[0]?.text).toBe('A pointer');
  });

  it('answers silence with a word, since Teams would ask again', async () => {
    const { name, aad, tenant } = newPerson();
    await give({ user: aad, tenant }, cardWith('Old', 'Claim'));
    bot.replies({ type: 'nothing' });
    await fake.person(name).press('Claim');
    expect(fake.person(name).notices()).toEqual([sentences.done]);
  });
});

describe('in a channel', () => {
  const team = () => {
    const [priya, tom] = [newPerson(), newPerson()];
    const { name } = fake.addTeam(`leads ${String(count)}`, [priya, tom]);
    return { priya: fake.person(priya.name), tom: fake.person(tom.name), channel: name };
  };
  const post = (channel: string, card: Card) => {
    const id = fake.world.chats.find(({ name }) => name === channel)?.id ?? '';
    const { tenantId } = fake.settings.credentials;
    return bot.messenger.send(
      { type: 'channel', tenant: tenantId, channel: id, address: null },
      card,
    );
  };

  it('changes a pressed card for the person who pressed alone; all see what is updated', async () => {
    const { priya, tom, channel } = team();
    const sent = await post(channel, cardWith('Unclaimed', 'Claim'));
    bot.replies({ type: 'replace', card: cardWith('Claimed', 'Open'), notice: null });
    await priya.press('Claim', { channel });
    expect(bot.heard.at(-1)).toMatchObject({ place: 'channel' });
    expect(priya.channel(channel)[0]?.text).toBe('Claimed');
    expect(tom.channel(channel)[0]?.text).toBe('Unclaimed');
    if (sent.type !== 'sent') throw new Error('not sent');
    await bot.messenger.update(sent.message, cardWith('Claimed by P. Nair', 'Open'));
    expect(tom.channel(channel)[0]?.text).toBe('Claimed by P. Nair');
    expect(priya.channel(channel)[0]?.text).toBe('Claimed by P. Nair');
  });

  it('answers what was said there in the own chat of the person who said it', async () => {
    const { tom, channel } = team();
    await tom.saysIn(channel, '/concern about Kai');
    expect(bot.heard.at(-1)).toMatchObject({
      type: 'said',
      text: '/concern about Kai',
      place: 'channel',
    });
    expect(tom.channel(channel)).toHaveLength(1);
    expect(tom.screen()?.title).toContain('Raise a concern');
  });

  it('opens a form asked for there in the own chat', async () => {
    const { priya, channel } = team();
    await post(channel, cardWith('Pointer', 'Add'));
    bot.replies({ type: 'screen', screen: firstScreen });
    await priya.press('Add', { channel });
    expect(priya.notices()).toEqual([sentences.sentToChat]);
    await priya.until(() => priya.screen() !== null);
    expect(priya.channel(channel)[0]?.text).toBe('Pointer');
  });
});

describe('when something goes wrong', () => {
  it('says that it is not known whether it was saved, keeps the form, and logs no word of it', async () => {
    const amy = newcomer();
    await amy.raises();
    amy.fill({ about: 'A child here' });
    bot.replies(() => Promise.reject(new TypeError('canary')));
    await amy.submit();
    expect(amy.screen()?.text).toContain(sentences.failed);
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
    await amy.says('canary');
    expect(amy.chat().at(-1)?.text).toBe(sentences.failed);
    expect(bot.logged).toContainEqual({
      event: 'teams-fault',
      fields: { interaction: 'submitted', error: 'TypeError' },
    });
    expect(JSON.stringify(bot.logged)).not.toContain('canary');
  });

  it('answers before Teams gives up, and brings the receipt when it comes', async () => {
    const amy = newcomer();
    await amy.raises();
    amy.fill({ about: 'A child here' });
    const reply = Promise.withResolvers<Reply>();
    bot.replies(() => reply.promise);
    await amy.submit();
    expect(amy.screen()?.text).toContain(sentences.slow);
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
    reply.resolve({ type: 'finished', card: receipt });
    await amy.until(() => amy.chat().some(({ text }) => text.includes('Saved at 10:32')));
  });

  it('takes a message in time, and answers it when it can', async () => {
    const amy = newcomer();
    const reply = Promise.withResolvers<Reply>();
    bot.replies(() => reply.promise);
    await amy.says('/concern');
    reply.resolve({ type: 'message', card: receipt });
    await amy.until(() => amy.chat().some(({ text }) => text.includes('Saved at 10:32')));
  });

  it('leaves an inline form as it is while it is not known, and brings the receipt after', async () => {
    const amy = newcomer();
    await amy.says('/concern');
    amy.fill({ about: 'A child here' });
    const reply = Promise.withResolvers<Reply>();
    bot.replies(() => reply.promise);
    await amy.submit();
    expect(amy.notices()).toEqual([sentences.slow]);
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
    reply.resolve({ type: 'finished', card: receipt });
    await amy.until(() => amy.chat().some(({ text }) => text.includes('Saved at 10:32')));
  });

  it('refuses what none of its buttons carries, and what it does not offer', async () => {
    const person = newPerson();
    const chat = personalChat(fake.world, person);
    const execute = {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'x', data: {} } },
    };
    expect(await fake.deliver(person, chat, execute)).toMatchObject({
      status: 200,
      body: { statusCode: 400 },
    });
    const submit = { type: 'invoke', name: 'task/submit', value: { data: { handle: 'h' } } };
    expect((await fake.deliver(person, chat, submit)).status).toBe(400);
    expect((await fake.deliver(person, chat, { type: 'message', value: { a: 1 } })).status).toBe(
      200,
    );
    expect(
      (await fake.deliver(person, chat, { type: 'invoke', name: 'signin/verifyState' })).status,
    ).toBe(501);
    expect((await fake.deliver(person, chat, { type: 'messageUpdate', text: 'x' })).status).toBe(
      200,
    );
    expect(bot.heard).toEqual([]);
    expect(bot.logged.map(({ event }) => event)).toEqual([
      'teams-unreadable',
      'teams-unreadable',
      'teams-unreadable',
      'teams-unknown-invoke',
    ]);
  });

  it('gives the same answer to the same submission that Teams sends again', async () => {
    const amy = newcomer();
    await amy.raises();
    amy.fill({ about: 'A child here' });
    fake.deliverNext(5);
    await amy.submit();
    expect(bot.heard.filter(({ type }) => type === 'submitted')).toHaveLength(5);
    expect(amy.screen()?.title).toBe('What happened?');
  });

  it('keeps a long form that could not be sent again by an error, which leaves the dialog standing', async () => {
    const amy = newcomer();
    const noise = () =>
      Array.from({ length: 80 }, () => Math.random().toString(36).slice(2)).join('');
    const elements = Array.from({ length: 40 }, () => ({
      type: 'text' as const,
      tone: 'plain' as const,
      text: noise().slice(0, 850),
    }));
    bot.replies({ type: 'screen', screen: { ...firstScreen, elements } });
    await amy.raises();
    amy.fill({ about: 'A child here' });
    bot.replies({ type: 'problem', message: 'No.', fields: {} });
    await amy.submit();
    expect(amy.notices()).toHaveLength(1);
    expect(amy.screen()?.fields[0]?.value).toEqual(['A child here']);
  });

  it('tells nothing of a person it cannot write to but the reason', async () => {
    const { name, aad, tenant } = newPerson();
    await give({ user: aad, tenant }, cardWith('Old', 'Claim'));
    fake.faults.connector.next({ type: 'status', status: 403, code: 'MessageWritesBlocked' });
    bot.replies({ type: 'message', card: receipt });
    await fake.person(name).press('Claim');
    await fake
      .person(name)
      .until(() => bot.logged.some(({ event }) => event === 'teams-not-shown'));
    expect(bot.logged).toContainEqual({
      event: 'teams-not-shown',
      fields: { what: 'post', why: 'blocked' },
    });
  });
});

describe('strangers', () => {
  it('tells another organisation that it is not set up, on whatever way it came', async () => {
    const stranger = fake.addPerson('Someone Else', {
      tenant: '7f0c1b52-5a35-4c6b-9f52-9f0d2f6f0002',
    });
    const them = fake.person(stranger.name);
    await them.raises();
    expect(them.screen()?.text).toBe(sentences.notSetUp);
    them.close();
    await them.says('/concern');
    expect(them.chat()).toHaveLength(1);
    expect(bot.heard).toEqual([]);
  });

  it('passes a guest on as a guest', async () => {
    const guest = fake.addPerson('A Visitor', {
      role: 'guest',
      upn: 'v_else.example#EXT#@school.example',
    });
    await fake.person(guest.name).says('/concern');
    expect(bot.heard.at(-1)?.from).toMatchObject({ account: 'guest', user: guest.aad });
  });
});

describe('installing', () => {
  it('gives an address by which the person can be written to', async () => {
    const person = newPerson();
    await fake.install(person);
    const [interaction] = bot.heard;
    if (interaction?.type !== 'became-reachable') throw new Error('not heard');
    const { address } = interaction;
    expect(address).toMatchObject({ serviceUrl: fake.settings.serviceUrl, tenant: person.tenant });
    const before = fake.calls.connector.length;
    await bot.messenger.send(
      { type: 'person', tenant: person.tenant, user: person.aad, address },
      receipt,
    );
    expect(fake.calls.connector.slice(before)).toHaveLength(1);
  });
});

describe('whatever happens', () => {
  it('prints nothing by itself or by its SDK', () => {
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});
