import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/*
 * `node prisma/generate.ts`: makes src/postgres/generated when schema.prisma or Prisma's version changed,
 * and does nothing otherwise, so that every npm script may begin with it. Downloads nothing: Prisma wants
 * an engine that generating does not use, and is shown an existing file in its place.
 */

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const output = join(root, 'src', 'postgres', 'generated');
const stamp = join(output, '.made-from');
const lock = join(root, 'src', 'postgres', '.generating');
const require = createRequire(import.meta.url);

if (!isFresh()) await withLock(() => (isFresh() ? undefined : generate()));

function fingerprint(): string {
  const version = readFileSync(require.resolve('prisma/package.json'), 'utf8');
  const schema = readFileSync(join(here, 'schema.prisma'));
  return createHash('sha256').update(version).update(schema).digest('hex');
}

function isFresh(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Two scripts started at once must not write into each other's folder; a lock of a killed one is ignored. */
async function withLock(work: () => void): Promise<void> {
  for (let attempt = 0; attempt < 300 && !taken(); attempt += 1) await wait(100);
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
}

function taken(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (age > 60_000) rmdirSync(lock);
    return false;
  }
}

function generate(): void {
  const prisma = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
  const made = spawnSync(
    process.execPath,
    [prisma, 'generate', '--schema', join(here, 'schema.prisma')],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (made.status !== 0) {
    process.stderr.write(`${made.stdout}${made.stderr}`);
    process.exit(1);
  }
  writeFileSync(stamp, fingerprint());
}
