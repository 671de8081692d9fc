import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDirectChat } from '../../src/slack/direct-chat.ts';
import { createPost } from '../../src/slack/post.ts';
import { homeView } from '../../src/slack/render-card.ts';
import { renderScreen } from '../../src/slack/render-screen.ts';
import { createSlackClient, type SlackClient } from '../../src/slack/slack-client.ts';
import { codeOf } from '../../src/slack/slack-error.ts';
import { card, everyField } from '../slack/bench.ts';
import { startFakeSlack } from './fake-slack.ts';
import { newTrigger } from './fake-slack-world.ts';

/*
 * Makes our calls to our own stand-in and to Vercel's emulator, so that ours is not merely our own belief:
 *   node test/support/fake-slack-emulate-cli.ts
 * (emulate 0.12.2, pinned: the name's latest version is another package).
 */

type Place = {
  name: string;
  apiUrl: string;
  token: string;
  person: string;
  channel: string;
  trigger: () => Promise<string>;
};

type Probe = { name: string; answer: string };

const everything = card('', {
  elements: [
    { type: 'heading', text: 'HS-7Q2K9-M4XTW' },
    { type: 'text', text: '<!channel> *not bold*', tone: 'quiet' },
    { type: 'facts', facts: [{ label: 'Opened', value: '10:32' }] },
    { type: 'never', items: ['look'] },
    { type: 'checklist', items: [{ title: 'Ring', state: 'now', note: 'before 15:15' }] },
    {
      type: 'buttons',
      buttons: [{ label: 'Open', handle: 'h', opens: 'dialog', style: 'primary' }],
    },
  ],
});

/** Every call of the adapter, once as it should be and once for each way in which it may be wrong. */
async function probe({ apiUrl, token, person, channel, trigger }: Place): Promise<Probe[]> {
  const client = createSlackClient(token, new URL(apiUrl));
  const answers: Probe[] = [];
  const ask = async <T>(name: string, call: () => Promise<T>): Promise<T | null> => {
    try {
      const value = await call();
      answers.push({ name, answer: 'ok' });
      return value;
    } catch (error) {
      answers.push({ name, answer: codeOf(error) });
      return null;
    }
  };
  await ask('auth.test', () => client.auth.test());
  await ask('auth.test, wrong token', () =>
    createSlackClient('xoxb-wrong', new URL(apiUrl)).auth.test(),
  );
  await chats(client, person, channel, ask);
  await people(client, person, channel, ask);
  await windows(client, person, trigger, ask);
  return answers;
}

type AskFor = <T>(name: string, call: () => Promise<T>) => Promise<T | null>;

async function chats(client: SlackClient, person: string, channel: string, ask: AskFor) {
  const direct = createDirectChat(client);
  const post = createPost(client);
  const own = await ask('conversations.open', () => direct(person));
  await ask('conversations.open, nobody', () => direct('U0NOBODY00'));
  await ask('chat.postMessage, direct', () => post.card(own ?? '', everything));
  const posted = await ask('chat.postMessage, channel', () => post.card(channel, everything));
  await ask('chat.postMessage, nowhere', () => post.card('C0NOWHERE0', everything));
  const message = posted ?? { channel, ts: '' };
  await ask('chat.update', () => post.redraw(message, everything));
  await ask('chat.update, no such message', () => post.redraw({ channel, ts: '1.2' }, everything));
  await ask('chat.postEphemeral', () => post.whisper(channel, person, 'Claimed.'));
  await ask('chat.postEphemeral, nobody', () => post.whisper(channel, 'U0NOBODY00', 'Claimed.'));
}

async function people(client: SlackClient, person: string, channel: string, ask: AskFor) {
  await ask('users.info', () => client.users.info({ user: person }));
  await ask('users.info, nobody', () => client.users.info({ user: 'U0NOBODY00' }));
  const info = await ask('conversations.info', () => client.conversations.info({ channel }));
  await ask(`conversations.info: private ${String(info?.channel?.is_private)}`, () =>
    Promise.resolve(),
  );
  await ask('conversations.info, nowhere', () =>
    client.conversations.info({ channel: 'C0NOWHERE0' }),
  );
  const members = await ask('conversations.members', () =>
    client.conversations.members({ channel, limit: 200 }),
  );
  await ask(
    `conversations.members: has the person ${String(members?.members?.includes(person))}`,
    () => Promise.resolve(),
  );
}

