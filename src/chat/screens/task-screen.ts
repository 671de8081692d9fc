import type { CaseView } from '../../app/view-case.ts';
import { isDoable } from '../../domain/procedure.ts';
import type { Screen } from '../elements.ts';
import { recordInputs } from '../fields.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';
import type { Task } from '../../domain/case.ts';
import type { Field } from '../elements.ts';

/** IT's task with what it needs: the device and the time, never a child's name. */
export function taskScreen(view: CaseView, task: Task, mint: Mint): Screen {
  const step = view.policy.steps.get(task.step);
  const doable = step !== undefined && isDoable(step) ? step : null;
  return {
    title: `Task ${task.task}`,
    elements: [
      heading(`Task ${task.task}`),
      text(doable?.task ?? ''),
      ...(doable === null || doable.never.length === 0
        ? []
        : [{ type: 'never' as const, items: doable.never }]),
      ...(task.details === ''
        ? []
        : [{ type: 'words' as const, label: 'What you need', text: task.details }]),
    ],
    fields: taskFields(view, task),
    submit: {
      label: 'Done',
      handle: mint.handle({ type: 'finish-task', case: view.state.id, task: task.task }),
    },
    buttons: [
      mint.button('I can’t', { type: 'decline-task', case: view.state.id, task: task.task }),
    ],
  };
}

export function taskFields({ policy }: CaseView, task: Task): Field[] {
  const step = policy.steps.get(task.step);
  return step !== undefined && isDoable(step) ? recordInputs(step.record) : [];
}
