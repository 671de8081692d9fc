import { request } from 'node:http';

export type Raw = {
  body?: string | Buffer;
  /** A list sends the header several times. */
  headers?: Record<string, string | string[]>;
  /** Sends the body in pieces with this pause between them, and no length. */
  pieces?: { count: number; pauseMs: number };
};

/** Posts as no well-behaved client would. `status` is 0 when the connection was cut without an answer. */
export function post(url: string, { body = '', headers = {}, pieces }: Raw) {
  return new Promise<{ status: number; body: string }>((resolve) => {
    const all = { 'content-type': 'application/json', ...headers };
    const sent = request(url, { method: 'POST', headers: all }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('close', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', () => resolve({ status: 0, body: '' }));
    if (pieces) void drip(sent, body, pieces);
    else sent.end(body);
  });
}

async function drip(
  sent: ReturnType<typeof request>,
  body: string | Buffer,
  { count, pauseMs }: { count: number; pauseMs: number },
) {
  for (let at = 0; at < count && !sent.destroyed; at++) {
    sent.write(body);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  sent.end();
}
