import type { CaseView } from '../../app/view-case.ts';
import type { Child } from '../../domain/answer.ts';
import type { WalkStep } from '../../domain/walk.ts';

/** How a child is called where names must not stand: `child 1`, in the order in which they were named. */
export function childWord(children: readonly Child[], child: string): string {
  return `child ${String(children.findIndex(({ id }) => id === child) + 1)}`;
}

/** The step's title, with the child it is for. */
export function titleOf(
  { step, child }: Pick<WalkStep, 'step' | 'child'>,
  children: readonly Child[],
): string {
  return child === null ? step.title : `${step.title}: ${childWord(children, child)}`;
}

export function isOpenNow({ state }: WalkStep): boolean {
  return state === 'open';
}

/** The number of the task by which IT is at this step now. */
export function taskWithIt({ state }: CaseView, { step, child }: WalkStep): string | null {
  const task = state.tasks.find(
    (one) => one.step === step.ref && one.child === child && one.state === 'given',
  );
  return task?.task ?? null;
}
