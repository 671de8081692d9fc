import type { Task } from '../domain/case.ts';
import { may } from '../domain/permissions.ts';
import type { Actor, Deps } from './deps.ts';
import { viewOf, type CaseView } from './view-case.ts';

/**
 * Whether a task that was given may be done now. A step can lock or go away after IT was asked, and a case can
 * close: IT must then not act on what it was once told.
 */
export function taskStands(
  { state, walk }: Pick<CaseView, 'state' | 'walk'>,
  { step, child, state: task }: Task,
): 'due' | 'wait' | 'over' {
  const place = walk.steps.find((one) => one.step.ref === step && one.child === child);
  if (task !== 'given' || state.closedAt !== null || place === undefined) return 'over';
  if (place.state === 'locked') return 'wait';
  return place.state === 'open' ? 'due' : 'over';
}

/**
 * A task for the person it was given to. IT is no reader of the case, so this is drawn on the product's
 * behalf and hands out the task alone; the reading is in the record.
 */
export async function viewTask(
  deps: Deps,
  actor: Actor,
  caseId: string,
  taskId: string,
): Promise<{ view: CaseView; task: Task } | null> {
  return deps.store.run({ school: actor.school, as: 'product' }, async (tx) => {
    const view = await viewOf(tx, deps, caseId);
    if (view === null || !may('see-task', actor.person, view.state, view.school.people))
      return null;
    const task = view.state.tasks.find(
      (candidate) => candidate.task === taskId && candidate.to === actor.person,
    );
    if (task === undefined || taskStands(view, task) !== 'due') return null;
    await tx.note(caseId, { type: 'viewed', what: 'task' }, actor.person, view.now);
    return { view, task };
  });
}
