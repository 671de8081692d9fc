import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { config as readDotEnv } from 'dotenv';
import { readConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { startPractice } from './start-practice.ts';
import { startProduction } from './start-production.ts';
import { StartError, type Running } from './start.ts';

/** Reads the environment, starts, and stops on SIGTERM or Ctrl-C. Whatever is wrong is said in one sentence. */
async function main(): Promise<void> {
  readDotEnv({ quiet: true });
  const result = readConfig(process.env);
  if (!result.ok) throw new StartError(result.problems.join('\n'));
  const { config } = result;
  const log = createLog(
    config.mode === 'practice' && config.logLevel === 'info' ? 'warn' : config.logLevel,
  );
  const running =
    config.mode === 'practice'
      ? await startPractice(config, log, say)
      : await startProduction(config, log, say);
  const server = createServer(running.app);
  await listen(server, config);
  await running.listening?.();
  for (const line of running.says) say(line);
  stopOnSignal(server, running);
}

function say(line: string): void {
  console.log(line);
}

async function listen(server: Server, { port, host }: Config): Promise<void> {
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(listenTrouble(error, port));
  }
}

function listenTrouble(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return `Port ${String(port)} is taken by another program. Set PORT to a free one, for example PORT=3979.`;
  if (code === 'EACCES')
    return `Port ${String(port)} needs rights that this program does not have. Set PORT to one above 1024.`;
  return `Port ${String(port)} cannot be listened on (${String(code)}).`;
}

/** Stops accepting, finishes what is under way, exits. A second signal does not wait. */
function stopOnSignal(server: Server, running: Running): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    server.close();
    server.closeIdleConnections();
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

// A fault nobody caught must end the process, without printing what it was about.
process.on('unhandledRejection', () => {
  console.error('An unexpected fault ended the program.');
  process.exit(70);
});

main().catch((error: unknown) => {
  console.error(
    error instanceof StartError
      ? error.message
      : `The program could not start (${error instanceof Error ? error.name : 'unknown'}).`,
  );
  process.exit(1);
});
