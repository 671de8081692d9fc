import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/elements.ts';
import { words } from '../../src/slack/words.ts';
import { type Bench, card, everyField, startBench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  const ada = bench.fake.addPerson('Ada Okoro');
  const priya = bench.fake.addPerson('Priya Nair');
  bench.fake.addChannel('leads', [ada, priya]);
});
afterEach(async () => {
  expect(bench.fake.violations()).toEqual([]);
  await bench.stop();
});

const ada = () => bench.fake.person('Ada Okoro');
const tenant = 'T0SCHOOL01';

const withButtons: Card = card('URGENT · 10:32', {
  elements: [
    { type: 'text', text: 'URGENT · 10:32', tone: 'strong' },
    {
      type: 'buttons',
      buttons: [
        { label: 'Claim', handle: 'h.claim', opens: 'inline', style: 'primary' },
        { label: 'Open', handle: 'h.open', opens: 'dialog', style: 'plain' },
      ],
    },
  ],
});
const claimed = card('Claimed by P. Nair 10:36');

async function inChannel() {
  const channel = bench.fake.world.channels.find(({ name }) => name === 'leads')!;
  await bench.slack.messenger.send(
    { type: 'channel', tenant, channel: channel.id, address: null },
    withButtons,
  );
  return { channel: 'leads' };
}

async function inDirectChat() {
  await bench.slack.messenger.send(
    { type: 'person', tenant, user: ada().id, address: null },
    withButtons,
  );
}

describe('a button in a message', () => {
  it('brings its handle and where it stood', async () => {
    await ada().press('Claim', await inChannel());
    await inDirectChat();
    await ada().press('Claim');
    expect(bench.asked).toMatchObject([
      { type: 'pressed', handle: 'h.claim', surface: 'message', place: 'channel', values: {} },
      { type: 'pressed', handle: 'h.claim', surface: 'message', place: 'direct', values: {} },
    ]);
  });

  it('changes the message, and tells the one who pressed', async () => {
    bench.replies({ type: 'replace', card: claimed, notice: 'You hold this case now.' });
    await ada().press('Claim', await inChannel());
    expect(
      ada()
        .channel('leads')
        .map(({ text }) => text),
    ).toEqual(['Claimed by P. Nair 10:36']);
    expect(ada().notices()).toEqual(['You hold this case now.']);
    expect(bench.fake.person('Priya Nair').notices()).toEqual([]);
  });

  it('explains itself to one person only when nothing changed', async () => {
    bench.replies({ type: 'notice', text: 'This was answered by T. Hale at 10:41.' });
    await ada().press('Claim', await inChannel());
    expect(ada().notices()).toEqual(['This was answered by T. Hale at 10:41.']);
    expect(ada().channel('leads')).toHaveLength(1);
  });

  it('is answered in the direct chat when a whisper fails', async () => {
    bench.fake.faults.next('chat.postEphemeral', { type: 'refuses', error: 'user_not_in_channel' });
    bench.replies({ type: 'notice', text: 'There is nothing here for you.' });
    await ada().press('Claim', await inChannel());
    expect(
      ada()
        .chat()
        .map(({ text }) => text),
    ).toEqual(['There is nothing here for you.']);
  });

  it('opens a window at once and fills it', async () => {
    bench.replies({ type: 'screen', screen: everyField({ title: 'Details' }) });
    await ada().press('Open', await inChannel());
    expect(ada().screen()?.title).toBe('Details');
    expect(bench.fake.calls.map(({ method }) => method)).toEqual([
      'auth.test',
      'chat.postMessage',
      'views.open',
      'users.info',
      'views.update',
    ]);
  });

  it('changes the message behind the window', async () => {
    bench.replies({ type: 'replace', card: claimed, notice: null });
    await ada().press('Open', await inChannel());
    expect(
      ada()
        .channel('leads')
        .map(({ text }) => text),
    ).toEqual(['Claimed by P. Nair 10:36']);
    expect(ada().screen()?.text).toContain('Claimed by P. Nair 10:36');
  });

  it('says that nothing was saved when the conversation fails', async () => {
    bench.replies(() => Promise.reject(new Error('down')));
    await ada().press('Claim', await inChannel());
    expect(ada().notices()).toEqual([words.notSaved]);
  });

  it('opens a window for a screen that nobody announced', async () => {
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().press('Claim', await inChannel());
    expect(ada().screen()?.title).toBe('About it');
  });

  it('answers with a message of its own in the direct chat', async () => {
    bench.replies({ type: 'message', card: card('Here it is.') });
    await ada().press('Claim', await inChannel());
    expect(
      ada()
        .chat()
        .map(({ text }) => text),
    ).toEqual(['Here it is.']);
  });
});

describe('the App Home', () => {
  beforeEach(async () => {
    bench.replies({ type: 'home', card: withButtons });
    await ada().opensHome();
  });

  it('shows what is this person’s own', () => {
    expect(bench.asked).toMatchObject([
      { type: 'home-opened', place: 'home', from: { account: 'member' } },
    ]);
    expect(ada().home()?.text).toContain('URGENT · 10:32');
  });

  it('opens windows and changes in place', async () => {
    bench.replies({ type: 'screen', screen: everyField({ title: 'Details' }) });
    await ada().pressHome('Open');
    expect(bench.asked.at(-1)).toMatchObject({
      place: 'home',
      surface: 'screen',
      handle: 'h.open',
    });
    expect(ada().screen()?.title).toBe('Details');
    ada().close();
    bench.replies({ type: 'home', card: claimed });
    await ada().pressHome('Claim');
    expect(ada().home()?.text).toContain('Claimed by P. Nair 10:36');
  });

  it('has a window for a sentence', async () => {
    bench.replies({ type: 'notice', text: 'There is nothing here for you.' });
    await ada().pressHome('Claim');
    expect(ada().screen()?.text).toContain('There is nothing here for you.');
  });

  it('says so when it cannot be shown', async () => {
    bench.replies(() => Promise.reject(new Error('down')));
    await ada().opensHome();
    expect(ada().home()?.text).toContain(words.homeUnavailable);
  });
});
