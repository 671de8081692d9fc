import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareJobs } from '../../../src/jobs/prepare-jobs.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/postgres/embedded.ts';
import { prepareDatabase } from '../../../src/postgres/migrate.ts';
import { makeFolder } from '../../support/postgres-setup.ts';
import type { Place } from './site.ts';

/** A Postgres of a test's own, to be stopped, frozen and filled up. */
export type Server = {
  place: Place;
  /** As when the machine loses its power: nothing is written down any more. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Every process of it stands still. */
  freeze(): () => void;
  /** Takes all the room that is left. Null where the disk is not one of its own. */
  fill: (() => { free(): void }) | null;
  remove(): Promise<void>;
};

/** Room for a small database and its log, and little more. */
const disk = 'size=220m,mode=0755';

export async function startServer(): Promise<Server> {
  const folder = makeFolder('concern-faulty-');
  const ownDisk = mounted(folder);
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ folder, settings });
  const { port } = new URL(server.url);
  const { url } = await prepareDatabase({ url: server.url, secret: 'test', also: prepareJobs });
  const start = async () => {
    server = await startEmbeddedPostgres({ folder, port: Number(port), settings });
  };
  return {
    place: { url, ownerUrl: server.url },
    crash: async () => {
      const [main] = processesIn(folder);
      signal(main ?? 0, 'SIGQUIT');
      while (isThere(main ?? 0)) await new Promise((wake) => setTimeout(wake, 20));
    },
    start,
    freeze: () => {
      const stopped = processesIn(folder);
      for (const pid of stopped) signal(pid, 'SIGSTOP');
      return () => {
        for (const pid of stopped) signal(pid, 'SIGCONT');
      };
    },
    fill: ownDisk ? () => fill(folder) : null,
    remove: async () => {
      await server.stop();
      if (ownDisk) execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const settings = ['max_wal_size = 64MB', 'min_wal_size = 32MB', 'max_connections = 200'];

/** A small disk of its own, where this user may have one. */
function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', disk, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function fill(folder: string): { free(): void } {
  const file = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - 8192)));
  return {
    free: () => {
      rmSync(file);
    },
  };
}

/** The server and everything that it has forked. */
function processesIn(folder: string): number[] {
  const file = join(folder, 'postgres', 'postmaster.pid');
  const main = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const children = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && parentOf(name) === String(main),
  );
  return [main, ...children.map(Number)];
}

function parentOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
  } catch {
    return undefined;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return parentOf(String(pid)) !== undefined;
  } catch {
    return false;
  }
}

/** A connection's process may have ended by itself meanwhile. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    return;
  }
}
