import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { createClient, type BotAnswer } from './fake-teams-client.ts';
import { connectorRoutes } from './fake-teams-connector.ts';
import { createFaults, type Faults } from './fake-teams-faults.ts';
import { createIdentity, type Identity } from './fake-teams-identity.ts';
import type { Json } from './fake-teams-cards.ts';
import {
  addPerson,
  addTeam,
  createWorld,
  homeTenant,
  personalChat,
  type Chat,
  type NewPerson,
  type Person,
  type Team,
  type World,
} from './fake-teams-world.ts';
import type { JourneyPerson, JourneyWorkplace } from './journey-person.ts';

/*
 * A strict stand-in for Microsoft Teams over real HTTP: the signing keys, the sign-in, the connector and
 * the clients of the people. It refuses what Teams refuses and records every byte.
 */

export type FakeTeams = JourneyWorkplace & {
  readonly platform: 'teams';
  readonly world: World;
  readonly identity: Identity;
  /** What goes wrong with the connector, the keys and the sign-in. */
  readonly faults: { connector: Faults; keys: Faults; login: Faults };
  /** How many requests of each kind arrived. */
  readonly calls: { connector: string[]; keys: number; login: number };
  /** What the bot has to be configured with. */
  readonly settings: {
    openIdMetadataUrl: string;
    serviceUrl: string;
    credentials: { appId: string; password: string; tenantId: string; loginUrl: string };
  };
  /** Where the bot listens; `/api/messages` is appended. */
  connect(botUrl: string): void;
  addPerson(name: string, change?: NewPerson): Person;
  addTeam(name: string, members: Person[], channels?: Parameters<typeof addTeam>[3]): Team;
  /** Tells the bot that it was installed for somebody. */
  install(person: Person): Promise<void>;
  /** Tells the bot that somebody added it to a team. */
  addToTeam(team: Team, by: Person): Promise<void>;
  /** The next activity arrives this often, at once, with new ids, as Teams does when it is impatient. */
  deliverNext(times: number): void;
  /** Sends any activity as Teams would. */
  deliver(person: Person, chat: Chat, activity: Json): Promise<BotAnswer>;
  activityFrom(person: Person, chat: Chat, activity: Json): Json;
};

const appId = '3f1d5c1e-8a0b-4b7e-9b62-2f5d1c8e0001';
const password = 'not-a-secret';

