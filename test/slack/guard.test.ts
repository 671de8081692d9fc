import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encode, sign } from '../support/fake-slack-line.ts';
import { commandPayload, eventPayload, pressPayload } from '../support/fake-slack-payloads.ts';
import type { FakeSlack } from '../support/fake-slack.ts';
import { type Bench, memory, startBench } from './bench.ts';

let bench: Bench;
let user: ReturnType<FakeSlack['addPerson']>;
beforeAll(async () => {
  bench = await startBench();
  user = bench.fake.addPerson('Ada Okoro');
});
afterEach(() => {
  bench.asked.length = 0;
  bench.log.length = 0;
  bench.fake.world.windows = [];
});
afterAll(() => bench.stop());

const secret = 'invented-signing-secret';
const seconds = () => Math.floor(Date.now() / 1000);
const form = 'application/x-www-form-urlencoded';

const commandBody = () =>
  encode('command', commandPayload(bench.fake.world, user, '/concern', '')).raw;

type Sent = { status: number; text: string };

async function post(raw: string, headers: Record<string, string>, url = bench.url): Promise<Sent> {
  const response = await fetch(`${url}/slack/events`, { method: 'POST', headers, body: raw });
  return { status: response.status, text: await response.text() };
}

const signedPost = (raw: string, contentType: string, at?: number) =>
  post(raw, { 'content-type': contentType, ...sign(secret, raw, at) });

async function settledAsked(): Promise<number> {
  await bench.slack.idle();
  return bench.asked.length;
}

describe('a signature', () => {
  it.each([
    ['now', 0, 200],
    ['299 seconds ago', -299, 200],
    ['299 seconds ahead', 299, 200],
    ['302 seconds ago', -302, 401],
    ['302 seconds ahead', 302, 401],
    ['ten years ahead', 315_360_000, 401],
  ])('of %s is answered %#', async (_, offset, status) => {
    expect((await signedPost(commandBody(), form, seconds() + offset)).status).toBe(status);
    expect(await settledAsked()).toBe(status === 200 ? 1 : 0);
  });

  const timestamps = [
    '',
    'NaN',
    'Infinity',
    '1e10',
    `0x${seconds().toString(16)}`,
    `${String(seconds())}.0`,
    `-${String(seconds())}`,
    `${String(seconds())}000`,
  ];
  it.each(timestamps)('with the timestamp %j is refused', async (timestamp) => {
    const raw = commandBody();
    const signature = {
      ...sign(secret, raw, timestamp as unknown as number),
      'x-slack-request-timestamp': timestamp,
    };
    expect((await post(raw, { 'content-type': form, ...signature })).status).toBe(401);
    expect(await settledAsked()).toBe(0);
  });

  it('is wanted on everything', async () => {
    const raw = commandBody();
    const { 'x-slack-signature': signature = '', 'x-slack-request-timestamp': timestamp = '' } =
      sign(secret, raw);
    const tries: Record<string, string>[] = [
      {},
      { 'x-slack-signature': signature },
      { 'x-slack-request-timestamp': timestamp },
      { ...sign('another-secret', raw) },
      { ...sign(secret, `${raw}&more=1`) },
      { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature.toUpperCase() },
      { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature.slice(0, -1) },
      { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': 'v0=' },
      {
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature.replace('v0', 'v1'),
      },
      { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `${signature}, ${signature}` },
      { 'x-slack-request-timestamp': `${timestamp}, ${timestamp}`, 'x-slack-signature': signature },
    ];
    for (const headers of tries)
      expect((await post(raw, { 'content-type': form, ...headers })).status).toBe(401);
    expect(await settledAsked()).toBe(0);
  });

  it('given twice is refused', async () => {
    const raw = commandBody();
    const [[, timestamp], [, signature]] = Object.entries(sign(secret, raw)) as [
      [string, string],
      [string, string],
    ];
    const head = [
      'POST /slack/events HTTP/1.1',
      'host: x',
      `content-type: ${form}`,
      `content-length: ${String(raw.length)}`,
      `x-slack-request-timestamp: ${timestamp}`,
      `x-slack-signature: ${signature}`,
      `x-slack-signature: ${signature}`,
      'connection: close',
    ];
    expect(await overSocket(`${head.join('\r\n')}\r\n\r\n${raw}`)).toContain('401');
  });

  it('is good for one request, whichever replica it comes to', async () => {
    const seenBefore = memory();
    const replicas = [
      await startBench({ fake: bench.fake, seenBefore }),
      await startBench({ fake: bench.fake, seenBefore }),
    ];
    const action = { type: 'button', action_id: 'inline.0', value: 'h.claim' };
    const at = { channel: 'D0SOMEBODY', ts: '1700000000.000100' };
    const press = pressPayload(bench.fake.world, user, { action, block: 'b' }, at);
    const { raw } = encode('interactive', press);
    const headers = { 'content-type': form, ...sign(secret, raw) };
    const answers = await Promise.all(
      [0, 1, 0, 1, 0].map((which) => post(raw, headers, replicas[which]?.url)),
    );
    await Promise.all(replicas.map(({ slack }) => slack.idle()));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ status: 200, text: '' })));
    expect(replicas.flatMap(({ asked }) => asked)).toHaveLength(1);
    for (const replica of replicas) await replica.stop();
  });

  it('used again for a command does not even complain', async () => {
    const raw = commandBody();
    const headers = { 'content-type': form, ...sign(secret, raw) };
    for (const _ of [1, 2, 3]) expect(await post(raw, headers)).toEqual({ status: 200, text: '' });
    expect(await settledAsked()).toBe(1);
    expect(bench.fake.world.channels).toEqual([]);
  });

  it('that nobody can look up does nothing, and says that nothing was saved', async () => {
    const down = await startBench({
      fake: bench.fake,
      seenBefore: () => Promise.reject(new Error('down')),
    });
    const raw = commandBody();
    expect((await post(raw, { 'content-type': form, ...sign(secret, raw) }, down.url)).status).toBe(
      200,
    );
    await down.slack.idle();
    expect(down.asked).toEqual([]);
    expect(JSON.stringify(bench.fake.world.windows)).toContain('Not saved.');
    await down.stop();
  });
});

