import { actOnCase } from '../app/act-on-case.ts';
import { giveTask } from '../app/give-task.ts';
import { viewTask } from '../app/view-task.ts';
import { viewWalk } from '../app/view-case.ts';
import { audienceOfCase } from '../domain/case.ts';
import { dayAndTime } from '../domain/deadlines.ts';
import { isDoable, type DoableStep, type Policy } from '../domain/procedure.ts';
import { withRole } from '../domain/people.ts';
import type { Action } from './action.ts';
import { drawn, type Context } from './context.ts';
import type { Screen } from './elements.ts';
import { choiceField, longField, readRecord } from './fields.ts';
import type { Reply } from './interaction.ts';
import type { Mint } from './mint.ts';
import { readForm } from './read-form.ts';
import { explain } from './refusals.ts';
import { text } from './say.ts';
import { taskFields, taskScreen } from './screens/task-screen.ts';
import type { Press } from './case-acting.ts';
import { nothingHere, replyWithWalk } from './walk-reply.ts';
import type { CaseView } from '../app/view-case.ts';

type GiveAction = Action & { type: 'give-task' };

/** The holder gives a step to IT: whom, and what they need to know without any name. */
export async function giveToIt(context: Context, action: GiveAction, press: Press): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, action.case);
  if (view === null) return nothingHere(press.surface);
  if (action.to === null)
    return {
      type: 'screen',
      screen: await drawn(context, view.state.version, 'card', (mint) =>
        giveScreen(view, action, mint),
      ),
    };
  const { fields } = await drawn(context, view.state.version, 'card', (mint) =>
    giveScreen(view, action, mint),
  );
  const form = readForm(fields, press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not sent yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  const given = await giveTask(
    context.chat.app,
    context.actor,
    action,
    form.read.text('to'),
    form.read.text('details'),
    press.handle,
  );
  if (given.type === 'names-a-child')
    return {
      type: 'problem',
      message: 'A name from the case stands in it.',
      fields: { details: 'Please leave names out. IT does not need them.' },
    };
  const said =
    given.type === 'given'
      ? `Sent to IT as task ${given.task}, without a name.`
      : explain(given.refusal, context.school.people);
  return replyWithWalk(context, action.case, 'screen', said);
}

function giveScreen(view: CaseView, action: GiveAction, mint: Mint): Screen {
  const step = view.policy.steps.get(action.step);
  const words = step !== undefined && isDoable(step) ? (step.task ?? step.do) : '';
  const { excluded } = audienceOfCase(view.state, view.school.people);
  const people = withRole(view.school.people, 'it')
    .filter(({ id }) => !excluded.includes(id))
    .map(({ id, name }) => ({ id, label: name }));
  return {
    title: 'Give it to IT',
    elements: [text('They will read:'), text(words, 'strong')],
    fields: [
      choiceField(
        { id: 'to', label: 'Who does it?', required: true },
        people,
        people.length === 1 ? (people[0]?.id ?? null) : null,
      ),
      longField(
        {
          id: 'details',
          label: 'What they need to know',
          help: 'Device number and time, for example. No names.',
        },
        step !== undefined && isDoable(step) ? knownDetails(view, step) : null,
      ),
    ],
    submit: { label: 'Send', handle: mint.handle({ ...action, to: 'chosen' }) },
    buttons: [mint.button('Back', { type: 'show-walk', case: action.case })],
  };
}

/** What the step says that IT needs, as far as it was written down, so that nobody types it twice. */
function knownDetails({ state, policy }: CaseView, step: DoableStep): string | null {
  const found = (step.task_shows ?? []).flatMap((wanted) => {
    const [from = '', field = ''] = wanted.split('.');
    const value = state.answers.findLast((answer) => answer.step === from)?.record[field];
    return value === undefined ? [] : [asRead(policy, from, field, value)];
  });
  return found.length === 0 ? null : found.join(', ');
}

function asRead(policy: Policy, from: string, field: string, value: string): string {
  const step = policy.steps.get(from);
  const fields = step !== undefined && isDoable(step) ? step.record : [];
  return fields.some(({ id, kind }) => id === field && kind === 'moment')
    ? dayAndTime(value)
    : value;
}

type TaskAction = Action & { type: 'open-task' | 'finish-task' | 'decline-task' };

/** IT opens a task: what it needs, and nothing of the case. */
export async function openTask(context: Context, action: TaskAction, press: Press): Promise<Reply> {
  const found = await viewTask(context.chat.app, context.actor, action.case, action.task);
  if (found === null) return nothingHere(press.surface);
  return {
    type: 'screen',
    screen: await drawn(context, found.view.state.version, 'card', (mint) =>
      taskScreen(found.view, found.task, mint),
    ),
  };
}

export async function finishTask(
  context: Context,
  action: TaskAction,
  press: Press,
): Promise<Reply> {
  const found = await viewTask(context.chat.app, context.actor, action.case, action.task);
  const step = found?.view.policy.steps.get(found.task.step);
  if (found === null || step === undefined || !isDoable(step)) return nothingHere(press.surface);
  const form = readForm(taskFields(found.view, found.task), press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not saved yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  const record = readRecord(step.record, form.read);
  const acted = await actOnCase(
    context.chat.app,
    context.actor,
    action.case,
    { type: 'finish-task', seen: null, task: action.task, record },
    { nonce: press.handle },
  );
  if (!acted.ok) return { type: 'problem', message: explain(acted.refusal, []), fields: {} };
  return settled(action);
}

export async function declineTask(
  context: Context,
  action: TaskAction,
  press: Press,
): Promise<Reply> {
  const command = { type: 'decline-task', seen: null, task: action.task, reason: null } as const;
  const acted = await actOnCase(context.chat.app, context.actor, action.case, command);
  if (!acted.ok) return nothingHere(press.surface);
  return settled(action);
}

function settled({ task }: TaskAction): Reply {
  const thanks = text(`Task ${task}: thank you. The person who asked has been told.`);
  return {
    type: 'finished',
    card: { kind: 'task', summary: `Task ${task} is settled.`, elements: [thanks] },
  };
}
