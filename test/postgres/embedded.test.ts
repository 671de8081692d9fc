import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/postgres/embedded.ts';
import { makeFolder, withClient } from '../support/postgres-setup.ts';

const folder = makeFolder('concern-embedded-');
const running: EmbeddedPostgres[] = [];
afterAll(async () => {
  for (const one of running) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (more: { port?: number; onProgress?: (says: string) => void } = {}) => {
  const server = await startEmbeddedPostgres({ folder, settings: ['fsync = off'], ...more });
  running.push(server);
  return server;
};
const ask = (server: EmbeddedPostgres, sql: string) =>
  withClient(server.url, async (client) => (await client.query<{ value: unknown }>(sql)).rows[0]);
const pidFile = join(folder, 'postgres', 'postmaster.pid');
const postmaster = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);

describe('the built-in database', () => {
  test('is made once, says so, and keeps what it holds', async () => {
    const said: string[] = [];
    const onProgress = (says: string) => said.push(says);
    const first = await start({ onProgress });
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS value');
    await first.stop();
    const second = await start({ onProgress });
    expect(await ask(second, 'SELECT value FROM kept')).toEqual({ value: 42 });
    expect(said).toHaveLength(1);
    await second.stop();
  });

  test('can only be reached from this machine, with its password', async () => {
    const server = await start();
    expect(await ask(server, 'SHOW listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' });
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(withClient(wrong.toString(), () => Promise.resolve())).rejects.toMatchObject({
      code: '28P01',
    });
    await server.stop();
  });

  test('that outlived its killed process is taken over and can be stopped', async () => {
    const script = `
      const { startEmbeddedPostgres } = await import('${join(import.meta.dirname, '../../src/postgres/embedded.ts')}');
      await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} });
      console.log('up');
      setInterval(() => 0, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(child.stdout, 'data');
    const pid = postmaster();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start();
    expect(postmaster()).toBe(pid);
    expect(await ask(server, 'SELECT value FROM kept')).toEqual({ value: 42 });
    await server.stop();
    expect(() => postmaster()).toThrow();
  });

  test('starts although a pid file of a dead or a foreign process lies about', async () => {
    for (const pid of [999_999_999, process.pid]) {
      writeFileSync(pidFile, `${String(pid)}\n${folder}\n0\n1\n\n127.0.0.1\n`);
      const server = await start();
      expect(await ask(server, 'SELECT 1 AS value')).toEqual({ value: 1 });
      await server.stop();
    }
  });

  test('is shared by a second process of the same folder, and stays when that one stops', async () => {
    const owner = await start();
    writeFileSync(join(folder, 'postgres-owner'), String(process.ppid));
    const guest = await start();
    await guest.stop();
    expect(await ask(owner, 'SELECT 1 AS value')).toEqual({ value: 1 });
    await owner.stop();
  });

  test('is thrown away whole, also while it runs', async () => {
    const aside = makeFolder('concern-embedded-');
    const server = await startEmbeddedPostgres({ folder: aside });
    await ask(server, 'CREATE TABLE gone AS SELECT 1 AS value');
    await removeEmbeddedPostgres(aside);
    expect(readdirSync(aside)).toEqual([]);
    await removeEmbeddedPostgres(aside);
    rmSync(aside, { recursive: true });
  });

  test('says in one sentence that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const starting = startEmbeddedPostgres({ folder, port });
    await expect(starting).rejects.toMatchObject({
      code: 'port-taken',
      message: `Port ${String(port)} on this machine is taken by another program.`,
    });
    other.close();
  });

  test('says in one sentence that its folder cannot be written to', async () => {
    const starting = startEmbeddedPostgres({ folder: '/dev/null/.data' });
    await expect(starting).rejects.toMatchObject({
      code: 'read-only-folder',
      message: expect.stringMatching(/^The built-in database keeps its data in .*\.$/) as string,
    });
  });
});
