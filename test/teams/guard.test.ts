import { createHmac, createPublicKey } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isFromHere } from '../../src/teams/is-from-here.ts';
import { addPerson, homeTenant, personalChat } from '../support/fake-teams-world.ts';
import { startFakeTeams, type FakeTeams } from '../support/fake-teams.ts';
import type { Change } from '../support/fake-teams-identity.ts';
import { post, type Raw } from './raw-http.ts';
import { startBot, type Bot } from './start-bot.ts';

let fake: FakeTeams;
let bot: Bot;
const bots: Bot[] = [];
const start = async (change: Parameters<typeof startBot>[1] = {}) => {
  const started = await startBot(fake, { bodyTimeoutMs: 300, ...change });
  bots.push(started);
  return started;
};

beforeAll(async () => {
  fake = await startFakeTeams();
  bot = await start();
});
afterAll(async () => {
  await Promise.all(bots.map((one) => one.stop()));
  await fake.stop();
});
afterEach(() => {
  bot.heard.length = 0;
  fake.calls.connector.length = 0;
  fake.faults.keys.clear();
});

type Json = Record<string, unknown>;
type Case = {
  token?: Change | ((minted: string) => string | string[] | null);
  activity?: Json;
  raw?: Raw;
  text?: (body: string) => string;
};

/** One signed message as Teams sends it, but for what the case changes. */
async function sent(to: Bot, { token = {}, activity = {}, raw = {}, text = same }: Case) {
  const amy = addPerson(fake.world, 'Amy Lowe');
  const chat = personalChat(fake.world, amy);
  const body = fake.activityFrom(amy, chat, { type: 'message', text: 'hello', ...activity });
  const authorization = await authorizationFor(token);
  const { headers = {}, ...more } = raw;
  return post(`${to.url}/api/messages`, {
    body: text(JSON.stringify(body)),
    headers: { ...(authorization !== null && { authorization }), ...headers },
    ...more,
  });
}

async function authorizationFor(token: NonNullable<Case['token']>) {
  if (typeof token === 'function') return token(await fake.identity.mint());
  return `Bearer ${await fake.identity.mint(token)}`;
}

const same = (text: string) => text;
const seconds = () => Math.floor(Date.now() / 1000);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({
  iss: 'https://api.botframework.com',
  aud: fake.settings.credentials.appId,
  serviceurl: fake.settings.serviceUrl,
  nbf: seconds() - 10,
  exp: seconds() + 3600,
});

/** A token signed by nobody, or with the public key as if it were a shared secret. */
function unsigned(alg: string) {
  return `Bearer ${base64({ alg, kid: 'teams', typ: 'JWT' })}.${base64(claims())}.`;
}
function signedWithPublicKey() {
  const head = `${base64({ alg: 'HS256', kid: 'teams' })}.${base64(claims())}`;
  const key = createPublicKey({ key: fake.identity.publicJwk('teams'), format: 'jwk' });
  const pem = key.export({ type: 'spki', format: 'pem' });
  return `Bearer ${head}.${createHmac('sha256', pem).update(head).digest('base64url')}`;
}

/** Both the token and the activity name this service URL. */
const atService = (url: string): Case => ({
  token: { claims: { serviceurl: url } },
  activity: { serviceUrl: url },
});

