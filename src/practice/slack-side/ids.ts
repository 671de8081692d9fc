import { randomBytes } from 'node:crypto';

/** An id in Slack's manner, used once. */
export function newId(prefix: string): string {
  return `${prefix}0${randomBytes(6).toString('hex').toUpperCase().slice(0, 9)}`;
}

/** A message's name: seconds and a counter. Never the same twice, and later ones sort later. */
export function createStamps(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now().getTime() * 1000);
    return `${String(Math.floor(last / 1e6))}.${String(last % 1e6).padStart(6, '0')}`;
  };
}
