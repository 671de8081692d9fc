import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/elements.ts';
import type { Sent, Target } from '../../src/chat/interaction.ts';
import { troubleWith } from '../../src/slack/channel-state.ts';
import { apiUrlFrom, clampSeconds, createEgressFetch } from '../../src/slack/egress-fetch.ts';
import type { Fault } from '../support/fake-slack-faults.ts';
import type { SlackChannel, SlackUser } from '../support/fake-slack-world.ts';
import { type Bench, card, startBench } from './bench.ts';

let bench: Bench;
let ada: SlackUser;
let priya: SlackUser;
let leads: SlackChannel;
beforeEach(async () => {
  bench = await startBench();
  ada = bench.fake.addPerson('Ada Okoro');
  priya = bench.fake.addPerson('Priya Nair');
  leads = bench.fake.addChannel('leads', [ada, priya]);
});
afterEach(async () => {
  expect(bench.fake.violations()).toEqual([]);
  await bench.stop();
});

const tenant = 'T0SCHOOL01';
const toAda = (): Target & { type: 'person' } => ({
  type: 'person',
  tenant,
  user: ada.id,
  address: null,
});
const toLeads = (): Target & { type: 'channel' } => ({
  type: 'channel',
  tenant,
  channel: leads.id,
  address: null,
});
const send = (target: Target, what: Card = card('New.')) =>
  bench.slack.messenger.send(target, what);
const posts = () => bench.fake.calls.filter(({ method }) => method === 'chat.postMessage');

function messageOf(sent: Sent) {
  if (sent.type !== 'sent') throw new Error(`not sent: ${sent.type}`);
  return sent.message;
}

