import type { IncomingMessage } from 'node:http';
import type { Standing } from './incoming.ts';
import { readBody } from './read-body.ts';
import { readRequest } from './read-request.ts';
import type { SlackLog } from './log.ts';
import { isSigned, skewSeconds } from './signature.ts';

/**
 * A memory shared by all replicas: true when the key was there already, else keeps it until the given
 * time and says false. One statement, so that of two at once only one hears false.
 */
export type SeenBefore = (key: string, until: Date) => Promise<boolean>;

export type GuardDeps = {
  signingSecret: string;
  seenBefore: SeenBefore;
  now: () => Date;
  log: SlackLog;
};

/** Either a verified body, or what to answer without further ado. */
export type Guarded =
  | { type: 'accepted'; body: object; standing: Promise<Standing> }
  | { type: 'answer'; status: number; text: string };

/** Stands in front of everything that comes over HTTP: nothing is parsed before it is verified. */
export function createGuard(deps: GuardDeps): (request: IncomingMessage) => Promise<Guarded> {
  return async (request) => {
    if (request.headers['content-encoding'] !== undefined) return answer(415);
    const read = await readBody(request);
    switch (read.type) {
      case 'too-large':
        return answer(413);
      case 'too-slow':
        return answer(408);
      case 'broken':
        return answer(400);
      case 'read':
        return judge(deps, request, read.raw);
    }
  };
}

function judge(deps: GuardDeps, { headers }: IncomingMessage, raw: Buffer): Guarded {
  const contentType = headers['content-type'];
  if (isSslCheck(contentType, raw)) return answer(200);
  const signed = {
    timestamp: single(headers['x-slack-request-timestamp']),
    signature: single(headers['x-slack-signature']),
  };
  if (!isSigned(deps.signingSecret, raw, signed, deps.now())) return answer(401);
  const request = readRequest(contentType, raw);
  if (request.type === 'unreadable') return answer(request.status);
  if (request.type === 'challenge') return answer(200, request.text);
  return { type: 'accepted', body: request.body, standing: standingOf(deps, signed) };
}

/** Slack sends this, unsigned, to see whether the certificate is good. It is answered and never parsed. */
function isSslCheck(contentType: string | undefined, raw: Buffer): boolean {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) return false;
  return /(^|&)ssl_check=1(&|$)/.test(raw.toString('latin1'));
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? undefined : header;
}

type Verified = { timestamp: string | undefined; signature: string | undefined };

/** A signature is good for one request. Asked at once and awaited later, since a window opens first. */
function standingOf(deps: GuardDeps, { timestamp, signature }: Verified): Promise<Standing> {
  const until = new Date((Number(timestamp) + skewSeconds + 1) * 1000);
  return standing(deps, `signature ${signature ?? ''}`, until);
}

/** Whether the key is new. A memory that cannot be asked is `unknown`, and nothing is done then. */
export async function standing(
  { seenBefore, log }: Pick<GuardDeps, 'seenBefore' | 'log'>,
  key: string,
  until: Date,
): Promise<Standing> {
  try {
    return (await seenBefore(key, until)) ? 'replayed' : 'new';
  } catch {
    log({ what: 'replay-check', code: 'unavailable' });
    return 'unknown';
  }
}

function answer(status: number, text = ''): Guarded {
  return { type: 'answer', status, text };
}
