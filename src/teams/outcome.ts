import { z } from 'zod';
import type { RefusedReason, Sent } from '../chat/interaction.ts';
import { NotCalled } from './connector.ts';

/** What was asked of Teams: it decides what "not found" means. */
export type Call = 'open-chat' | 'post-to-person' | 'post-to-channel' | 'update';

const SOON_MS = 5_000;
const LEAST_WAIT_MS = 1_000;
const MOST_WAIT_MS = 300_000;

const failure = z.object({
  code: z.string().optional(),
  statusCode: z.number().optional(),
  details: z.unknown().optional(),
  response: z.object({ headers: z.object({ get: z.function() }) }).optional(),
});

/**
 * What became of a call that failed. When Teams may have shown the message all the same, it is unclear;
 * when it certainly has not, it says why or when to try again. Never throws.
 */
export function outcomeOf(error: unknown, call: Call, now: Date): Sent {
  if (error instanceof NotCalled) return notCalled(error);
  const { code, statusCode, details } = failure.safeParse(error).data ?? {};
  if (statusCode === undefined) return neverArrived(code, call);
  if (statusCode === 429) return { type: 'later', waitMs: waitOf(retryAfter(error), now) };
  const reason = refusal(statusCode, codesIn(details), call);
  if (reason !== null) return { type: 'refused', reason };
  return unclear(call);
}

function notCalled({ why }: NotCalled): Sent {
  switch (why) {
    case 'unreachable':
      return { type: 'later', waitMs: SOON_MS };
    case 'credentials':
      return { type: 'refused', reason: 'credentials' };
    case 'not-teams':
      return { type: 'refused', reason: 'no-such-place' };
  }
}

/** A connection that was never made carried nothing; any other broken one may have. */
function neverArrived(code: string | undefined, call: Call): Sent {
  const unmade = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  return unmade.includes(code ?? '') ? { type: 'later', waitMs: SOON_MS } : unclear(call);
}

/** Opening a chat shows nothing, so that it may simply be tried again. */
function unclear(call: Call): Sent {
  return call === 'open-chat' ? { type: 'later', waitMs: SOON_MS } : { type: 'unclear' };
}

/** Null for what may pass: 412, 5xx and everything that is no plain refusal. */
function refusal(status: number, codes: ReadonlySet<string>, call: Call): RefusedReason | null {
  if (status === 401) return 'credentials';
  if (status === 403) return forbidden(codes, call);
  if (status === 404) return NOT_FOUND[call];
  if (status === 400 && call === 'open-chat') return 'no-such-person';
  return status === 400 || status === 413 ? 'message-not-accepted' : null;
}

const NOT_FOUND: Record<Call, RefusedReason> = {
  'open-chat': 'no-such-person',
  'post-to-person': 'no-such-place',
  'post-to-channel': 'no-such-place',
  update: 'message-gone',
};

const BLOCKED = ['MessageWritesBlocked', 'ConversationBlockedByUser', 'BotDisabledByAdmin'];

function forbidden(codes: ReadonlySet<string>, call: Call): RefusedReason {
  if (BLOCKED.some((code) => codes.has(code))) return 'blocked';
  return call === 'post-to-channel' ? 'not-a-member' : 'not-installed';
}

/** Teams nests its codes in several ways: `error.code`, `subCode`, `innerHttpError`. */
function codesIn(details: unknown): Set<string> {
  const codes = new Set<string>();
  const look = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 4) return;
    for (const [key, inner] of Object.entries(value)) {
      if (/code$/i.test(key) && typeof inner === 'string') codes.add(inner);
      else look(inner, depth + 1);
    }
  };
  look(details, 0);
  return codes;
}

function retryAfter(error: unknown): string | undefined {
  const { response } = error as {
    response?: { headers: { get(name: string): string | undefined } };
  };
  return response?.headers.get('retry-after');
}

/** Seconds or a date, kept between one second and five minutes; missing or senseless means soon. */
function waitOf(header: string | undefined, now: Date): number {
  if (header === undefined) return SOON_MS;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
  if (Number.isNaN(wait)) return SOON_MS;
  return Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait));
}
