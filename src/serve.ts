import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { StartError, type Running } from './start.ts';

type Served = Pick<Running, 'app' | 'closing' | 'stop'>;

/** How long answers that are under way may take when the process is told to stop. Source: assurance.md R24. */
const graceMs = 10_000;

/**
 * Listens, and stops on SIGTERM or Ctrl-C: takes no more, finishes what is under way, exits. A second signal
 * does not wait. Throws `StartError`.
 */
export async function serve(
  running: Served,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const server = createServer(running.app);
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(listenTrouble(error, port));
  }
  stopOnSignal(server, running);
  return server;
}

function listenTrouble(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return `Port ${String(port)} is taken by another program. Set PORT to a free one, for example PORT=3979.`;
  if (code === 'EACCES')
    return `Port ${String(port)} needs rights that this program does not have. Set PORT to one above 1024.`;
  return `Port ${String(port)} cannot be listened on (${String(code)}).`;
}

function stopOnSignal(server: Server, running: Served): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    running.closing?.();
    // Who has been promised an answer gets it before the database is let go of.
    closed(server)
      .then(() => running.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function closed(server: Server): Promise<void> {
  const tidy = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(tidy);
  clearTimeout(late);
}
