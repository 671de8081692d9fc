import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 256 * 1024;
const MOST_MS = 5_000;

/** `too-large` and `too-slow` are given up before the sender is known, so that nobody can fill the memory. */
export type Body =
  | { type: 'read'; text: string }
  | { type: 'too-large' }
  | { type: 'too-slow' }
  | { type: 'broken' };

/** Reads the raw body, at most 256 KB in at most `mostMs`. */
export function readBody(request: IncomingMessage, mostMs = MOST_MS): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) {
    return Promise.resolve({ type: 'too-large' });
  }
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const end = (body: Body) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onBroken).off('error', onBroken);
      request.pause();
      resolve(body);
    };
    const onData = (part: Buffer) => {
      bytes += part.length;
      if (bytes > MOST_BYTES) end({ type: 'too-large' });
      else parts.push(part);
    };
    const onEnd = () => {
      end({ type: 'read', text: Buffer.concat(parts).toString('utf8') });
    };
    const onBroken = () => {
      end({ type: 'broken' });
    };
    const timer = setTimeout(() => {
      end({ type: 'too-slow' });
    }, mostMs);
    request.on('data', onData).on('end', onEnd).on('close', onBroken).on('error', onBroken);
  });
}
