import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAllowedSocket } from '../../src/slack/socket-fetch.ts';
import { words } from '../../src/slack/words.ts';
import { type Bench, card, everyField, startBench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ socket: true });
  bench.fake.addPerson('Ada Okoro');
});
afterEach(async () => {
  expect(bench.fake.violations()).toEqual([]);
  await bench.stop();
});

const ada = () => bench.fake.person('Ada Okoro');
const until = (what: () => boolean) => ada().until(what);

describe('in Socket Mode', () => {
  it('a whole concern is raised', async () => {
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
    ada().fill({ 'What was said': 'His words' });
    bench.replies({ type: 'problem', message: 'Please look again.', fields: { place: 'Where?' } });
    await ada().submit();
    expect(ada().screen()?.text).toContain('Where?');
    bench.replies({ type: 'finished', card: card('Saved.') });
    await ada().submit();
    expect(ada().screen()?.text).toContain('Saved.');
    expect(bench.asked.findLast(({ type }) => type === 'submitted')).toMatchObject({
      values: { said: 'His words' },
    });
  });

  it('a list is searched', async () => {
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
    bench.replies({ type: 'choices', choices: [{ id: 'p1', label: 'T. Hale' }] });
    expect(await ada().search('Who', 'h')).toEqual(['T. Hale']);
  });

  it('messages and the home are answered', async () => {
    bench.replies({ type: 'message', card: card('Not saved.') });
    await ada().says('hello');
    await until(() => ada().chat().length === 2);
    bench.replies({ type: 'home', card: card('Nothing open.') });
    await ada().opensHome();
    await until(() => ada().home()?.text.includes('Nothing open.') === true);
  });

  it('a command hears that the window could not be opened', async () => {
    bench.fake.faults.next('views.open', { type: 'refuses', error: 'expired_trigger_id' });
    await ada().raises();
    expect(ada().notices()).toEqual([words.runAgain]);
  });

  it('nothing is listened to over HTTP', async () => {
    const { status } = await fetch(`${bench.url}/slack/events`, {
      method: 'POST',
      body: 'ssl_check=1',
    });
    expect(status).toBe(404);
  });

  it.each([
    'null',
    '[]',
    '1',
    '{}',
    'not json',
    '{"type":"events_api","envelope_id":"e"}',
    '{"type":"events_api","envelope_id":"e","payload":null}',
    '{"type":"events_api","envelope_id":"e","payload":{"event":null}}',
    '{"type":"events_api","envelope_id":"e","payload":{"event":{"type":"close"}}}',
    '{"type":"close"}',
    '{"type":"disconnected"}',
    '{"type":"events_api","envelope_id":"e","payload":{"event":{"type":"disconnected"}}}',
    '{"type":"error","payload":{}}',
    '{"type":"interactive","envelope_id":"e","payload":{"__proto__":{"polluted":true}}}',
    '{"type":"interactive","envelope_id":"e","payload":{"type":"block_actions","actions":[]}}',
    '{"type":"slash_commands","envelope_id":"e","payload":{"command":"/concern"}}',
    `{"type":"interactive","payload":${'['.repeat(1000)}${']'.repeat(1000)}}`,
    'x'.repeat(600 * 1024),
  ])('%.60s is survived', async (text) => {
    bench.fake.socket.sendRaw(text);
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
    expect(ada().screen()?.title).toBe('About it');
    expect(bench.asked).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.fake.socket.connections()).toBe(1);
  });

  it('a recycled connection is opened again', async () => {
    bench.fake.socket.recycle();
    await until(() => bench.fake.socket.connections() === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
    expect(ada().screen()?.title).toBe('About it');
  });

  it('a connection that cannot be opened is tried again, and nothing dies of it', async () => {
    bench.fake.faults.next(
      'apps.connections.open',
      { type: 'status', status: 500 },
      { type: 'resets' },
    );
    bench.fake.socket.recycle();
    await until(() => bench.log.some(({ code }) => code === 'http_500'));
    await until(() => bench.fake.socket.connections() === 2);
  });

  it('is told of a wrong token in the log, and starts all the same', async () => {
    bench.fake.faults.next('apps.connections.open', { type: 'refuses', error: 'invalid_auth' });
    const other = await startBench({ socket: true, fake: bench.fake });
    expect(other.log).toContainEqual({ what: 'socket', code: 'invalid_auth' });
    await other.stop();
  });
});

describe('a socket', () => {
  const slack = new URL('https://slack.com/api/');

  it.each([
    'wss://wss-primary.slack.com/link/?ticket=x',
    'wss://wss-backup.slack.com/link/',
    'wss://wss-primary.slack-gov.com/link',
  ])('may be %s', (address) => {
    expect(isAllowedSocket(address, slack)).toBe(true);
  });

  it.each([
    'ws://wss-primary.slack.com/',
    'wss://slack.com.evil.example/',
    'wss://wss-primary.slack.com@evil.example/',
    'wss://evilslack.com/',
    'wss://127.0.0.1/',
    'nonsense',
  ])('may not be %s', (address) => {
    expect(isAllowedSocket(address, slack)).toBe(false);
  });
});
