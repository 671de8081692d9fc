import { may } from '../domain/permissions.ts';
import { asksForOwnDuty, ownDuty } from '../domain/own-duty.ts';
import { isDoable, type DoableStep } from '../domain/procedure.ts';
import type { Actor, Deps } from './deps.ts';
import { viewOf } from './view-case.ts';

/** The reporter's own duty to tell, and nothing else of the case; null for everybody but its reporter. */
export function viewOwnDuty(
  deps: Deps,
  { school, person }: Actor,
  caseId: string,
): Promise<DoableStep | null> {
  return deps.store.run({ school, as: 'product' }, async (tx) => {
    const view = await viewOf(tx, deps, caseId);
    if (view === null || !may('record-own-duty', person, view.state, view.school.people))
      return null;
    const step = view.policy.steps.get(ownDuty);
    return asksForOwnDuty(view.walk) && step !== undefined && isDoable(step) ? step : null;
  });
}