const forged: [string, Case][] = [
  ['no Authorization header', { token: () => null }],
  ['an empty Authorization header', { token: () => '' }],
  ['another scheme', { token: (minted) => `Basic ${minted}` }],
  ['the scheme in lower case', { token: (minted) => `bearer ${minted}` }],
  ['two tokens in one header', { token: (minted) => `Bearer ${minted} ${minted}` }],
  ['two Authorization headers', { token: (minted) => [`Bearer ${minted}`, `Bearer ${minted}`] }],
  ['two parts', { token: (minted) => `Bearer ${minted.split('.').slice(0, 2).join('.')}` }],
  ['four parts', { token: (minted) => `Bearer ${minted}.x` }],
  ['a header that is no JSON', { token: (minted) => `Bearer e30x${minted.slice(4)}` }],
  ['claims that were changed', { token: (minted) => changedClaims(minted) }],
  ['a signature that was changed', { token: (minted) => changedSignature(minted) }],
  ['no signature', { token: (minted) => `Bearer ${minted.replace(/[^.]+$/, 'AA')}` }],
  ['alg none', { token: () => unsigned('none') }],
  ['alg none, signed with something', { token: () => `${unsigned('none')}AA` }],
  ['HS256 with the public key as secret', { token: () => signedWithPublicKey() }],
  ['ES256', { token: { key: 'elliptic' } }],
  ['RS256 claimed for an elliptic key', { token: { header: { kid: 'elliptic' } } }],
  ['a key that is not published', { token: { key: 'unpublished' } }],
  ['a published name for another key', { token: { key: 'unpublished', header: { kid: 'teams' } } }],
  ['no key id', { token: { header: { kid: undefined } } }],
  ['a key id that climbs', { token: { header: { kid: '../../../../dev/null' } } }],
  ['a key id of a prototype', { token: { header: { kid: '__proto__' } } }],
  ['a key id that is too long', { token: { header: { kid: 'x'.repeat(300) } } }],
  ['a key endorsed for web chat alone', { token: { key: 'webchat' } }],
  ['an embedded key', { token: { header: { jwk: { kty: 'RSA' } } } }],
  ['an embedded certificate', { token: { header: { x5c: ['AA'] } } }],
  ['a content type of its own', { token: { header: { cty: 'JWT' } } }],
  ['another audience', { token: { claims: { aud: 'somebody-else' } } }],
  ['no audience', { token: { claims: { aud: undefined } } }],
  [
    'several audiences',
    { token: { claims: { aud: ['x', '3f1d5c1e-8a0b-4b7e-9b62-2f5d1c8e0001'] } } },
  ],
  [
    'an issuer with a slash at the end',
    { token: { claims: { iss: 'https://api.botframework.com/' } } },
  ],
  ['an issuer in capitals', { token: { claims: { iss: 'https://API.botframework.com' } } }],
  [
    'the school’s own Entra',
    { token: { claims: { iss: `https://sts.windows.net/${homeTenant}/` } } },
  ],
  [
    'another tenant’s Entra',
    { token: { claims: { iss: 'https://login.microsoftonline.com/x/v2.0' } } },
  ],
  ['no issuer', { token: { claims: { iss: undefined } } }],
  ['an end 301 seconds ago', { token: { claims: { exp: seconds() - 301 } } }],
  ['no end', { token: { claims: { exp: undefined } } }],
  ['an end that is no number', { token: { claims: { exp: '9999999999' } } }],
  ['a beginning 10 minutes ahead', { token: { claims: { nbf: seconds() + 600 } } }],
  ['no service URL claim', { token: { claims: { serviceurl: undefined } } }],
  ['a service URL claim that is no text', { token: { claims: { serviceurl: ['x'] } } }],
  [
    'a claim for another host',
    { token: { claims: { serviceurl: 'https://smba.trafficmanager.net/' } } },
  ],
  [
    'a claim without the path',
    { token: (_) => null, activity: { serviceUrl: 'http://127.0.0.1/' } },
  ],
  ['a service URL that the claim only begins with', { activity: { serviceUrl: 'PLACEHOLDERx' } }],
  ['a look-alike host', atService('https://smba.trafficmanager.net.evil.example/teams/')],
  ['user information', atService('https://smba.trafficmanager.net@evil.example/')],
  ['user information before the real host', atService('https://x@smba.trafficmanager.net/')],
  ['plain http', atService('http://smba.trafficmanager.net/teams/')],
  ['another port', atService('https://smba.trafficmanager.net:8443/teams/')],
  ['a dot at the end', atService('https://smba.trafficmanager.net./teams/')],
  ['a backslash', atService('https://smba.trafficmanager.net\\@evil.example/')],
  ['ideographic dots', atService('https://smba。trafficmanager。net/')],
  ['an address in numbers', atService('https://10.0.0.1/teams/')],
  ['loopback that is not configured', atService('http://127.0.0.1:9/teams/')],
  ['the domain alone', atService('https://botframework.com/')],
  ['a domain that ends alike', atService('https://evilbotframework.com/')],
  ['a query', atService('https://smba.trafficmanager.net/teams/?x=1')],
  ['a line break', atService('https://smba.trafficmanager.net/\n')],
  ['the emulator', { activity: { channelId: 'emulator' } }],
  ['Direct Line', { activity: { channelId: 'directline' } }],
  ['the channel in capitals', { activity: { channelId: 'MSTeams' } }],
];

