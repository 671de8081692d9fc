import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sent, Target } from '../../src/chat/interaction.ts';
import type { Fault } from '../support/fake-teams-faults.ts';
import type { Person } from '../support/fake-teams-world.ts';
import { startFakeTeams, type FakeTeams } from '../support/fake-teams.ts';
import { startBot, type Bot } from './start-bot.ts';
import { receipt } from './stub-conversation.ts';

let fake: FakeTeams;
let bot: Bot;
beforeAll(async () => {
  fake = await startFakeTeams();
  bot = await startBot(fake, { callTimeoutMs: 300 });
});
afterAll(async () => {
  await bot.stop();
  await fake.stop();
});
afterEach(() => {
  for (const faults of Object.values(fake.faults)) faults.clear();
  expect(fake.violations()).toEqual([]);
});

let count = 0;
const someone = (change: Parameters<FakeTeams['addPerson']>[1] = {}) =>
  fake.addPerson(`Person ${String(++count)}`, change);
const to = ({ tenant, aad }: Person, address: Target['address'] = null): Target => ({
  type: 'person',
  tenant,
  user: aad,
  address,
});
const channelOf = (name: string) => {
  const chat = fake.world.chats.find((one) => one.kind === 'channel' && one.name === name);
  if (!chat) throw new Error(`no channel ${name}`);
  const { serviceUrl } = fake.settings;
  const team = chat.team?.id ?? '';
  const address = { kind: 'channel', serviceUrl, conversation: chat.id, team };
  return { type: 'channel' as const, tenant: chat.tenant, channel: chat.id, address };
};
const team = (...members: Person[]) => {
  const { name } = fake.addTeam(`Team ${String(++count)}`, members);
  return name;
};
const countOf = async (work: () => Promise<unknown>) => {
  const before = fake.calls.connector.length;
  await work();
  return fake.calls.connector.length - before;
};

describe('a message', () => {
  it('opens the person’s chat the first time and goes straight there after', async () => {
    const amy = someone();
    const first = await bot.messenger.send(to(amy), receipt);
    if (first.type !== 'sent') throw new Error(first.type);
    expect(fake.person(amy.name).chat()[0]).toMatchObject({ notification: receipt.summary });
    expect(await countOf(() => bot.messenger.send(to(amy, first.address), receipt))).toBe(1);
    expect(fake.person(amy.name).chat()).toHaveLength(2);
  });

  it('starts a thread in a channel, and is redrawn there for everybody', async () => {
    const [priya, tom] = [someone(), someone()];
    const name = team(priya, tom);
    const sent = await bot.messenger.send(channelOf(name), receipt);
    if (sent.type !== 'sent') throw new Error(sent.type);
    const changed = { ...receipt, elements: [{ type: 'heading' as const, text: 'Claimed' }] };
    const again = await bot.messenger.update(sent.message, changed);
    expect(again).toEqual({ type: 'sent', message: sent.message, address: null });
    expect(
      fake
        .person(tom.name)
        .channel(name)
        .map(({ text }) => text),
    ).toEqual(['Claimed']);
  });

  it('for a person goes to their own chat, even with the address of a channel at hand', async () => {
    const amy = someone();
    const name = team(amy);
    const sent = await bot.messenger.send(to(amy, channelOf(name).address), receipt);
    expect(sent.type).toBe('sent');
    expect(fake.person(amy.name).chat()).toHaveLength(1);
    expect(fake.person(amy.name).channel(name)).toEqual([]);
  });

  it('is remembered in plain columns of our own', async () => {
    const sent = await bot.messenger.send(to(someone()), receipt);
    if (sent.type !== 'sent') throw new Error(sent.type);
    expect(Object.keys(sent.message).sort()).toEqual(['activity', 'conversation', 'serviceUrl']);
    expect(Object.keys(sent.address ?? {}).sort()).toEqual([
      'conversation',
      'kind',
      'serviceUrl',
      'tenant',
      'user',
    ]);
    expect(
      Object.values({ ...sent.message, ...sent.address }).every((one) => typeof one === 'string'),
    ).toBe(true);
  });

  it('signs in once for many calls', async () => {
    const before = fake.calls.login;
    const fresh = await startBot(fake);
    await Promise.all([1, 2, 3].map(() => fresh.messenger.send(to(someone()), receipt)));
    await fresh.messenger.send(to(someone()), receipt);
    expect(fake.calls.login - before).toBe(1);
    await fresh.stop();
  });
});

type Row = [name: string, fault: Fault, person: Sent, channel: Sent, update: Sent];
const refused = (reason: Extract<Sent, { type: 'refused' }>['reason']): Sent => ({
  type: 'refused',
  reason,
});
const unclear: Sent = { type: 'unclear' };
const later = (waitMs: number): Sent => ({ type: 'later', waitMs });
const status = (code: number, more: object = {}): Fault => ({
  type: 'status',
  status: code,
  ...more,
});
const throttled = (after?: string): Fault =>
  status(429, after === undefined ? {} : { headers: { 'retry-after': after } });
