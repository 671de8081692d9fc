import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../src/log.ts';
import { startPractice } from '../../src/start-practice.ts';

export type RealPractice = { url: string; logged: string[]; stop(): Promise<void> };

/** What `npm start` starts, with a database of its own that goes away again. */
export async function startRealPractice(): Promise<RealPractice> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'practice-browser-'));
  const port = await freePort();
  const logged: string[] = [];
  const running = await startPractice(
    { mode: 'practice', host: '127.0.0.1', logLevel: 'info', port, dataDirectory },
    createLog('info', (line) => logged.push(line)),
    () => undefined,
  );
  const server = createServer(running.app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  await running.listening?.();
  return {
    url: `http://127.0.0.1:${String(port)}`,
    logged,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await running.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** The bot has to know its address before it listens. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
