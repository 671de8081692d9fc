import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

/** The superuser's URL of a cluster on this machine. */
export function urlFor(port: number, password: string): string {
  return `postgresql://postgres:${encodeURIComponent(password.trim())}@127.0.0.1:${String(port)}/postgres`;
}

/** What a Postgres says of itself in its data folder; null when it was stopped properly. */
export function readPidFile(data: string): { pid: number; port: number } | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  return Number.isInteger(pid) && Number.isInteger(port)
    ? { pid: pid ?? 0, port: port ?? 0 }
    : null;
}

/** Whether a process has this number, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the server behind the URL answers and serves exactly this folder. */
export async function clusterIsOurs(url: string, data: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    return rows[0] !== undefined && realpathSync(rows[0].folder) === realpathSync(data);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A port that nothing listens on just now, on loopback. */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') settle(address.port);
        else fail(new Error('no free port'));
      });
    });
  });
}
