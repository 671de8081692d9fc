import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * How long `npm start` takes until the page answers: with no data directory (the limit is 20 s) and with one
 * (5 s). The first start is the baseline of the second. `node bench/start-up.ts`
 */

const port = await freePort();
const dataDirectory = mkdtempSync(join(tmpdir(), 'start-up-'));
const environment = { PORT: String(port), DATA_DIRECTORY: join(dataDirectory, 'data') };

try {
  const first = await start();
  const second = await start();
  console.log(`with a new database   ${seconds(first)} (limit 20 s)`);
  console.log(`with its database     ${seconds(second)} (limit 5 s)`);
  console.log(`ratio                 ${(second / first).toFixed(2)}`);
} finally {
  rmSync(dataDirectory, { recursive: true, force: true });
}

/** Milliseconds from `npm start` until the page is served; stops it again. */
async function start(): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await answers())) {
    if (child.exitCode !== null || performance.now() - began > 120_000)
      throw new Error('It did not start.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const took = performance.now() - began;
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await ended;
  while (await answers()) await new Promise((resolve) => setTimeout(resolve, 50));
  return took;
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${String(port)}/`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