function changedClaims(minted: string) {
  const [head, , signature] = minted.split('.');
  return `Bearer ${head ?? ''}.${base64({ ...claims(), extra: 1 })}.${signature ?? ''}`;
}

function changedSignature(minted: string) {
  const last = minted.at(-20) === 'A' ? 'B' : 'A';
  return `Bearer ${minted.slice(0, -20)}${last}${minted.slice(-19)}`;
}

/** The log has a status and one of a few words, and never anything of the request. */
function expectRefused(status: number) {
  const { event, fields } = bot.logged.at(-1) ?? {};
  expect(event).toBe('teams-refused');
  expect(fields?.['status']).toBe(status);
  expect(reasons).toContain(fields?.['reason']);
  expect(Object.keys(fields ?? {})).toEqual(['status', 'reason']);
}

const reasons = [
  'authorization',
  'malformed',
  'header',
  'unknown-key',
  'not-endorsed',
  'signature-or-claims',
  'service-url-claim',
  'channel',
  'service-url',
  'service-host',
  'tenant',
  'body',
  'too-large',
];

describe('a forged request', () => {
  it.each(forged)('with %s is refused, and nothing is called', async (_name, change) => {
    const placed = JSON.parse(
      JSON.stringify(change.activity ?? {}).replace('PLACEHOLDER', fake.settings.serviceUrl),
    ) as Json;
    const { status, body } = await sent(bot, { ...change, activity: placed });
    expect({ status, body }).toEqual({ status: 401, body: '' });
    expectRefused(401);
    expect(bot.heard).toEqual([]);
    expect(fake.calls.connector).toEqual([]);
  });

  it.each<[string, string]>([
    ['no Authorization header', 'authorization'],
    ['a header that is no JSON', 'malformed'],
    ['alg none, signed with something', 'header'],
    ['ES256', 'header'],
    ['no key id', 'header'],
    ['an embedded key', 'header'],
    ['a key id that is too long', 'header'],
    ['a key that is not published', 'unknown-key'],
    ['a key endorsed for web chat alone', 'not-endorsed'],
    ['a published name for another key', 'signature-or-claims'],
    ['several audiences', 'signature-or-claims'],
    ['an end 301 seconds ago', 'signature-or-claims'],
    ['no service URL claim', 'service-url-claim'],
    ['a claim for another host', 'service-url'],
    ['a look-alike host', 'service-host'],
    ['the emulator', 'channel'],
  ])('with %s is refused because of: %s', async (name, reason) => {
    const [, change = {}] = forged.find(([one]) => one === name) ?? [];
    await sent(bot, change);
    expect(bot.logged.at(-1)?.fields).toEqual({ status: 401, reason });
  });

  it.each(['jku', 'x5u'])('with %s is refused without looking there', async (name) => {
    const before = fake.calls.keys;
    const header = { [name]: `${fake.settings.serviceUrl}keys` };
    expect((await sent(bot, { token: { header } })).status).toBe(401);
    expect(fake.calls.keys).toBe(before);
    expect(fake.calls.connector).toEqual([]);
  });

  it.each(['?x=1', '#x', 'a b', '%2e%2e/', '\n'])(
    'at a configured address with "%s" behind it is refused',
    async (more) => {
      const { status } = await sent(bot, atService(fake.settings.serviceUrl + more));
      expect(status).toBe(401);
    },
  );

  it('with a critical extension is refused', async () => {
    const forge = (minted: string) => {
      const [, body, signature] = minted.split('.');
      const head = base64({ alg: 'RS256', kid: 'teams', crit: ['exp'] });
      return `Bearer ${head}.${body ?? ''}.${signature ?? ''}`;
    };
    expect((await sent(bot, { token: forge })).status).toBe(401);
  });

  it('makes the bot look for new keys only once in a while', async () => {
    const before = fake.calls.keys;
    for (let at = 0; at < 20; at++) {
      await sent(bot, { token: { key: 'unpublished', header: { kid: `k${String(at)}` } } });
    }
    expect(fake.calls.keys - before).toBeLessThanOrEqual(2);
  });
});