const same = (sent: Sent): [Sent, Sent, Sent] => [sent, sent, sent];

const table: Row[] = [
  ['400', status(400), ...same(refused('message-not-accepted'))],
  ['401', status(401), ...same(refused('credentials'))],
  ['403', status(403), refused('not-installed'), refused('not-a-member'), refused('not-installed')],
  ['403 blocked', status(403, { subCode: 'MessageWritesBlocked' }), ...same(refused('blocked'))],
  [
    '403 blocked by code',
    status(403, { code: 'MessageWritesBlocked' }),
    ...same(refused('blocked')),
  ],
  [
    '403 not in the roster',
    status(403, { code: 'BotNotInConversationRoster' }),
    refused('not-installed'),
    refused('not-a-member'),
    refused('not-installed'),
  ],
  ['404', status(404), refused('no-such-place'), refused('no-such-place'), refused('message-gone')],
  ['412', status(412), ...same(unclear)],
  ['413', status(413), ...same(refused('message-not-accepted'))],
  ['429 for 30 seconds', throttled('30'), ...same(later(30_000))],
  ['429 for half an hour', throttled('1800'), ...same(later(300_000))],
  ['429 for no time', throttled('0'), ...same(later(1_000))],
  ['429 for less than no time', throttled('-5'), ...same(later(1_000))],
  ['429 until a day long gone', throttled('Wed, 21 Oct 2015 07:28:00 GMT'), ...same(later(1_000))],
  ['429 with nonsense', throttled('soon'), ...same(later(5_000))],
  ['429 without a word', throttled(), ...same(later(5_000))],
  ['500', status(500), ...same(unclear)],
  ['502', status(502), ...same(unclear)],
  ['503', status(503, { headers: { 'retry-after': '0' } }), ...same(unclear)],
  ['504', status(504), ...same(unclear)],
  ['no answer', { type: 'hang' }, ...same(unclear)],
  ['a broken connection', { type: 'reset' }, ...same(unclear)],
  ['a lost answer', { type: 'reset-after' }, ...same(unclear)],
  ['half an answer', { type: 'cut' }, ...same(unclear)],
  ['a redirect', { type: 'redirect', to: '/files/elsewhere' }, ...same(unclear)],
  [
    'a page of a proxy',
    { type: 'answer', status: 200, contentType: 'text/html', body: '<p>Log in</p>' },
    ...same(unclear),
  ],
  [
    'broken JSON',
    { type: 'answer', status: 201, contentType: 'application/json', body: '{"id":"1' },
    ...same(unclear),
  ],
];

describe('when Teams answers a message with', () => {
  it.each(table)(
    '%s: it is tried once, and said what became of it',
    async (_name, fault, person, channel, update) => {
      const amy = someone();
      const sent = await bot.messenger.send(to(amy), receipt);
      const place = channelOf(team(amy));
      if (sent.type !== 'sent') throw new Error(sent.type);
      const tries: [Sent, () => Promise<Sent>][] = [
        [person, () => bot.messenger.send(to(amy, sent.address), receipt)],
        [channel, () => bot.messenger.send(place, receipt)],
        [update, () => bot.messenger.update(sent.message, receipt)],
      ];
      for (const [expected, attempt] of tries) {
        fake.faults.connector.next(fault);
        let became: Sent | null = null;
        expect(await countOf(async () => (became = await attempt()))).toBe(1);
        expect(became).toEqual(expected);
      }
    },
  );

  it('429 until a date: it waits until then', async () => {
    fake.faults.connector.next(throttled(new Date(Date.now() + 60_000).toUTCString()));
    const sent = await bot.messenger.send(channelOf(team(someone())), receipt);
    if (sent.type !== 'later') throw new Error(sent.type);
    expect(sent.waitMs).toBeGreaterThan(55_000);
    expect(sent.waitMs).toBeLessThanOrEqual(60_000);
  });

  it.each(['{}', ''])('202 and "%s": it was sent, and cannot be updated', async (body) => {
    const amy = someone();
    const first = await bot.messenger.send(to(amy), receipt);
    if (first.type !== 'sent') throw new Error(first.type);
    fake.faults.connector.next({
      type: 'answer',
      status: 202,
      contentType: 'application/json',
      body,
    });
    const sent = await bot.messenger.send(to(amy, first.address), receipt);
    if (sent.type !== 'sent') throw new Error(sent.type);
    expect(sent.message).not.toHaveProperty('activity');
    expect(await countOf(() => bot.messenger.update(sent.message, receipt))).toBe(0);
    expect(await bot.messenger.update(sent.message, receipt)).toEqual(refused('message-gone'));
  });
});

