import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReplicaSettings } from './replica.ts';

/** How a process ended. */
export type Ended = { code: number | null; signal: NodeJS.Signals | null };

export type Replica = {
  port: number;
  pid: number;
  /** Each line of its log. */
  log: string[];
  isRunning(): boolean;
  /** kill -9: it hears nothing of it. */
  kill(): void;
  /** As when it is told to go. */
  term(): void;
  ended: Promise<Ended>;
};

export type ReplicaOptions = {
  /** How far this machine's clock is from the right time. */
  wrongByMs?: number;
  /** Further arguments for Node. */
  flags?: string[];
};

const script = join(import.meta.dirname, 'replica.ts');
/** Starting is most of what this run waits for. */
const compiled = join(tmpdir(), 'concern-faults-compiled');
const patienceMs = 180_000;

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts a replica and waits until it serves. It goes with this process at the latest: it is killed when this one
 * ends, and ends by itself when it notices that this one has gone.
 */
export async function startReplica(
  settings: ReplicaSettings,
  { wrongByMs = 0, flags = [] }: ReplicaOptions = {},
): Promise<Replica> {
  const child = spawn(process.execPath, [...flags, script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: compiled,
      REPLICA: JSON.stringify(settings),
      WRONG_BY_MS: String(wrongByMs),
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const ended = once(child, 'exit').then(([code, signal]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const log: string[] = [];
  const ready = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const [, port] = /^ready (\d+)$/.exec(line) ?? [];
      if (port === undefined) log.push(line);
      else ready.resolve(Number(port));
    });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const timer = setTimeout(() => ready.reject(new Error('a replica did not start')), patienceMs);
  void ended.then(() => {
    ready.reject(new Error(`a replica ended before it served: ${log.slice(-25).join(' | ')}`));
  });
  const port = await ready.promise.finally(() => {
    clearTimeout(timer);
  });
  return {
    port,
    pid: child.pid ?? 0,
    log,
    isRunning,
    kill: () => child.kill('SIGKILL'),
    term: () => child.kill('SIGTERM'),
    ended,
  };
}