/** Starts it. `practice`: neither side signs anything. `clock`: what time it is for Teams. */
export async function startFakeTeams({
  practice = false,
  clock = () => new Date(),
} = {}): Promise<FakeTeams> {
  const world = createWorld();
  const faults = { connector: createFaults(), keys: createFaults(), login: createFaults() };
  const calls = { connector: [] as string[], keys: 0, login: 0 };
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const serviceUrl = `${base}/teams/`;
  const identity = await createIdentity(() => claimsFor(serviceUrl, clock()));
  const accessToken = `access.${randomUUID()}`;
  const botId = practice ? '28:practice' : `28:${appId}`;

  keyRoutes(app, { base, identity, faults: faults.keys, onCall: () => calls.keys++ });
  loginRoutes(app, { accessToken, faults: faults.login, onCall: () => calls.login++ });
  app.use('/files', (_request, response) => {
    world.violations.push('the bot fetched a file');
    response.status(200).end();
  });
  app.use('/teams', express.json({ limit: '2mb' }), (request, response, next) => {
    calls.connector.push(`${request.method} ${request.path}`);
    const signed = request.headers.authorization === `Bearer ${accessToken}`;
    if (practice || signed) next();
    else response.status(401).json({ error: { code: 'Unauthorized' } });
  });
  app.use('/teams', faults.connector.middleware, connectorRoutes(world, botId));

  let botUrl = '';
  let times = 1;
  const activityFrom = (person: Person, chat: Chat, activity: Json) =>
    envelope(person, chat, activity, { serviceUrl, botId });
  const deliverOnce = async (person: Person, chat: Chat, activity: Json) => {
    const authorization = practice ? {} : { authorization: `Bearer ${await identity.mint()}` };
    const response = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...authorization },
      body: JSON.stringify(activityFrom(person, chat, activity)),
    });
    return { status: response.status, body: jsonOrNull(await response.text()) };
  };
  const deliver = async (person: Person, chat: Chat, activity: Json) => {
    const all = Array.from({ length: times }, () => deliverOnce(person, chat, activity));
    times = 1;
    const [first] = await Promise.all(all);
    return first as BotAnswer;
  };

  const clients = new Map<Person, JourneyPerson>();
  const clientOf = (person: Person): JourneyPerson => {
    const options = { world, deliver, pictures: `${base}/files` };
    const client = clients.get(person) ?? createClient(person, options);
    clients.set(person, client);
    return client;
  };

  return {
    platform: 'teams',
    world,
    identity,
    faults,
    calls,
    settings: {
      openIdMetadataUrl: `${base}/v1/.well-known/openidconfiguration`,
      serviceUrl,
      credentials: { appId, password, tenantId: homeTenant, loginUrl: `${base}/login` },
    },
    connect: (url) => {
      botUrl = url;
    },
    addPerson: (name, change) => addPerson(world, name, change),
    addTeam: (name, members, channels) => addTeam(world, name, members, channels),
    install: async (person) => {
      person.installed = true;
      const chat = personalChat(world, person);
      const membersAdded = [{ id: person.id }, { id: botId }];
      await deliver(person, chat, { type: 'conversationUpdate', membersAdded });
      await deliver(person, chat, { type: 'installationUpdate', action: 'add' });
    },
    addToTeam: async (team, by) => {
      team.hasBot = true;
      const channel = world.chats.find((chat) => chat.team === team);
      if (!channel) throw new Error(`${team.name} has no channel`);
      const membersAdded = [{ id: botId }];
      await deliver(by, channel, { type: 'conversationUpdate', membersAdded });
      await deliver(by, channel, { type: 'installationUpdate', action: 'add' });
    },
    deliverNext: (count) => {
      times = count;
    },
    warningSign: '',
    messageLink:
      'https://teams.microsoft.com/l/message/19:staffroom@thread.tacv2/1700000000000?tenantId=t',
    deliver,
    activityFrom,
    person: (name) => clientOf(personNamed(world, name)),
    recordings: () => world.recordings,
    violations: () => world.violations,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function personNamed({ people }: World, name: string): Person {
  const person = people.find((one) => one.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}

function claimsFor(serviceUrl: string, at: Date) {
  const now = Math.floor(at.getTime() / 1000);
  return {
    iss: 'https://api.botframework.com',
    aud: appId,
    serviceurl: serviceUrl,
    nbf: now - 300,
    exp: now + 3600,
  };
}

type RouteOptions = { faults: Faults; onCall: () => void };

function keyRoutes(
  app: Express,
  { base, identity, faults, onCall }: RouteOptions & { base: string; identity: Identity },
): void {
  app.use('/v1/.well-known', counted(onCall), faults.middleware);
  app.get('/v1/.well-known/openidconfiguration', (_request, response) => {
    response.json({
      issuer: 'https://api.botframework.com',
      jwks_uri: `${base}/v1/.well-known/keys`,
    });
  });
  app.get('/v1/.well-known/keys', (_request, response) => {
    response.json(identity.jwks());
  });
}

function loginRoutes(
  app: Express,
  { accessToken, faults, onCall }: RouteOptions & { accessToken: string },
): void {
  app.use('/login', counted(onCall), faults.middleware, express.urlencoded());
  app.post('/login/:tenant/oauth2/v2.0/token', ({ params, body }, response) => {
    const asked = body as Record<string, string>;
    const right =
      params.tenant === homeTenant &&
      asked['client_id'] === appId &&
      asked['client_secret'] === password &&
      asked['grant_type'] === 'client_credentials' &&
      asked['scope'] === 'https://api.botframework.com/.default';
    if (right) response.json({ access_token: accessToken, expires_in: 3599, token_type: 'Bearer' });
    else response.status(401).json({ error: 'invalid_client' });
  });
}

function counted(onCall: () => void) {
  return (_request: Request, _response: Response, next: NextFunction) => {
    onCall();
    next();
  };
}

function envelope(
  person: Person,
  chat: Chat,
  activity: Json,
  { serviceUrl, botId }: { serviceUrl: string; botId: string },
): Json {
  const guest = person.role === 'guest' ? { userRole: 'guest', userPrincipalName: person.upn } : {};
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.id, name: person.name, aadObjectId: person.aad, ...guest },
    recipient: { id: botId, name: 'Concern' },
    conversation: conversationOf(chat),
    channelData: {
      tenant: { id: person.tenant },
      ...(chat.team && { team: { id: chat.team.id }, channel: { id: chat.id } }),
    },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web' }],
    locale: 'en-GB',
    ...activity,
  };
}

function conversationOf({ id, kind, tenant }: Chat): Json {
  if (kind === 'personal') return { id, conversationType: 'personal', tenantId: tenant };
  return { id, conversationType: 'channel', isGroup: true, tenantId: tenant };
}

function jsonOrNull(text: string): Json | null {
  return text === '' ? null : (JSON.parse(text) as Json);
}