async function windows(
  client: SlackClient,
  person: string,
  trigger: Place['trigger'],
  ask: AskFor,
) {
  const view = renderScreen(everyField());
  const trigger_id = await trigger();
  const opened = await ask('views.open', () => client.views.open({ trigger_id, view }));
  await ask('views.open, used trigger', () => client.views.open({ trigger_id, view }));
  await ask('views.open, invented trigger', () => client.views.open({ trigger_id: '1.2.x', view }));
  const late = await trigger();
  await new Promise((resolve) => setTimeout(resolve, 4100));
  await ask('views.open, late', () => client.views.open({ trigger_id: late, view }));
  await ask('views.update', () => client.views.update({ view_id: opened?.view?.id ?? '', view }));
  await ask('views.update, no such view', () =>
    client.views.update({ view_id: 'V0NOTHING0', view }),
  );
  await ask('views.publish', () =>
    client.views.publish({ user_id: person, view: homeView(everything) }),
  );
}

async function ours(): Promise<{ place: Place; stop: () => Promise<void> }> {
  const fake = await startFakeSlack();
  const ada = fake.addPerson('Ada Okoro');
  const leads = fake.addChannel('leads', [ada]);
  const place: Place = {
    name: 'ours',
    apiUrl: fake.settings.apiUrl,
    token: fake.settings.botToken,
    person: ada.id,
    channel: leads.id,
    trigger: () => Promise.resolve(newTrigger(fake.world, ada.id)),
  };
  return { place, stop: () => fake.stop() };
}

const scopes = [
  'commands',
  'chat:write',
  'im:write',
  'im:history',
  'groups:read',
  'users:read',
  'users:read.email',
];

/** The emulator lets nobody choose ids, so they are asked for with a token that may. */
async function theirs(): Promise<{ place: Place; stop: () => Promise<void> }> {
  const port = 4597;
  const bot = 'xoxb-invented-bot-token';
  const seed = join(mkdtempSync(join(tmpdir(), 'emulate-')), 'seed.json');
  writeFileSync(
    seed,
    JSON.stringify({
      slack: {
        team: { name: 'Hillside (invented)', domain: 'hillside-example' },
        users: [{ name: 'ada.okoro', real_name: 'Ada Okoro' }],
        channels: [{ name: 'leads', is_private: true }],
        tokens: [{ token: bot, user: 'U000000001', scopes }],
        strict_scopes: true,
      },
    }),
  );
  const child = startEmulate([
    'start',
    '--service',
    'slack',
    '--port',
    String(port),
    '--seed',
    seed,
  ]);
  const apiUrl = `http://127.0.0.1:${String(port)}/api/`;
  await answering(apiUrl);
  const client = createSlackClient(bot, new URL(apiUrl));
  const people = (await client.users.list({})).members ?? [];
  const channels = (await client.conversations.list({ types: 'private_channel' })).channels ?? [];
  const person = people.find(({ name }) => name === 'ada.okoro')?.id ?? '';
  const trigger = async () =>
    triggerIn(await client.apiCall('views.generateTriggerId', { user_id: person }));
  const channel = channels.find(({ name }) => name === 'leads')?.id ?? '';
  return {
    place: { name: 'emulate', apiUrl, token: bot, person, channel, trigger },
    stop: () => {
      child.kill();
      return Promise.resolve();
    },
  };
}

function triggerIn(answer: object): string {
  return 'trigger_id' in answer ? String(answer.trigger_id) : '';
}

function startEmulate(args: string[]): ChildProcess {
  const cli = fileURLToPath(new URL('../../node_modules/emulate/dist/index.js', import.meta.url));
  return spawn(process.execPath, [cli, ...args], { stdio: 'ignore' });
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the emulator did not start');
}

/** Where the emulator is known to be laxer than Slack: it lets any token in. */
const known = new Set(['auth.test, wrong token']);

const places = [await ours(), await theirs()];
try {
  const [mine = [], other = []] = await Promise.all(places.map(({ place }) => probe(place)));
  const differences = mine.filter((one, at) => !isAlike(one, other[at]));
  console.log(differences.length === 0 ? 'Both answer alike.' : 'They differ.');
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  for (const { stop } of places) await stop();
}

function isAlike({ name, answer }: Probe, there: Probe | undefined): boolean {
  const alike = there?.name === name && (there.answer === answer || known.has(name));
  console.log(
    `${alike ? ' ' : '!'} ${name}: ${answer}${alike ? '' : `, there ${there?.answer ?? ''}`}`,
  );
  return alike;
}
