import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far Slack's clock and ours may differ, either way. */
export const skewSeconds = 300;

/** The two headers as they came; a repeated header is joined with a comma and so matches nothing. */
export type Signed = { timestamp: string | undefined; signature: string | undefined };

/** Whether these very bytes were signed with the secret, now. Slack's scheme v0. */
export function isSigned(
  secret: string,
  raw: Buffer,
  { timestamp, signature }: Signed,
  now: Date,
): boolean {
  if (timestamp === undefined || !/^\d{10}$/.test(timestamp)) return false;
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > skewSeconds) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(raw).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'));
}
