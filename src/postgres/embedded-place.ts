import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { binariesIn, type PostgresBinaries } from './embedded-binaries.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** Whom the database's programs run as; null is whoever we are. */
export type RunsAs = { uid: number; gid: number } | null;

/** Where the cluster lives and what runs it. */
export type Place = { folder: string; binaries: PostgresBinaries; runsAs: RunsAs };

/**
 * Postgres refuses to run as root, so root starts it as `postgres` or `nobody`. Where that user cannot
 * reach our folder (root's home is closed), the programs and the data go to /var/tmp instead.
 * Throws `EmbeddedPostgresError`.
 */
export function placeFor(wanted: string, binaries: PostgresBinaries): Place {
  const folder = resolve(wanted);
  makeFolder(folder);
  const runsAs = unprivilegedUser();
  const here: Place = { folder, binaries, runsAs };
  return runsAs === null || canReach(here) ? here : elsewhere(here);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new EmbeddedPostgresError(
      'read-only-folder',
      `The built-in database keeps its data in ${folder}, which cannot be written to: start from a folder of your own, or set DATABASE_URL.`,
    );
  }
}

function unprivilegedUser(): RunsAs {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedPostgresError(
    'no-user',
    'The built-in database cannot run as root and found no user postgres or nobody: start as another user, or set DATABASE_URL.',
  );
}

function canReach({ folder, binaries, runsAs }: Place): boolean {
  const tried = spawnSync(binaries.postgres, ['--version'], { ...runsAs });
  return tried.status === 0 && (runsAs === null || canEnter(folder, runsAs));
}

function canEnter(folder: string, { uid, gid }: NonNullable<RunsAs>): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  return dirname(folder) === folder || canEnter(dirname(folder), { uid, gid });
}

function elsewhere({ folder, binaries, runsAs }: Place): Place {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const base = `/var/tmp/concern-${name}`;
  mkdirSync(base, { recursive: true, mode: 0o711 });
  const { uid } = lstatSync(base);
  const native = join(base, 'native');
  if (uid === 0 && !existsSync(native)) {
    const copying = join(base, 'native.copying');
    cpSync(binaries.native, copying, { recursive: true, verbatimSymlinks: true });
    renameSync(copying, native);
  }
  const there: Place = { folder: base, binaries: binariesIn(native), runsAs };
  if (uid === 0 && canReach(there)) return there;
  throw new EmbeddedPostgresError(
    'read-only-folder',
    `The built-in database cannot run as root from ${folder}: start as another user, or set DATABASE_URL.`,
  );
}

/** Gives a file or folder to the user who runs the database. */
export function giveTo(runsAs: RunsAs, path: string): void {
  if (runsAs !== null) chownSync(path, runsAs.uid, runsAs.gid);
}
