import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventPayload } from '../support/fake-slack-payloads.ts';
import { type Bench, card, everyField, startBench } from './bench.ts';

/*
 * Whatever people type and are called, none of it is in a log, on the standard streams or in a chat; and
 * neither is any secret.
 */

const canary = 'CANARY';
let bench: Bench;
const written: string[] = [];

beforeEach(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  bench = await startBench();
  bench.fake.addPerson(`Ada ${canary}-name`);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bench.stop();
});

async function everythingOnce(beforePress?: () => void): Promise<void> {
  const ada = bench.fake.person(`Ada ${canary}-name`);
  bench.replies({ type: 'screen', screen: everyField() });
  await ada.commands(`${canary}-command`);
  ada.fill({ Where: `${canary}-short`, 'What was said': `${canary}-long <https://evil.example>` });
  bench.replies({ type: 'problem', message: 'Please look again.', fields: {} });
  await ada.submit();
  beforePress?.();
  await ada.press('Back');
  bench.replies({ type: 'choices', choices: [] });
  await ada.search('Who', `${canary}-query`);
  bench.replies({ type: 'finished', card: card('Saved.') });
  await ada.submit();
  ada.close();
  bench.replies({ type: 'message', card: card('Not saved.') });
  await ada.says(`${canary}-message`);
  await ada.sendsPicture();
  const user = {
    id: ada.id,
    deleted: false,
    name: `${canary}-name`,
    profile: { email: `${canary}@school.example` },
  };
  await bench.fake
    .line()
    .say('event', eventPayload(bench.fake.world, { type: 'user_change', user }));
  await bench.slack.idle();
}

function expectSilence(): void {
  const said = [...written, JSON.stringify(bench.log)].join('\n');
  const { botToken, signingSecret } = bench.fake.settings;
  for (const secret of [canary, botToken, signingSecret, 'evil.example', '@school.example'])
    expect(said).not.toContain(secret);
  const chats = bench.fake.recordings().filter(({ kind }) => kind === 'chat');
  expect(JSON.stringify(chats.map(({ body }) => body))).not.toContain(canary);
}

it('nothing is said of what goes well', async () => {
  await everythingOnce();
  expectSilence();
  expect(bench.log).toEqual([]);
});

it('only codes are said of what goes wrong', async () => {
  const failure = Object.assign(new Error(`${canary}-in-an-error`), { name: `${canary}_name` });
  bench.fake.faults.always('chat.postMessage', { type: 'html' });
  await everythingOnce(() => {
    bench.fake.faults.next('views.update', { type: 'refuses', error: `${canary} in a code` });
  });
  bench.fake.faults.next('views.open', { type: 'status', status: 502 });
  await bench.fake.person(`Ada ${canary}-name`).raises();
  bench.replies(() => Promise.reject(failure));
  await bench.fake.person(`Ada ${canary}-name`).says('x');
  bench.replies(() => {
    throw new TypeError(`${canary}-in-an-error`);
  });
  await bench.fake.person(`Ada ${canary}-name`).says('x');
  expectSilence();
  expect(new Set(bench.log.map(({ code }) => code))).toEqual(
    new Set(['unknown', 'http_502', 'failed', 'type_error']),
  );
});
