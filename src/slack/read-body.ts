import type { IncomingMessage } from 'node:http';

export type BodyRead =
  { type: 'read'; raw: Buffer } | { type: 'too-large' } | { type: 'too-slow' } | { type: 'broken' };

export const bodyLimits = { bytes: 256 * 1024, ms: 5000 };

/** The raw bytes, which the signature is over. Keeps no more than the limit, and waits no longer. */
export function readBody(request: IncomingMessage, limits = bodyLimits): Promise<BodyRead> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes)
    return Promise.resolve({ type: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (read: BodyRead) => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      chunks.length = 0;
      resolve(read);
    };
    const timer = setTimeout(() => {
      finish({ type: 'too-slow' });
    }, limits.ms);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes) finish({ type: 'too-large' });
      else chunks.push(chunk);
    });
    request.once('end', () => {
      finish({ type: 'read', raw: Buffer.concat(chunks) });
    });
    request.once('error', () => {
      finish({ type: 'broken' });
    });
    request.once('close', () => {
      finish({ type: 'broken' });
    });
  });
}