describe('a request that Teams signed', () => {
  it.each<[string, Case]>([
    ['as it usually is', {}],
    ['that ended 290 seconds ago', { token: { claims: { exp: seconds() - 290 } } }],
    ['that begins in 290 seconds', { token: { claims: { nbf: seconds() + 290 } } }],
    ['of a type in capitals', { raw: { headers: { 'content-type': 'Application/JSON' } } }],
    ['without a beginning', { token: { claims: { nbf: undefined } } }],
    ['from the public cloud', atService('https://smba.trafficmanager.net/emea/')],
    ['from a connector of the Bot Framework', atService('https://europe.botframework.com/')],
  ])('is let in %s', async (_name, change) => {
    const { status } = await sent(bot, change);
    expect(status).toBe(200);
    expect(bot.heard).toHaveLength(1);
  });

  it('is let in with a key that was published since', async () => {
    let clock = Date.now();
    const patient = await start({ now: () => new Date(clock) });
    expect((await sent(patient, {})).status).toBe(200);
    const keys = fake.identity.jwks;
    const added = { ...fake.identity.publicJwk('unpublished'), endorsements: ['msteams'] };
    fake.identity.jwks = () => ({ keys: [...keys().keys, added] });
    expect((await sent(patient, { token: { key: 'unpublished' } })).status).toBe(401);
    clock += 6 * 60_000;
    const change = { key: 'unpublished' as const, claims: { exp: seconds() + 7200 } };
    expect((await sent(patient, { token: change })).status).toBe(200);
    fake.identity.jwks = keys;
  });
});

describe('when the keys cannot be had', () => {
  it.each([
    ['the site is down', { type: 'status', status: 500 }],
    [
      'it answers with something else',
      { type: 'answer', status: 200, contentType: 'text/html', body: '<p>' },
    ],
    ['it passes on to another site', { type: 'redirect', to: 'http://127.0.0.1:1/keys' }],
    [
      'the keys are elsewhere',
      {
        type: 'answer',
        status: 200,
        contentType: 'application/json',
        body: '{"jwks_uri":"http://127.0.0.1:1/keys"}',
      },
    ],
    ['the connection breaks', { type: 'reset' }],
  ] as const)('nobody is let in: %s', async (_name, fault) => {
    const cold = await start();
    fake.faults.keys.next(fault, 5);
    expect((await sent(cold, {})).status).toBe(503);
    fake.faults.keys.clear();
    expect((await sent(cold, {})).status).toBe(200);
  });

  it('goes on with the keys it has for some days, and then stops', async () => {
    let clock = Date.now();
    const old = await start({ now: () => new Date(clock) });
    const token = () => ({ claims: { exp: Math.floor(clock / 1000) + 60, nbf: undefined } });
    expect((await sent(old, { token: token() })).status).toBe(200);
    fake.faults.keys.next({ type: 'status', status: 500 }, 5);
    clock += 25 * 3_600_000;
    expect((await sent(old, { token: token() })).status).toBe(200);
    clock += 5 * 24 * 3_600_000;
    expect((await sent(old, { token: token() })).status).toBe(503);
  });
});

