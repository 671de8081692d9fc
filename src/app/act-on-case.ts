import type { CaseEvent } from '../domain/case-events.ts';
import type { CaseState } from '../domain/case.ts';
import type { Command, Refusal } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { School } from '../domain/school.ts';
import { switchesOf, type Actor, type Deps } from './deps.ts';
import type { Concern, Tx } from './ports.ts';
import { writeChange } from './write-change.ts';

export type Acted =
  | { ok: true; state: CaseState; events: CaseEvent[] }
  /** `state` null: there is nothing here for this person. */
  | { ok: false; refusal: Refusal; state: CaseState | null };

/**
 * One person does one thing to one case: the case is locked, the rules decide, and what follows is written
 * with it or not at all. Two people at once: one wins, the other is told who. A refused attempt by somebody
 * who has no business with the case is in the audit.
 */
export async function actOnCase(
  deps: Deps,
  actor: Actor,
  caseId: string,
  command: Command,
  also: { nonce?: string; concern?: Concern } = {},
): Promise<Acted> {
  const acted = await deps.store.run({ school: actor.school, as: 'product' }, (tx) =>
    also.nonce === undefined
      ? act(tx, deps, actor.person, caseId, command, also.concern)
      : actOnce(tx, deps, actor.person, caseId, command, {
          nonce: also.nonce,
          concern: also.concern,
        }),
  );
  if (acted.ok && acted.events.length > 0) deps.waker.deliveriesWaiting();
  return acted;
}

/** A repeated submission changes nothing and is answered like the first; a refused one may be corrected. */
async function actOnce(
  tx: Tx,
  deps: Deps,
  actor: string,
  caseId: string,
  command: Command,
  { nonce, concern }: { nonce: string; concern: Concern | undefined },
): Promise<Acted> {
  const results: Acted[] = [];
  await tx.once(nonce, actor, async () => {
    results.push(await act(tx, deps, actor, caseId, command, concern));
    return null;
  });
  const [acted] = results;
  if (acted === undefined) return repeated(tx, caseId);
  if (!acted.ok) await tx.forgetOnce(nonce);
  return acted;
}

async function repeated(tx: Tx, caseId: string): Promise<Acted> {
  const found = await tx.loadCase(caseId);
  return found === null
    ? { ok: false, refusal: { type: 'not-entitled' }, state: null }
    : { ok: true, state: found.state, events: [] };
}

async function act(
  tx: Tx,
  deps: Deps,
  actor: string,
  caseId: string,
  command: Command,
  concern: Concern | undefined,
): Promise<Acted> {
  const before = await tx.loadCase(caseId, { lock: true });
  const at = deps.clock().toISOString();
  if (before === null) return denied(tx, actor, at, null);
  const school = await tx.school();
  const policy = deps.policies.pinned(before.state.policy);
  const decision = decide(
    before.state,
    command,
    settingFor(school, policy, before.state.raisedAt, actor, at),
  );
  if (!decision.ok && decision.refusal.type === 'not-entitled')
    return denied(tx, actor, at, caseId);
  if (!decision.ok) return { ok: false, refusal: decision.refusal, state: before.state };
  if (decision.events.length === 0) return { ok: true, state: before.state, events: [] };
  if (concern !== undefined) await tx.addConcern(concern);
  const change = {
    school,
    policy: policyAfter(deps, decision.events, policy),
    caseId,
    before,
    actor,
    at,
  };
  const state = await writeChange(tx, deps, { ...change, events: decision.events });
  return { ok: true, state, events: decision.events };
}

function settingFor(
  school: School,
  policy: Parameters<typeof switchesOf>[1],
  raisedAt: string,
  actor: string,
  now: string,
) {
  return {
    policy,
    switches: switchesOf(school, policy, raisedAt),
    people: school.people,
    actor,
    now,
  };
}

function policyAfter(
  deps: Deps,
  events: CaseEvent[],
  policy: ReturnType<Deps['policies']['pinned']>,
) {
  const switched = events.find((event) => event.type === 'policy-switched');
  return switched === undefined ? policy : deps.policies.pinned(switched.policy);
}

async function denied(tx: Tx, actor: string, at: string, subject: string | null): Promise<Acted> {
  await tx.audit({ type: 'denied', actor, at, subject });
  return { ok: false, refusal: { type: 'not-entitled' }, state: null };
}