describe('when a chat cannot be opened', () => {
  it.each<[string, Fault, Sent]>([
    ['404', status(404), refused('no-such-person')],
    ['400', status(400), refused('no-such-person')],
    ['403', status(403), refused('not-installed')],
    ['502', status(502), later(5_000)],
    ['a lost answer', { type: 'reset-after' }, later(5_000)],
    [
      'no id',
      { type: 'answer', status: 201, contentType: 'application/json', body: '{}' },
      later(5_000),
    ],
  ])('%s: nothing was shown, so it is never unclear', async (_name, fault, expected) => {
    fake.faults.connector.next(fault);
    expect(await bot.messenger.send(to(someone()), receipt)).toEqual(expected);
  });

  it('is refused for somebody without the app, and for nobody', async () => {
    expect(await bot.messenger.send(to(someone({ installed: false })), receipt)).toEqual(
      refused('not-installed'),
    );
    const nobody = { ...to(someone()), user: '00000000-0000-0000-0000-000000000000' };
    expect(await bot.messenger.send(nobody, receipt)).toEqual(refused('no-such-person'));
  });
});

describe('when nothing can be sent at all', () => {
  it('says that the credentials are wrong', async () => {
    const { credentials } = fake.settings;
    const wrong = await startBot(fake, { credentials: { ...credentials, password: 'old' } });
    expect(await wrong.messenger.send(to(someone()), receipt)).toEqual(refused('credentials'));
    await wrong.stop();
  });

  it.each<[string, Fault]>([
    ['is down', status(500)],
    ['breaks off', { type: 'reset' }],
    ['talks nonsense', { type: 'answer', status: 200, contentType: 'text/html', body: '<p>' }],
    ['passes on', { type: 'redirect', to: '/files/elsewhere' }],
  ])('tries later when the sign-in %s', async (_name, fault) => {
    const fresh = await startBot(fake);
    fake.faults.login.next(fault);
    expect(await fresh.messenger.send(to(someone()), receipt)).toEqual(later(5_000));
    expect((await fresh.messenger.send(to(someone()), receipt)).type).toBe('sent');
    await fresh.stop();
  });

  it('tries later when Teams cannot be reached', async () => {
    const closed = { kind: 'person', serviceUrl: 'http://127.0.0.1:1/', conversation: 'a:1' };
    const lonely = await startBot(fake, { serviceUrls: ['http://127.0.0.1:1/'] });
    expect(await lonely.messenger.send(to(someone(), closed), receipt)).toEqual(later(5_000));
    await lonely.stop();
  });

  it.each([
    'https://evil.example/',
    'http://127.0.0.1:9/',
    'https://smba.trafficmanager.net.evil.example/',
  ])('never calls %s, wherever the address comes from', async (serviceUrl) => {
    const address = { kind: 'person', serviceUrl, conversation: 'a:1' };
    const before = fake.calls.login;
    expect(await bot.messenger.send(to(someone(), address), receipt)).toEqual(
      refused('no-such-place'),
    );
    expect(fake.calls.login).toBe(before);
  });
});

describe('who can read a channel', () => {
  it('is told over all pages, guests and other organisations included', async () => {
    const [priya, tom, ewa] = [someone(), someone(), someone()];
    const guest = someone({ role: 'guest', upn: 'v_else.example#EXT#@school.example' });
    const foreign = someone({ tenant: 'elsewhere' });
    const state = await bot.messenger.channelState(
      channelOf(team(priya, tom, ewa, guest, foreign)),
    );
    expect(state.trouble).toBeNull();
    expect(state.members.map(({ user, account }) => [user, account])).toEqual([
      [priya.aad, 'member'],
      [tom.aad, 'member'],
      [ewa.aad, 'member'],
      [guest.aad, 'guest'],
      [foreign.aad, 'foreign'],
    ]);
    expect(state.members.at(-1)?.tenant).toBe('elsewhere');
  });

  it('changes as people join', async () => {
    const [priya, tom] = [someone(), someone()];
    const { name, members } = fake.addTeam(`Team ${String(++count)}`, [priya]);
    expect((await bot.messenger.channelState(channelOf(name))).members).toHaveLength(1);
    members.push(tom);
    expect((await bot.messenger.channelState(channelOf(name))).members).toHaveLength(2);
  });

  it('is trouble when the channel is shared, gone or not the bot’s', async () => {
    const members = [someone()];
    const shared = `Shared ${String(++count)}`;
    const { hasBot } = fake.addTeam(shared, members, [
      { name: 'General' },
      { name: shared, type: 'shared' },
    ]);
    expect(hasBot).toBe(true);
    expect((await bot.messenger.channelState(channelOf(shared))).trouble).toBe('shared');
    const gone = { ...channelOf(shared), channel: '19:gone@thread.tacv2' };
    expect(await bot.messenger.channelState(gone)).toEqual({ members: [], trouble: 'not-found' });
    const left = fake.addTeam(`Left ${String(++count)}`, members);
    left.hasBot = false;
    expect((await bot.messenger.channelState(channelOf(left.name))).trouble).toBe(
      'bot-not-a-member',
    );
  });

  it('is not guessed when Teams does not answer', async () => {
    const place = channelOf(team(someone()));
    for (const fault of [status(500), { type: 'hang' }, throttled('1')] as Fault[]) {
      fake.faults.connector.next(fault);
      await expect(bot.messenger.channelState(place)).rejects.toThrow();
    }
  });
});
