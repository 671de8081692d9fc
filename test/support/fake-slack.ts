import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './fake-slack-blocks.ts';
import { answerWith, createFaults, type Faults, takesEffect } from './fake-slack-faults.ts';
import { httpLine, type Line, socketLine } from './fake-slack-line.ts';
import { type Args, methods, receiverOf } from './fake-slack-methods.ts';
import { createSlackPerson, type PersonDeps, type SlackPerson } from './fake-slack-person.ts';
import { createSocketServer, type SocketServer } from './fake-slack-socket.ts';
import {
  addChannel,
  addUser,
  createSlackWorld,
  type SlackChannel,
  type SlackUser,
  type SlackWorld,
} from './fake-slack-world.ts';
import type { JourneyWorkplace } from './journey-person.ts';

/*
 * A strict stand-in for Slack over real HTTP: it refuses what Slack refuses and remembers every byte.
 * All people, channels and secrets in it are invented.
 */

export type Call = { method: string; args: Args; raw: string };

export type FakeSlack = Omit<JourneyWorkplace, 'person' | 'platform'> & {
  readonly platform: 'slack';
  readonly world: SlackWorld;
  readonly faults: Faults;
  readonly socket: SocketServer;
  /** Every call that reached the Web API, in order. */
  readonly calls: Call[];
  /** What the bot has to be configured with. */
  readonly settings: {
    apiUrl: string;
    botToken: string;
    appToken: string;
    signingSecret: string;
  };
  /**
   * Where the bot listens; `/slack/events` is appended. `idle`: resolves when the bot has done what it
   * does after its acknowledgements; without it, people wait until something of an answer shows.
   */
  connect(botUrl: string, idle?: () => Promise<void>): void;
  /** The bot has called in by Socket Mode instead. */
  connectSocket(idle?: () => Promise<void>): void;
  addPerson(name: string, change?: Partial<SlackUser>): SlackUser;
  addChannel(name: string, members: SlackUser[], change?: Partial<SlackChannel>): SlackChannel;
  person(name: string): SlackPerson;
  /** The next thing that somebody does reaches the bot this often, at once, each time newly signed. */
  deliverNext(times: number): void;
  /** Sends any event as Slack would. */
  line(): Line;
};

const secrets = {
  botToken: 'xoxb-invented-bot-token',
  appToken: 'xapp-invented-app-token',
  signingSecret: 'invented-signing-secret',
} as const;

/** Kinds of calls whose content is kept in a chat, and those for one person's eyes. */
const chatCalls = ['chat.postMessage', 'chat.update', 'chat.postEphemeral'];
const screenCalls = ['views.open', 'views.update', 'views.publish'];

export type FakeSlackOptions = {
  /** What the slash command is called. */
  command?: string;
  /** What time Slack thinks it is when it signs, for a bot whose clock is held. */
  clock?: () => Date;
};

/** Starts it. */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const { command = '/concern', clock = () => new Date() } = options;
  const world = createSlackWorld();
  const faults = createFaults();
  const socket = createSocketServer();
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void handle({ world, faults, calls, server }, request, response);
  });
  server.on('upgrade', (request, duplex) => {
    socket.upgrade(request, duplex);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  let line: Line | null = null;
  let idle: (() => Promise<void>) | null = null;
  let copies = 1;
  const lineNow = () => line ?? fail('the bot is not connected');
  const people = new Map<SlackUser, SlackPerson>();
  return {
    platform: 'slack',
    world,
    faults,
    socket,
    calls,
    settings: { apiUrl: `${base}/api/`, ...secrets },
    connect: (botUrl, whenIdle) => {
      line = httpLine(`${botUrl}/slack/events`, secrets.signingSecret, clock);
      idle = whenIdle ?? null;
    },
    connectSocket: (whenIdle) => {
      line = socketLine(socket);
      idle = whenIdle ?? null;
    },
    deliverNext: (times) => {
      copies = times;
    },
    warningSign: '⚠️ ',
    messageLink: `https://${world.domain}.slack.com/archives/C0GENERAL1/p1700000000000000`,
    line: lineNow,
    addPerson: (name, change) => addUser(world, name, change),
    addChannel: (name, members, change) => addChannel(world, name, members, change),
    person: (name) => {
      const user = world.users.find((one) => one.name === name) ?? fail(`nobody is called ${name}`);
      const deps: PersonDeps = {
        world,
        command,
        pictures: `${base}/files`,
        say: (what, body) => {
          const times = copies;
          copies = 1;
          return lineNow().say(what, body, times);
        },
        mark: () => calls.length,
        settled: (since) => idle?.() ?? untilShown(calls, since),
      };
      const person = people.get(user) ?? createSlackPerson(deps, user);
      people.set(user, person);
      return person;
    },
    recordings: () => world.recordings,
    violations: () => world.violations,
    stop: async () => {
      socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function fail(message: string): never {
  throw new Error(message);
}

const visible = [...chatCalls, 'views.update', 'views.publish'];
const patienceMs = 2500;

/**
 * Without being told, one cannot know that a bot has done all it will do. Most answers show somewhere, so
 * the first thing that shows is waited for; an answer of silence costs the whole patience.
 */
async function untilShown(calls: Call[], since: number): Promise<void> {
  const end = Date.now() + patienceMs;
  const hasShown = () => calls.slice(since).some(({ method }) => visible.includes(method));
  while (!hasShown() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 30));
}

type Inside = { world: SlackWorld; faults: Faults; calls: Call[]; server: Server };

async function handle(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const raw = await readAll(request);
  const [, method] = /^\/api\/([\w.]+)$/.exec(request.url ?? '') ?? [];
  if (method === undefined) {
    inside.world.violations.push('the bot fetched something that is not the Web API');
    response.end();
    return;
  }
  const args = Object.fromEntries(new URLSearchParams(raw));
  inside.calls.push({ method, args, raw });
  const fault = inside.faults.take(method);
  const answer = takesEffect(fault) ? perform(inside, request, method, args) : {};
  await answerWith(response, fault, answer);
}

function perform(
  { world, server }: Inside,
  request: IncomingMessage,
  method: string,
  args: Args,
): Json {
  if (request.method !== 'POST') return { ok: false, error: 'method_not_supported' };
  if (method === 'apps.connections.open') return connection(server, request);
  const refused = notAuthorised(request, secrets.botToken);
  if (refused !== null) return refused;
  if (!String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded'))
    return { ok: false, error: 'invalid_form_data' };
  const answer = methods[method]?.(world, args) ?? { ok: false, error: 'unknown_method' };
  record(world, method, args, answer);
  return answer;
}

function notAuthorised(request: IncomingMessage, token: string): Json | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return { ok: false, error: 'not_authed' };
  return authorization === `Bearer ${token}` ? null : { ok: false, error: 'invalid_auth' };
}

function connection(server: Server, request: IncomingMessage): Json {
  const refused = notAuthorised(request, secrets.appToken);
  if (refused !== null) return refused;
  return { ok: true, url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/link` };
}

function record(world: SlackWorld, method: string, args: Args, answer: Json): void {
  if (answer['ok'] !== true) return;
  const to = receiverOf(world, args, answer);
  const body = JSON.stringify(args);
  if (chatCalls.includes(method)) world.recordings.push({ kind: 'chat', to, body });
  if (screenCalls.includes(method)) world.recordings.push({ kind: 'screen', to, body });
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
