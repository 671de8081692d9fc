import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ack } from './incoming.ts';

/** How long the rest of a refused body is swallowed, so that the sender can read why it was refused. */
const drainMs = 1000;

/** Answers with a status and perhaps a word. A body that was not read to the end closes the connection. */
export function replyWith(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  const body = Buffer.from(text);
  const whole = request.complete;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    ...(whole ? {} : { connection: 'close' }),
  });
  response.end(body);
  if (!whole) closeAfterDraining(request);
}

function closeAfterDraining(request: IncomingMessage): void {
  request.resume();
  const timer = setTimeout(() => request.destroy(), drainMs);
  request.once('close', () => {
    clearTimeout(timer);
  });
}

/** Slack's acknowledgement over HTTP: the response itself, given once. */
export function createHttpAck(response: ServerResponse): Ack & { given: () => boolean } {
  let given = false;
  const ack: Ack = (body) => {
    if (given) return Promise.resolve();
    given = true;
    const json = body === undefined ? '' : JSON.stringify(body);
    const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(200, { ...type, 'content-length': Buffer.byteLength(json) });
    response.end(json);
    return Promise.resolve();
  };
  return Object.assign(ack, { given: () => given });
}
