import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/*
 * Stands between a replica and Postgres and understands as much of what passes as is needed to strike at one
 * statement: everything that a replica does to the database passes here, so every statement is a fault point
 * and the product needs to know nothing of it.
 */

export type Statement = {
  /** The SQL, on one line. */
  text: string;
  /** `concern` for the store, `concern-jobs` for the queue. */
  application: string;
  connection: number;
};

/** `before`: the statement never reaches the database. `after`: it does, and nobody hears of it. */
export type Strike = { when: 'before' | 'after'; run: () => void };

export type PgProxy = {
  /** The database as this proxy's clients reach it. */
  url: string;
  /** Asked before every statement. */
  onStatement(ask: ((statement: Statement) => Strike | null) | null): void;
  /** On the connections that there are nothing moves any more, and nobody is told: a firewall forgot them. */
  forget(): void;
  /** The same for new connections too, until `thaw`, after which the old ones go on. */
  freeze(): void;
  thaw(): void;
  /** All connections break at once. */
  cut(): void;
  connections(): number;
  close(): void;
};

type Pair = { client: Socket; server: Socket; application: string; number: number };

export async function startPgProxy(databaseUrl: string): Promise<PgProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<Pair>();
  let ask: ((statement: Statement) => Strike | null) | null = null;
  let frozen = false;
  let last = 0;

  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  };
  const join = (client: Socket) => {
    const server = connect(Number(target.port), target.hostname);
    const pair: Pair = { client, server, application: '', number: ++last };
    pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        end(pair);
      });
    }
    const { number } = pair;
    forward(
      pair,
      (text) => ask?.({ text, application: pair.application, connection: number }) ?? null,
    );
    if (frozen) pause(pair);
  };

  const listener = createServer(join).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.toString(),
    onStatement: (next) => {
      ask = next;
    },
    forget: () => {
      pairs.forEach(pause);
    },
    freeze: () => {
      frozen = true;
      pairs.forEach(pause);
    },
    thaw: () => {
      frozen = false;
      for (const { client, server } of pairs)
        for (const socket of [client, server]) socket.resume();
    },
    cut: () => {
      pairs.forEach(end);
    },
    connections: () => pairs.size,
    close: () => {
      pairs.forEach(end);
      listener.close();
    },
  };
}

/** The connection stays open and nothing moves on it: the peer hears no end. */
function pause({ client, server }: Pair): void {
  client.pause();
  server.pause();
}

function forward(pair: Pair, ask: (text: string) => Strike | null): void {
  const { client, server } = pair;
  let struck: Strike | null = null;
  let waiting = Buffer.alloc(0);
  let begun = false;
  const look = (message: Buffer): Strike | null => {
    if (!begun) pair.application = applicationIn(message);
    const text = begun ? statementIn(message) : null;
    begun = true;
    return text === null ? null : ask(text);
  };
  client.on('data', (chunk) => {
    if (struck !== null) return;
    waiting = Buffer.concat([waiting, chunk]);
    const passed: Buffer[] = [];
    let message = nextMessage(waiting, begun);
    while (message !== null) {
      waiting = waiting.subarray(message.length);
      struck = look(message);
      if (struck?.when === 'before') break;
      passed.push(message);
      message = nextMessage(waiting, begun);
    }
    if (passed.length > 0) server.write(Buffer.concat(passed));
    if (struck?.when === 'before') strike(pair, struck);
    // The rest of the statement, whatever it is, goes with it.
    else if (struck !== null && waiting.length > 0) server.write(waiting);
  });
  server.on('data', (chunk) => {
    if (struck === null) client.write(chunk);
    else strike(pair, struck);
  });
}

function strike({ client, server }: Pair, { run }: Strike): void {
  run();
  client.destroy();
  server.destroy();
}

/** The first message of a connection has no letter. */
function nextMessage(bytes: Buffer, begun: boolean): Buffer | null {
  const head = begun ? 1 : 0;
  if (bytes.length < head + 4) return null;
  const length = head + bytes.readInt32BE(head);
  return bytes.length < length ? null : bytes.subarray(0, length);
}

function applicationIn(startup: Buffer): string {
  const words = startup.subarray(8).toString('utf8').split('\0');
  return words[words.indexOf('application_name') + 1] ?? '';
}

/** The text of a simple query, or of a statement that is being prepared. */
function statementIn(message: Buffer): string | null {
  const kind = String.fromCharCode(message[0] ?? 0);
  if (kind !== 'Q' && kind !== 'P') return null;
  const words = message.subarray(5).toString('utf8').split('\0');
  return (words[kind === 'Q' ? 0 : 1] ?? '').replace(/\s+/g, ' ').trim();
}