describe('a certificate check', () => {
  it('is answered without being read', async () => {
    expect(await post('ssl_check=1&token=x', { 'content-type': form })).toEqual({
      status: 200,
      text: '',
    });
    const rest = `ssl_check=1&payload=${encodeURIComponent('null')}&command=%2Fconcern`;
    expect(await post(rest, { 'content-type': form })).toEqual({ status: 200, text: '' });
    expect(await settledAsked()).toBe(0);
  });

  it.each(['ssl_check=0', 'ssl_check=true', 'ssl_check=01', 'ssl_check=1x', 'not_ssl_check=1'])(
    'is not %s',
    async (raw) => {
      expect((await post(raw, { 'content-type': form })).status).toBe(401);
    },
  );
});

describe('a signed body', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const payloads = [
    'null',
    '[]',
    '"x"',
    '1',
    'true',
    '',
    '{',
    nested(20_000),
    `{"a":${nested(40)}}`,
    `{"type":"block_actions","actions":[]}`,
    '{}',
  ];
  const wide = `{${Array.from({ length: 20_001 }, (_, at) => `"${String(at)}":0`).join(',')}}`;

  it('with too many members is refused', async () => {
    expect((await signedPost(wide, 'application/json')).status).toBe(400);
  });

  it.each(payloads.map((payload) => [payload.slice(0, 40), payload]))(
    'with payload=%s is refused',
    async (_, payload) => {
      expect((await signedPost(new URLSearchParams({ payload }).toString(), form)).status).toBe(
        400,
      );
      expect((await signedPost(payload, 'application/json')).status).toBe(400);
      expect(await settledAsked()).toBe(0);
    },
  );

  it('cannot reach a prototype', async () => {
    const bodies = [
      '{"type":"event_callback","event":{"type":"message","__proto__":{"polluted":true}}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
    ];
    for (const raw of bodies) {
      expect((await signedPost(raw, 'application/json')).status).toBe(400);
      expect(
        (await signedPost(new URLSearchParams({ payload: raw }).toString(), form)).status,
      ).toBe(400);
    }
    expect((await signedPost('__proto__=1&command=%2Fconcern', form)).status).toBe(400);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is refused for one such key in what is good otherwise', async () => {
    const event = eventPayload(bench.fake.world, {
      type: 'app_home_opened',
      user: user.id,
      tab: 'home',
    });
    const good = JSON.stringify(event);
    expect((await signedPost(good, 'application/json')).status).toBe(200);
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const raw = good.replace('"event":{', `"event":{"more":[{"${key}":{}}],`);
      expect((await signedPost(raw, 'application/json')).status).toBe(400);
    }
  });

  it('is refused for too much in what is good otherwise', async () => {
    const event = eventPayload(bench.fake.world, {
      type: 'app_home_opened',
      user: user.id,
      tab: 'home',
    });
    const withMore = (more: string) =>
      JSON.stringify(event).replace('"event":{', `"event":{"more":${more},`);
    expect((await signedPost(withMore(nested(29)), 'application/json')).status).toBe(200);
    expect((await signedPost(withMore(nested(31)), 'application/json')).status).toBe(400);
    expect((await signedPost(withMore(wide), 'application/json')).status).toBe(400);
    expect(
      (await signedPost(withMore(JSON.stringify('[{,:"\\'.repeat(5000))), 'application/json'))
        .status,
    ).toBe(200);
  });

  it('may not say a thing twice', async () => {
    expect((await signedPost(`${commandBody()}&user_id=U0OTHER`, form)).status).toBe(400);
  });

  it('is refused when it is not UTF-8', async () => {
    const raw = Buffer.concat([
      Buffer.from('{"type":"x","a":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    const headers = { 'content-type': 'application/json', ...sign(secret, raw) };
    const response = await fetch(`${bench.url}/slack/events`, {
      method: 'POST',
      headers,
      body: raw,
    });
    expect(response.status).toBe(400);
  });

  it.each([
    ['application/x-www-form-urlencoded; charset=utf-8', 200],
    ['Application/X-WWW-Form-Urlencoded', 200],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/jsonp', 415],
  ])('of type %s is answered %i', async (type, status) => {
    expect((await signedPost(commandBody(), type)).status).toBe(status);
  });

  it('may not be compressed', async () => {
    const raw = commandBody();
    expect(
      (await post(raw, { 'content-type': form, 'content-encoding': 'gzip', ...sign(secret, raw) }))
        .status,
    ).toBe(415);
  });

  it('names what is not ours and is refused', async () => {
    const { fake } = bench;
    const other = encode('command', commandPayload(fake.world, user, '/other', '')).raw;
    expect((await signedPost(other, form)).status).toBe(400);
    expect(await settledAsked()).toBe(0);
  });
});

describe('the handshake', () => {
  const challenge = (value: unknown) =>
    JSON.stringify({ type: 'url_verification', token: 'x', challenge: value });

  it('is echoed as text when it is signed and harmless', async () => {
    expect(await signedPost(challenge('abcDEF123'), 'application/json')).toEqual({
      status: 200,
      text: 'abcDEF123',
    });
  });

  it('is refused otherwise', async () => {
    expect((await post(challenge('abc'), { 'content-type': 'application/json' })).status).toBe(401);
    for (const value of ['<script>', '', 'a'.repeat(201), 1, null])
      expect((await signedPost(challenge(value), 'application/json')).status).toBe(400);
  });
});

describe('a large or slow body', () => {
  it('of 150 MB is refused before it is kept', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const before = process.memoryUsage().rss;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        if (sent > 150) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const request: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': form },
      body,
      duplex: 'half',
    };
    const answer = await fetch(`${bench.url}/slack/events`, request);
    expect(answer.status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024);
    expect((await signedPost(commandBody(), form)).status).toBe(200);
  });

  it('that announces too much is refused at once', async () => {
    const head = `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: ${form}\r\ncontent-length: 300000\r\n\r\n`;
    expect(await overSocket(head)).toContain('413');
  });

  it('that never ends is closed', async () => {
    const head = `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: ${form}\r\ncontent-length: 100\r\n\r\n`;
    expect(await overSocket(head, 500)).toContain('408');
  });
});

describe('the process', () => {
  it('outlives everything above when no rejection may go unhandled', async () => {
    const child = spawn(process.execPath, [
      '--unhandled-rejections=strict',
      new URL('./guarded-process.ts', import.meta.url).pathname,
    ]);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});

/** Sends these bytes, then one more now and then, and gives all that comes back until the end. */
async function overSocket(text: string, everyMs: number | null = null): Promise<string> {
  const socket = connect(Number(new URL(bench.url).port), '127.0.0.1');
  socket.write(text);
  const timer = everyMs === null ? null : setInterval(() => socket.write('x'), everyMs);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  if (timer !== null) clearInterval(timer);
  return answer;
}
