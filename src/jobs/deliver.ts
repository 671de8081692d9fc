import type { Announce, Announced, AnnounceFault, Clock, Delivery, Outbox } from '../app/ports.ts';
import { backOff, politeWait } from './back-off.ts';

export type DeliverDeps = {
  outbox: Outbox;
  announce: Announce;
  clock: Clock;
  /** From 0 up to 1. */
  random: () => number;
};

/** `not-now`: somebody else has it, it is settled, or something older to the same person comes first. */
export type Delivered =
  | { type: 'not-now' }
  | { type: 'lost-lease' }
  | { type: 'settled'; as: Announced['type'] }
  | { type: 'again'; as: Announced['type'] | 'fault'; at: string };

/** For how long a row is ours; longer than any attempt may take. Source: assurance.md R22. */
const leaseMs = 22_000;
const attemptMs = 15_000;
/** After a week nobody is helped by the message any more; until then it is never given up for slowness. */
const oldestMs = 7 * 24 * 3_600_000;

/**
 * Tries one delivery once: takes its row for a while, has it drawn and sent, writes what became of it.
 * Throws only when the database is away; then the lease runs out and the sweep finds the row.
 */
export async function deliverOne(deps: DeliverDeps, id: string): Promise<Delivered> {
  const { outbox, clock } = deps;
  const taken = clock().getTime();
  const lease = await outbox.lease(id, iso(taken), iso(taken + leaseMs));
  if (lease === null) return { type: 'not-now' };
  const announced = tooOld(await attempt(deps.announce, lease), lease, taken);
  const now = clock().getTime();
  const retryAt = iso(now + waitAfter(announced, lease, deps.random()));
  const kept = await outbox.settle(lease, announced, iso(now), retryAt);
  if (!kept) return { type: 'lost-lease' };
  return isFinal(announced)
    ? { type: 'settled', as: announced.type }
    : { type: 'again', as: announced.type, at: retryAt };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

async function attempt(announce: Announce, lease: Delivery): Promise<Announced | AnnounceFault> {
  const { promise: late, resolve } = Promise.withResolvers<Announced>();
  const timer = setTimeout(() => {
    resolve({ type: 'unclear' });
  }, attemptMs);
  try {
    return await Promise.race([announce(lease), late]);
  } catch (error) {
    return { type: 'fault', code: codeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Messages of errors can hold anything; a code or a class name cannot. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'fault';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : error.name;
}

type Final = Announced & { type: 'sent' | 'mailed' | 'failed' | 'dropped' };

function isFinal(announced: Announced | AnnounceFault): announced is Final {
  return ['sent', 'mailed', 'failed', 'dropped'].includes(announced.type);
}

function tooOld(
  announced: Announced | AnnounceFault,
  lease: Delivery,
  now: number,
): Announced | AnnounceFault {
  if (isFinal(announced)) return announced;
  const old = now - Date.parse(lease.createdAt) > oldestMs;
  return old ? { type: 'failed', why: 'too-late' } : announced;
}

function waitAfter(announced: Announced | AnnounceFault, lease: Delivery, random: number): number {
  if (announced.type === 'later') return politeWait(announced.waitMs);
  return backOff(lease.attempts, random);
}
