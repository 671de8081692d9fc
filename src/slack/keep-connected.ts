import type { SocketModeReceiver } from '@slack/bolt';
import type { SlackLog } from './log.ts';
import { codeOf } from './slack-error.ts';
import { late, within } from './within.ts';

type SocketClient = SocketModeReceiver['client'];

/** Slack says hello within a second or two. */
const helloMs = 15_000;
const goodbyeMs = 2000;
const steadyMs = 5000;
/** After a connection that held, at once: Slack recycles its sockets every few hours. */
const waits = [0, 250, 1000, 2000, 5000, 10_000, 30_000];

/**
 * A connection that is opened again whenever it is lost, until it is stopped. `start` waits for the
 * first try and does not fail: the bot also has Teams and a clock to serve, and the log says what is
 * wrong.
 */
export function keepConnected(
  client: SocketClient,
  log: SlackLog,
): { start(): Promise<void>; stop(): Promise<void> } {
  const stopping = new AbortController();
  return {
    start: async () => {
      await new Promise<void>((resolve) => {
        void keepOpening(client, log, stopping.signal, resolve);
      });
    },
    stop: async () => {
      stopping.abort();
      await within(
        client.disconnect().catch(() => undefined),
        goodbyeMs,
      );
    },
  };
}

async function keepOpening(
  client: SocketClient,
  log: SlackLog,
  stopping: AbortSignal,
  onTried: () => void,
): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    const wasSteady = await holdConnection(client, log, onTried);
    failures = wasSteady ? 0 : failures + 1;
    log({ what: 'socket', code: 'disconnected' });
    await pause(waits[Math.min(failures, waits.length - 1)] ?? 0, stopping);
  }
}

/** One connection, from opening to loss. True when it had been up for a while. */
async function holdConnection(
  client: SocketClient,
  log: SlackLog,
  onTried: () => void,
): Promise<boolean> {
  const isOpen = await open(client, log);
  onTried();
  if (!isOpen) return false;
  const since = performance.now();
  await lost(client);
  return performance.now() - since > steadyMs;
}

async function open(client: SocketClient, log: SlackLog): Promise<boolean> {
  try {
    if ((await within(client.start(), helloMs)) !== late) return true;
    await within(client.disconnect(), goodbyeMs);
  } catch (error) {
    log({ what: 'socket', code: codeOf(error) });
  }
  return false;
}

function lost(client: SocketClient): Promise<void> {
  return new Promise((resolve) => {
    client.once('disconnected', () => {
      resolve();
    });
  });
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stopping.addEventListener('abort', end);
  });
}
