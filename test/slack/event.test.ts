import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../support/fake-slack-blocks.ts';
import { eventPayload, typedEvent } from '../support/fake-slack-payloads.ts';
import { directChat, type SlackUser } from '../support/fake-slack-world.ts';
import { words } from '../../src/slack/words.ts';
import { type Bench, card, everyField, startBench } from './bench.ts';

let bench: Bench;
let user: SlackUser;
beforeEach(async () => {
  bench = await startBench();
  user = bench.fake.addPerson('Ada Okoro');
});
afterEach(async () => {
  expect(bench.fake.violations()).toEqual([]);
  await bench.stop();
});

const ada = () => bench.fake.person('Ada Okoro');

async function send(payload: Json): Promise<number> {
  const { status } = await bench.fake.line().say('event', payload);
  await bench.slack.idle();
  return status;
}

const event = (body: Json) => send(eventPayload(bench.fake.world, body));

function typed(text: string, change: Json = {}): Json {
  const payload = typedEvent(
    bench.fake.world,
    user,
    directChat(bench.fake.world, user.id).id,
    text,
  );
  return { ...payload, event: { ...(payload['event'] as Json), ...change } };
}

describe('a message to the bot', () => {
  it('is answered in the same chat', async () => {
    bench.replies({ type: 'message', card: card('Not saved.') });
    await ada().says('<b>he & she</b> <!channel>');
    expect(bench.asked).toMatchObject([
      {
        type: 'said',
        text: '<b>he & she</b> <!channel>',
        carries: 'nothing',
        place: 'direct',
        from: { user: user.id, account: 'member' },
      },
    ]);
    expect(
      ada()
        .chat()
        .map(({ text }) => text),
    ).toEqual(['<b>he & she</b> <!channel>', 'Not saved.']);
    expect(ada().chat().at(-1)?.notification).toBe('New item HS-7Q2K9-M4XTW');
  });

  it('may carry a picture, which nobody fetches', async () => {
    await ada().sendsPicture();
    await send(
      typed('', { attachments: [{ image_url: `${bench.fake.settings.apiUrl}../files/x` }] }),
    );
    await send(
      typed('', { blocks: [{ type: 'image', image_url: 'http://files.slack.example/x' }] }),
    );
    expect(bench.asked.map((one) => one.type === 'said' && one.carries)).toEqual([
      'picture-or-file',
      'picture-or-file',
      'picture-or-file',
    ]);
    expect(JSON.stringify(bench.asked)).not.toContain('http');
  });

  it('opens the form in a window and never in the chat', async () => {
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().says('concern');
    expect(ada().chat().at(-1)).toMatchObject({
      text: words.openForm,
      buttons: [words.openFormButton],
    });
    await ada().press(words.openFormButton);
    expect(bench.asked.at(-1)).toMatchObject({ type: 'asked-to-raise', text: '', place: 'direct' });
    expect(ada().screen()?.title).toBe('About it');
  });

  it.each([
    ['an edit', { subtype: 'message_changed' }],
    ['a deletion', { subtype: 'message_deleted' }],
    ['a bot', { subtype: 'bot_message', bot_id: 'B1' }],
    ['another app', { bot_id: 'B1' }],
    ['a channel', { channel_type: 'channel' }],
    ['a group of people', { channel_type: 'mpim' }],
    ['our own echo', { user: 'U0BOT00001' }],
    ['nobody', { user: undefined }],
  ])('is ignored from %s', async (_, change) => {
    expect(await send(typed('hello', change))).toBe(200);
    expect(bench.asked).toEqual([]);
  });

  it('has one effect however often Slack delivers it', async () => {
    const payload = typed('concern');
    bench.replies({ type: 'message', card: card('Yes?') });
    for (const retry of [1, 2, 3]) await send({ ...payload, retry });
    expect(bench.asked).toHaveLength(1);
    expect(ada().chat()).toHaveLength(1);
  });

  it('hears that nothing was saved when the conversation fails', async () => {
    bench.replies(() => Promise.reject(new Error('down')));
    await ada().says('my words');
    expect(ada().chat().at(-1)?.text).toBe(words.notSaved);
    expect(JSON.stringify(bench.log)).not.toContain('my words');
  });
});

describe('a change in the workspace', () => {
  it('that ends an account is told, with the person’s own team', async () => {
    await ada().raises();
    user.deleted = true;
    await event({ type: 'user_change', user: { id: user.id, team_id: user.team, deleted: true } });
    expect(bench.asked.at(-1)).toMatchObject({
      type: 'account-ended',
      from: { tenant: 'T0SCHOOL01', user: user.id, account: 'ended' },
    });
  });

  it('that makes somebody a guest counts from then on', async () => {
    await ada().raises();
    ada().close();
    user.guest = true;
    await event({
      type: 'user_change',
      user: { id: user.id, team_id: user.team, deleted: false, is_restricted: true },
    });
    await ada().raises();
    expect(bench.asked.map(({ from }) => from.account)).toEqual(['member', 'guest']);
  });

  it('that brings the bot into a channel makes it reachable', async () => {
    await event({
      type: 'member_joined_channel',
      user: 'U0BOT00001',
      channel: 'C0LEADS',
      channel_type: 'G',
      team: 'T0SCHOOL01',
    });
    expect(bench.asked).toMatchObject([
      { type: 'became-reachable', place: 'channel', address: { channel: 'C0LEADS' } },
    ]);
  });

  it('of who is in a channel is passed on', async () => {
    await event({
      type: 'member_joined_channel',
      user: user.id,
      channel: 'C0LEADS',
      channel_type: 'G',
      team: 'T0SCHOOL01',
    });
    await event({
      type: 'member_left_channel',
      user: user.id,
      channel: 'C0LEADS',
      channel_type: 'G',
      team: 'T0SCHOOL01',
    });
    expect(bench.heard).toEqual(['members of C0LEADS', 'members of C0LEADS']);
  });

  it('that removes the app is passed on', async () => {
    await event({ type: 'app_uninstalled' });
    await event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT00001'] } });
    expect(bench.heard).toEqual(['ended in T0SCHOOL01', 'ended in T0SCHOOL01']);
  });

  it('that is nothing to us is acknowledged', async () => {
    expect(
      await event({ type: 'app_home_opened', user: user.id, tab: 'messages', channel: 'D1' }),
    ).toBe(200);
    expect(await event({ type: 'user_change', user: 'nonsense' })).toBe(200);
    expect(bench.asked).toEqual([]);
  });
});
