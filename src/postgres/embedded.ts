import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findBinaries } from './embedded-binaries.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { giveTo, placeFor, type Place } from './embedded-place.ts';
import { clusterIsOurs, freePort, isAlive, readPidFile, urlFor } from './embedded-probe.ts';

export { EmbeddedPostgresError } from './embedded-error.ts';

export type EmbeddedOptions = {
  /** Where data and password live, for instance `.data`. Made if missing. */
  folder: string;
  /** A fixed port; any free one when absent. Loopback only, always. */
  port?: number;
  /** Told in a sentence what takes a while. */
  onProgress?: (says: string) => void;
  /** Lines for postgresql.conf, only read when the cluster is made. */
  settings?: string[];
};

/** A running Postgres. `url` is its superuser's, database `postgres`; `stop` leaves it alone when another process owns it. */
export type EmbeddedPostgres = { url: string; stop(): Promise<void> };

/**
 * Starts the real Postgres that came with `npm ci`, making its cluster the first time. One that outlived
 * a killed process is taken over. Needs no install script and works as root. Throws `EmbeddedPostgresError`.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = placeFor(options.folder, findBinaries());
  const files = filesOf(place);
  await ensureCluster(place, options);
  const running = await runningPort(place);
  const port = running ?? (await startServer(place, options));
  const owned = claim(files.owner);
  return {
    url: urlFor(port, readFileSync(files.password, 'utf8')),
    stop: async () => {
      if (!owned) return;
      rmSync(files.owner, { force: true });
      await run(place, 'pgCtl', ['-D', files.data, 'stop', '-m', 'fast', '-w']);
    },
  };
}

/** Stops the cluster of a folder if it runs, and throws away everything that it holds. */
export async function removeEmbeddedPostgres(folder: string): Promise<void> {
  const place = placeFor(folder, findBinaries());
  const files = filesOf(place);
  if (existsSync(files.data) && (await runningPort(place)) !== null)
    await run(place, 'pgCtl', ['-D', files.data, 'stop', '-m', 'fast', '-w']);
  for (const path of Object.values(files)) rmSync(path, { recursive: true, force: true });
}

function filesOf({ folder }: Place) {
  const data = join(folder, 'postgres');
  return {
    data,
    making: join(folder, 'postgres.making'),
    password: join(folder, 'postgres-password'),
    owner: join(folder, 'postgres-owner'),
    log: join(data, 'server.log'),
  };
}

/** A half-made cluster is thrown away: the folder gets its name only when it is whole. */
async function ensureCluster(place: Place, options: EmbeddedOptions): Promise<void> {
  const { data, making, password } = filesOf(place);
  if (existsSync(data)) return;
  options.onProgress?.('Making the built-in database. This happens once and takes a few seconds.');
  try {
    rmSync(making, { recursive: true, force: true });
    writeFileSync(password, randomBytes(24).toString('hex'), { mode: 0o600 });
    mkdirSync(making, { mode: 0o700 });
    giveTo(place.runsAs, making);
    giveTo(place.runsAs, password);
  } catch {
    throw new EmbeddedPostgresError(
      'read-only-folder',
      `The built-in database keeps its data in ${place.folder}, which cannot be written to: start from a folder of your own, or set DATABASE_URL.`,
    );
  }
  await initialise(place, making, password);
  appendFileSync(join(making, 'postgresql.conf'), settingsFile(options.settings ?? []));
  renameSync(making, data);
}

async function initialise(place: Place, data: string, password: string): Promise<void> {
  const status = await run(place, 'initdb', [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]);
  if (status !== 0)
    throw new EmbeddedPostgresError(
      'not-started',
      `The built-in database could not be made in ${place.folder}: is the disk full?`,
    );
}

function settingsFile(more: string[]): string {
  return [
    '',
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    'log_min_messages = fatal',
    'log_min_error_statement = panic',
    ...more,
    '',
  ].join('\n');
}

/** The port of a server that already runs on this cluster. A pid file that a killed one left is removed. */
async function runningPort(place: Place): Promise<number | null> {
  const { data, password } = filesOf(place);
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const found = readPidFile(data);
    if (found === null || !isAlive(found.pid)) break;
    const url = urlFor(found.port, readFileSync(password, 'utf8'));
    if (await clusterIsOurs(url, data)) return found.port;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  rmSync(join(data, 'postmaster.pid'), { force: true });
  return null;
}

async function startServer(place: Place, options: EmbeddedOptions): Promise<number> {
  const { data, log } = filesOf(place);
  const port = options.port ?? (await freePort());
  rmSync(log, { force: true });
  const flags = `-p ${String(port)}`;
  const status = await run(place, 'pgCtl', [
    ...['-D', data, '-l', log, '-w', '-t', '30', '-s', '-o', flags, 'start'],
  ]);
  if (status === 0) return port;
  throw whyNot(existsSync(log) ? readFileSync(log, 'utf8') : '', port, place.folder);
}

function whyNot(log: string, port: number, folder: string): EmbeddedPostgresError {
  if (/could not (bind|create any)|already in use/i.test(log))
    return new EmbeddedPostgresError(
      'port-taken',
      `Port ${String(port)} on this machine is taken by another program.`,
    );
  return new EmbeddedPostgresError(
    'not-started',
    `The built-in database did not start; its own words are in ${join(folder, 'postgres', 'server.log')}.`,
  );
}

/** True when the server is ours to stop: nobody alive has said so before us. */
function claim(file: string): boolean {
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (before > 0 && before !== process.pid && isAlive(before)) return false;
  writeFileSync(file, String(process.pid));
  return true;
}

/** Waits for `exit` and not for `close`: the server that pg_ctl leaves behind inherits its pipes. */
function run(place: Place, program: 'initdb' | 'pgCtl', args: string[]): Promise<number | null> {
  const child = spawn(place.binaries[program], args, {
    cwd: place.folder,
    stdio: 'ignore',
    env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
    windowsHide: true,
    ...place.runsAs,
  });
  return new Promise((settle) => {
    child.once('error', () => {
      settle(null);
    });
    child.once('exit', settle);
  });
}
