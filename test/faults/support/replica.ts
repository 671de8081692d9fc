// A wrong clock must be wrong before anything reads it.
import './wrong-clock.ts';
import type { AddressInfo } from 'node:net';
import { createBot, type BotOptions } from '../../../src/bot.ts';
import { createLog } from '../../../src/log.ts';
import { loadPolicies } from '../../../src/policies/load-policies.ts';
import { serve } from '../../../src/serve.ts';

/*
 * One replica as a process of its own: the bot as production puts it together, with the stand-ins for the
 * platforms. `node replica.ts`, settings as JSON in REPLICA. Says `ready <port>` when it serves.
 */

export type ReplicaSettings = Pick<
  BotOptions,
  'databaseUrl' | 'keyEncryptionKey' | 'teams' | 'slack' | 'budget'
>;

// Nobody is left to end it when whoever started it has gone.
const starter = process.ppid;
setInterval(() => {
  if (process.ppid !== starter) process.kill(process.pid, 'SIGKILL');
}, 1000).unref();

const settings = JSON.parse(process.env['REPLICA'] ?? '{}') as ReplicaSettings;
const bot = createBot({ ...settings, policies: loadPolicies(), log: createLog('info') });
await bot.start();
const server = await serve(bot, { port: 0, host: '127.0.0.1' });
process.stdout.write(`ready ${String((server.address() as AddressInfo).port)}\n`);