describe('a body', () => {
  const bodies: [string, number, Case][] = [
    ['that is empty', 400, { text: () => '' }],
    ['that is no JSON', 400, { text: () => '{' }],
    ['null', 400, { text: () => 'null' }],
    ['a list', 400, { text: () => '[]' }],
    ['a text', 400, { text: () => '"x"' }],
    ['a number', 400, { text: () => '1' }],
    ['without a service URL', 400, { activity: { serviceUrl: undefined } }],
    ['without a tenant', 400, { activity: { channelData: {}, conversation: { id: 'a' } } }],
    ['without a sender', 400, { activity: { from: undefined } }],
    ['nested 20,000 deep', 400, { text: () => `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` }],
    ['nested 33 deep', 400, { activity: { value: nested(32) } }],
    ['with __proto__', 400, { text: (body) => body.replace('{', '{"__proto__":{"polluted":1},') }],
    ['with a constructor deep inside', 400, { activity: { value: { a: [{ constructor: 1 }] } } }],
    ['with a prototype', 400, { activity: { channelData: { prototype: {} } } }],
    ['of another type', 400, { raw: { headers: { 'content-type': 'text/plain' } } }],
    ['that is packed', 400, { raw: { headers: { 'content-encoding': 'gzip' } } }],
    ['of 257 KB', 413, { activity: { text: 'x'.repeat(257 * 1024) } }],
    ['that says it is large', 413, { raw: { headers: { 'content-length': '157286400' } } }],
  ];
  it.each(bodies)('%s is refused with %i', async (_name, status, change) => {
    expect((await sent(bot, change)).status).toBe(status);
    expectRefused(status);
    expect(bot.heard).toEqual([]);
    expect(({} as Json)['polluted']).toBeUndefined();
  });

  it('nested as deep as 32, with brackets in its texts, is read', async () => {
    const { status } = await sent(bot, {
      activity: { extra: nested(30), text: '[[[["{{{{'.repeat(20) },
    });
    expect(status).toBe(200);
  });

  it('that does not end is cut off at 256 KB without being kept', async () => {
    const raw = { pieces: { count: 2_000, pauseMs: 0 }, body: 'x'.repeat(8_192) };
    const before = process.memoryUsage.rss();
    const { status } = await post(`${bot.url}/api/messages`, raw);
    expect([0, 413]).toContain(status);
    expect(process.memoryUsage.rss() - before).toBeLessThan(60 * 1024 * 1024);
  });

  it('that trickles is cut off in time', async () => {
    // Otherwise it would go on for five minutes.
    const raw = { pieces: { count: 6_000, pauseMs: 50 }, body: ' ' };
    const { status } = await post(`${bot.url}/api/messages`, raw);
    expect([0, 408]).toContain(status);
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe('an organisation', () => {
  const foreign = (tenant: string): Case => ({
    activity: { conversation: { id: 'a', conversationType: 'personal', tenantId: tenant } },
  });

  it('that is not registered gets one sentence and nothing else', async () => {
    const { status, body } = await sent(bot, foreign('somebody-else'));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ message: expect.stringContaining('not set up') as string });
    expect(bot.heard).toEqual([]);
    expect(fake.calls.connector).toEqual([]);
  });

  it('that cannot be looked up is not let in, and the person hears that it did not work', async () => {
    const blind = await start({ isRegisteredTenant: () => Promise.reject(new Error('down')) });
    const { status } = await sent(blind, {});
    expect(status).toBe(200);
    expect(blind.heard).toEqual([]);
    const chat = fake.world.chats.findLast(({ kind }) => kind === 'personal');
    expect(chat?.messages.at(-1)?.text).toContain('I cannot say whether this was saved');
  });
});

describe('practice', () => {
  const local = (url: string): Case => ({ token: () => null, activity: { serviceUrl: url } });
  const here = local('http://127.0.0.1:56150/_connector');

  it('takes unsigned activities from this machine, for any connector on it', async () => {
    const practising = await start({ practice: true });
    expect((await sent(practising, here)).status).toBe(200);
    expect((await sent(practising, local('http://[::1]:3/x'))).status).toBe(200);
    expect((await sent(practising, local('http://localhost/x'))).status).toBe(200);
  });

  it.each<[string, Case]>([
    ['for a connector elsewhere', local('https://smba.trafficmanager.net/teams/')],
    ['for another channel', { ...here, activity: { ...here.activity, channelId: 'emulator' } }],
    ['passed on by a proxy', { ...here, raw: { headers: { 'x-forwarded-for': '127.0.0.1' } } }],
    ['passed on by another proxy', { ...here, raw: { headers: { forwarded: 'for=1.1.1.1' } } }],
    ['passed on by a third', { ...here, raw: { headers: { via: '1.1 x' } } }],
    ['from a page in a browser', { ...here, raw: { headers: { origin: 'https://evil.example' } } }],
  ])('refuses them %s', async (_name, change) => {
    const practising = await start({ practice: true });
    expect((await sent(practising, change)).status).toBe(401);
    expect(practising.heard).toEqual([]);
  });

  it.each<[string | undefined, boolean]>([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['128.0.0.1', false],
    ['10.0.0.1', false],
    ['10.127.0.0.1', false],
    ['127.0.0.1.5', false],
    ['::2', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:127.0.0.1.5', false],
    [undefined, false],
  ])('takes %s for this machine: %s', (remoteAddress, here) => {
    expect(isFromHere({ socket: { remoteAddress }, headers: {} })).toBe(here);
  });

  it.each([
    ['http://localhost:3978', true],
    ['https://127.0.0.1', true],
    ['http://[::1]:1', true],
    ['http://localhost.evil.example', false],
    ['http://evil.example/http://localhost', false],
    ['null', false],
  ])('takes a page of %s for one of its own: %s', (origin, here) => {
    const socket = { remoteAddress: '127.0.0.1' };
    expect(isFromHere({ socket, headers: { origin } })).toBe(here);
  });

  it('is the only way in without a token', async () => {
    expect((await sent(bot, here)).status).toBe(401);
  });
});

describe('readiness', () => {
  it('is there when the keys can be had and the credentials are taken', async () => {
    const fresh = await start();
    expect(await fresh.ready()).toBe(true);
    expect(await (await start({ practice: true })).ready()).toBe(true);
    const { credentials } = fake.settings;
    const wrong = await start({ credentials: { ...credentials, password: 'old' } });
    expect(await wrong.ready()).toBe(false);
    fake.faults.keys.next({ type: 'status', status: 500 });
    expect(await (await start()).ready()).toBe(false);
  });

  it('tells credentials that are refused from a sign-in that does not answer', async () => {
    const { credentials } = fake.settings;
    const wrong = await start({ credentials: { ...credentials, password: 'old' } });
    expect(await wrong.refused()).toBe(true);
    expect(await (await start()).refused()).toBe(false);
    expect(await (await start({ practice: true })).refused()).toBe(false);
    fake.faults.login.next({ type: 'status', status: 503 });
    expect(await (await start()).refused()).toBe(false);
  });
});

describe('starting', () => {
  it.each<[string, Parameters<typeof start>[0]]>([
    ['without an app id', { credentials: { appId: '', password: 'x', tenantId: 'x' } }],
    ['without a secret', { credentials: { appId: 'x', password: '', tenantId: 'x' } }],
    ['without a tenant', { credentials: { appId: 'x', password: 'x', tenantId: '' } }],
    ['with a service elsewhere in plain text', { serviceUrls: ['http://teams.example/'] }],
  ])('is refused %s', async (_name, change) => {
    await expect(start(change)).rejects.toThrow();
  });
});