describe('a card', () => {
  it('reaches a person in their own chat, and the next one without asking for it', async () => {
    const sent = await send(toAda());
    expect(sent).toMatchObject({
      type: 'sent',
      address: { channel: expect.stringMatching(/^D/) as string },
    });
    await send({ ...toAda(), address: sent.type === 'sent' ? sent.address : null });
    expect(
      bench.fake
        .person('Ada Okoro')
        .chat()
        .map(({ text }) => text),
    ).toEqual(['New.', 'New.']);
    expect(bench.fake.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(
      1,
    );
  });

  it('reaches a channel, with a fixed sentence for the lock screen', async () => {
    await send(toLeads());
    expect(bench.fake.person('Priya Nair').channel('leads')).toEqual([
      { text: 'New.', buttons: [], notification: 'New item HS-7Q2K9-M4XTW' },
    ]);
  });

  it('is never unfurled, parsed or linked', async () => {
    await send(
      toLeads(),
      card('https://example.org <!channel> @here', {
        summary: '<!channel> & <https://evil.example>',
      }),
    );
    const message = messageOf(await send(toLeads()));
    await bench.slack.messenger.update(message, card('x', { summary: '<!here>' }));
    for (const { args } of posts())
      expect(args).toMatchObject({
        unfurl_links: 'false',
        unfurl_media: 'false',
        parse: 'none',
        link_names: 'false',
        mrkdwn: 'false',
      });
    expect(posts()[0]?.args['text']).toBe('&lt;!channel&gt; &amp; &lt;https://evil.example&gt;');
    expect(bench.fake.calls.at(-1)?.args).toMatchObject({
      parse: 'none',
      link_names: 'false',
      text: '&lt;!here&gt;',
    });
  });

  it('is redrawn where it stands', async () => {
    const message = messageOf(await send(toLeads()));
    expect(await bench.slack.messenger.update(message, card('Claimed.'))).toMatchObject({
      type: 'sent',
      message,
    });
    expect(
      bench.fake
        .person('Ada Okoro')
        .channel('leads')
        .map(({ text }) => text),
    ).toEqual(['Claimed.']);
  });

  it('is not sent to another workspace', async () => {
    expect(await send({ ...toAda(), tenant: 'T0OTHER' })).toEqual({
      type: 'refused',
      reason: 'no-such-person',
    });
    expect(await send({ ...toLeads(), tenant: 'T0OTHER' })).toEqual({
      type: 'refused',
      reason: 'no-such-place',
    });
    expect(posts()).toEqual([]);
  });

  it('is drawn plainly from then on when this Slack has no checklist block', async () => {
    const list = card('', {
      elements: [{ type: 'checklist', items: [{ title: 'Ring', state: 'now', note: null }] }],
    });
    bench.fake.faults.next('chat.postMessage', { type: 'refuses', error: 'invalid_blocks' });
    expect((await send(toLeads(), list)).type).toBe('sent');
    expect((await send(toLeads(), list)).type).toBe('sent');
    expect(posts().map(({ args }) => args['blocks']?.includes('"plan"'))).toEqual([
      true,
      false,
      false,
    ]);
    expect(
      bench.fake
        .person('Ada Okoro')
        .channel('leads')
        .map(({ text }) => text),
    ).toEqual(['▶ Ring', '▶ Ring']);
  });
});

describe('a checklist that is drawn again', () => {
  it('is plain too when this Slack has no block for it', async () => {
    const list = (state: 'now' | 'done') =>
      card('', {
        elements: [{ type: 'checklist', items: [{ title: 'Ring', state, note: null }] }],
      });
    const sent = await send(toLeads(), list('now'));
    if (sent.type !== 'sent') throw new Error(sent.type);
    bench.fake.faults.next('chat.update', { type: 'refuses', error: 'invalid_blocks' });
    expect((await bench.slack.messenger.update(sent.message, list('done'))).type).toBe('sent');
    const texts = () => bench.fake.person('Ada Okoro').channel('leads');
    expect(texts().map(({ text }) => text)).toEqual(['☑ Ring']);
  });
});

describe('what becomes of a message', () => {
  const refusals: [string, string][] = [
    ['channel_not_found', 'no-such-place'],
    ['is_archived', 'archived'],
    ['not_in_channel', 'not-a-member'],
    ['token_revoked', 'credentials'],
    ['account_inactive', 'credentials'],
    ['invalid_auth', 'credentials'],
    ['missing_scope', 'credentials'],
    ['invalid_blocks', 'message-not-accepted'],
    ['msg_blocks_too_long', 'message-not-accepted'],
    ['messages_tab_disabled', 'blocked'],
    ['restricted_action', 'blocked'],
    ['message_not_found', 'message-gone'],
  ];
  it.each(refusals)('that Slack refuses with %s: %s', async (error, reason) => {
    bench.fake.faults.next('chat.postMessage', { type: 'refuses', error });
    expect(await send(toLeads())).toEqual({ type: 'refused', reason });
    expect(posts()).toHaveLength(1);
  });

  const unclear: [string, Fault][] = [
    ['a 500', { type: 'status', status: 500 }],
    ['a 502', { type: 'status', status: 502 }],
    ['a reset', { type: 'resets' }],
    ['a reset after it was taken', { type: 'accepts-then-resets' }],
    ['HTML', { type: 'html' }],
    ['half an answer', { type: 'truncates' }],
    ['ok without a name', { type: 'forgets-ts' }],
    ['a redirect', { type: 'redirects', to: 'http://127.0.0.1:9/elsewhere' }],
    ['an unknown code', { type: 'refuses', error: 'something_new' }],
    ['a code that is no code', { type: 'refuses', error: 'Internal: <b>trace</b>' }],
  ];
  it.each(unclear)('that is answered with %s is unclear, and not sent again', async (_, fault) => {
    bench.fake.faults.next('chat.postMessage', fault);
    expect(await send(toLeads())).toEqual({ type: 'unclear' });
    expect(posts()).toHaveLength(1);
    expect(JSON.stringify(bench.log)).not.toContain('trace');
  });

  it('that is never answered is unclear after eight seconds', async () => {
    bench.fake.faults.next('chat.postMessage', { type: 'never-answers' });
    const since = performance.now();
    expect(await send(toLeads())).toEqual({ type: 'unclear' });
    expect(performance.now() - since).toBeGreaterThan(7900);
  });

  const limits: [string | null, number][] = [
    ['30', 30_000],
    [null, 30_000],
    ['Sat, 28 Nov 2026 10:00:00 GMT', 30_000],
    ['86400', 300_000],
    ['-5', 1000],
    ['0', 1000],
    ['1e9', 30_000],
  ];
  it.each(limits)('that comes too soon waits (Retry-After: %j)', async (retryAfter, waitMs) => {
    bench.fake.faults.next('chat.postMessage', { type: 'rate-limits', retryAfter });
    expect(await send(toLeads())).toEqual({ type: 'later', waitMs });
    expect(await send(toAda())).toMatchObject({ type: 'sent' });
  });

  it('for somebody who has left is refused', async () => {
    ada.deleted = true;
    expect(await send(toAda())).toEqual({ type: 'refused', reason: 'no-such-person' });
  });

  it('for a channel that the bot is not in is refused', async () => {
    leads.members = [ada.id];
    expect(await send(toLeads())).toEqual({ type: 'refused', reason: 'no-such-place' });
    expect(await bench.slack.messenger.update({}, card('x'))).toEqual({
      type: 'refused',
      reason: 'message-gone',
    });
  });
});

describe('a channel', () => {
  const state = () => bench.slack.messenger.channelState(toLeads());

  it('is all right when it is private, ours alone and the bot is in it', async () => {
    expect(await state()).toEqual({
      trouble: null,
      members: [
        { tenant, user: ada.id, account: 'member' },
        { tenant, user: priya.id, account: 'member' },
      ],
    });
  });

  it.each([
    ['public', { kind: 'public' }, 'public'],
    ['shared with another organisation', { shared: 'external' }, 'shared'],
    ['shared within the organisation', { shared: 'organisation' }, 'shared'],
    ['about to be shared', { shared: 'pending' }, 'shared'],
    ['archived', { archived: true }, 'archived'],
    ['without the bot', { members: [] }, 'not-found'],
    ['a chat with one person', { kind: 'direct' }, 'not-found'],
  ] as const)('is in trouble when it is %s', async (_, change, trouble) => {
    Object.assign(leads, structuredClone(change));
    expect(await state()).toEqual({ members: [], trouble });
  });

  it('counts as public, or without the bot, unless Slack says otherwise', () => {
    expect(troubleWith({ is_private: true, is_member: true })).toBeNull();
    expect(troubleWith({ is_private: false, is_member: true })).toBe('public');
    expect(troubleWith({ is_member: true })).toBe('public');
    expect(troubleWith({ is_private: true })).toBe('bot-not-a-member');
    expect(
      troubleWith({ is_private: true, is_member: true, pending_connected_team_ids: ['T1'] }),
    ).toBe('shared');
    expect(troubleWith({ is_private: true, is_member: true, is_mpim: true })).toBe('not-found');
  });

  it('names guests, bots and strangers as what they are', async () => {
    const guest = bench.fake.addPerson('Guest', { guest: true });
    const bot = bench.fake.addPerson('Other bot', { bot: true });
    const stranger = bench.fake.addPerson('Stranger', { team: 'T0OTHER', stranger: true });
    leads.members.push(guest.id, bot.id, stranger.id);
    expect((await state()).members.map(({ account }) => account)).toEqual([
      'member',
      'member',
      'guest',
      'bot',
      'foreign',
    ]);
  });

  it('is read to its last member', async () => {
    const many = Array.from({ length: 250 }, (_, at) =>
      bench.fake.addPerson(`Person ${String(at)}`),
    );
    leads.members.push(...many.map(({ id }) => id));
    expect((await state()).members).toHaveLength(252);
    expect(
      bench.fake.calls.filter(({ method }) => method === 'conversations.members'),
    ).toHaveLength(2);
  });

  it('is not vouched for while Slack cannot be asked', async () => {
    for (const method of ['conversations.info', 'conversations.members', 'users.info']) {
      bench.fake.faults.next(method, { type: 'status', status: 503 });
      await expect(state()).rejects.toThrow();
    }
  });

  it.each(['conversations.info', 'conversations.members'])(
    'cannot be read when Slack will not say by %s who is in it',
    async (method) => {
      bench.fake.faults.next(method, { type: 'refuses', error: 'access_denied' });
      expect(await state()).toEqual({ members: [], trouble: 'unreadable' });
    },
  );

  it('of another workspace is not found', async () => {
    expect(await bench.slack.messenger.channelState({ ...toLeads(), tenant: 'T0OTHER' })).toEqual({
      members: [],
      trouble: 'not-found',
    });
  });

  it('that does not exist is not found', async () => {
    expect(
      await bench.slack.messenger.channelState({ ...toLeads(), channel: 'C0NOTHING' }),
    ).toEqual({ members: [], trouble: 'not-found' });
  });
});

describe('the way out', () => {
  it.each([
    'http://slack.com/api/',
    'http://slack.example/api/',
    'https://user:secret@slack.com/api/',
    'ftp://slack.com/api/',
    'http://127.0.0.1.evil.example/api/',
    'nonsense',
  ])('is not %s', (address) => {
    expect(() => apiUrlFrom(address)).toThrow();
  });

  it('is Slack, or a stand-in on this machine', () => {
    expect(apiUrlFrom(undefined).href).toBe('https://slack.com/api/');
    expect(apiUrlFrom('http://127.0.0.1:4000/api').href).toBe('http://127.0.0.1:4000/api/');
    expect(apiUrlFrom('http://[::1]:4000/api/').hostname).toBe('[::1]');
  });

  it.each([
    'https://slack.com.evil.example/api/chat.postMessage',
    'https://slack.com@evil.example/api/chat.postMessage',
    'http://slack.com/api/chat.postMessage',
    'https://slack.com:8443/api/chat.postMessage',
    'https://slack.com./api/chat.postMessage',
    'https://slack.com/other/chat.postMessage',
    'https://slack.com/api/../admin',
    'https://hooks.slack.com/actions/x',
    'https://files.slack.com/x',
    'https://ѕlack.com/api/chat.postMessage',
    'https:\\\\evil.example\\api\\',
    'file:///etc/passwd',
  ])('does not lead to %s', async (address) => {
    await expect(createEgressFetch(apiUrlFrom(undefined))(address, {})).rejects.toThrow('refused');
  });

  it('follows no redirect', async () => {
    let reached = false;
    const elsewhere = createServer((_, response) => {
      reached = true;
      response.end('{"ok":true}');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const to = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/api/chat.postMessage`;
    bench.fake.faults.next('chat.postMessage', { type: 'redirects', to });
    expect(await send(toLeads())).toEqual({ type: 'unclear' });
    expect(reached).toBe(false);
    elsewhere.close();
  });

  it('waits a sane while', () => {
    expect(['1', '300', '301', ' 7 ', '', 'x'].map(clampSeconds)).toEqual([1, 300, 300, 7, 30, 30]);
  });
});

describe('the token', () => {
  it('is looked after by asking', async () => {
    expect(await bench.slack.health()).toEqual({ ok: true });
    bench.fake.faults.next('auth.test', { type: 'refuses', error: 'token_revoked' });
    expect(await bench.slack.health()).toEqual({ ok: false, code: 'token_revoked' });
    bench.fake.faults.next('auth.test', { type: 'html' });
    expect(await bench.slack.health()).toEqual({ ok: false, code: 'unknown' });
  });
});
