import { actOnCase, type Acted } from '../app/act-on-case.ts';
import { viewAgain, viewWalk, type CaseView } from '../app/view-case.ts';
import type { Command } from '../domain/commands.ts';
import { clockTime } from '../domain/deadlines.ts';
import type { WalkStep } from '../domain/walk.ts';
import type { Action, StepHow } from './action.ts';
import { newConcernCard } from './cards/case-cards.ts';
import { drawn, type Context } from './context.ts';
import type { Values } from './elements.ts';
import { fieldsOfStep, readRecord } from './fields.ts';
import type { Place, Reply } from './interaction.ts';
import { readForm, type Read } from './read-form.ts';
import { explain } from './refusals.ts';
import { stepFields, stepScreen } from './screens/step-screen.ts';
import { drawnWalk, nothingHere, replyWithWalk, type Surface } from './walk-reply.ts';

/** A press on something about a case: where it was pressed, and the version that the button was drawn from. */
export type Press = {
  handle: string;
  seen: number | null;
  surface: Surface;
  place: Place;
  values: Values;
};

/** Somebody of the team takes it. In the channel the card says who has it; the walk comes to their own chat. */
export async function claim(context: Context, caseId: string, press: Press): Promise<Reply> {
  const acted = await actOnCase(context.chat.app, context.actor, caseId, {
    type: 'claim',
    seen: null,
  });
  if (!acted.ok && acted.state === null) return nothingHere(press.surface);
  const said = acted.ok
    ? 'You have claimed it. The first step is in your chat with me.'
    : explain(acted.refusal, context.school.people);
  if (press.surface === 'screen')
    return replyWithWalk(context, caseId, 'screen', acted.ok ? 'You have claimed it.' : said);
  const view = await viewAgain(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere(press.surface, said);
  const kind = press.place === 'channel' ? 'new-concern-in-channel' : 'new-concern';
  const card = await drawn(context, view.state.version, 'card', (mint) =>
    newConcernCard(view, mint, kind),
  );
  return { type: 'replace', card, notice: said };
}

/** One tap that answers a question. */
export async function choose(
  context: Context,
  action: Action & { type: 'choose' },
  press: Press,
): Promise<Reply> {
  const { step, child, option } = action;
  const command: Command = {
    ...{ type: 'answer', seen: press.seen, step, child, part: 'step', result: 'chosen' },
    ...{ chosen: [option], record: {}, reason: null },
  };
  return afterwards(
    context,
    action.case,
    press,
    await actOnCase(context.chat.app, context.actor, action.case, command),
  );
}

/** Asks for one step in a dialog. */
export async function askStep(
  context: Context,
  action: Action & { type: 'ask-step' },
  press: Press,
): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, action.case);
  const place = view === null ? undefined : placeOf(view, action);
  if (view === null) return nothingHere(press.surface);
  if (place === undefined)
    return replyWithWalk(context, action.case, 'screen', explain({ type: 'not-offered' }, []));
  const screen = await drawnWalk(context, view, null, (drawing) =>
    stepScreen(drawing, place, action.how),
  );
  return { type: 'screen', screen };
}

function placeOf(
  { walk }: CaseView,
  { step, child }: { step: string; child: string | null },
): WalkStep | undefined {
  return walk.steps.find((place) => place.step.ref === step && place.child === child);
}

/** Records one step. What is missing is said beside its box, and what was typed stays. */
export async function saveStep(
  context: Context,
  action: Action & { type: 'save-step' },
  press: Press,
): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, action.case);
  if (view === null) return nothingHere(press.surface);
  const place = placeOf(view, action);
  if (place === undefined)
    return replyWithWalk(context, action.case, press.surface, explain({ type: 'not-offered' }, []));
  const form = readForm(stepFields(place, action.how), press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not saved yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  const command = answerCommand(place, action.how, form.read, press.seen);
  const acted = await actOnCase(context.chat.app, context.actor, action.case, command, {
    nonce: press.handle,
  });
  const beside = acted.ok ? null : besideTheBoxes(acted);
  if (beside !== null) return beside;
  return afterwards(context, action.case, press, acted);
}

function answerCommand(place: WalkStep, how: StepHow, read: Read, seen: number | null): Command {
  const { step, child } = place;
  const part = how === 'outcome' || how === 'no-outcome' ? 'outcome' : 'step';
  const question = step.kind === 'question';
  const carries = how === 'answer' || how === 'outcome';
  const reason = read.text('reason');
  return {
    ...{ type: 'answer', seen, step: step.ref, child, part },
    result: resultOf(how, question),
    chosen: question && how === 'answer' ? read.list('chosen') : [],
    record: carries ? readRecord(fieldsOfStep(step, part), read) : {},
    reason: reason === '' ? null : reason,
  };
}

function resultOf(how: StepHow, question: boolean): (Command & { type: 'answer' })['result'] {
  switch (how) {
    case 'answer':
      return question ? 'chosen' : 'done';
    case 'outcome':
      return 'done';
    case 'leave':
    case 'no-outcome':
      return 'not-done';
    case 'set-aside':
      return 'not-applicable';
  }
}

/** Refusals that the person can mend without losing what they typed. */
function besideTheBoxes(acted: Acted & { ok: false }): Reply | null {
  const { refusal } = acted;
  if (refusal.type === 'reason-needed')
    return {
      type: 'problem',
      message: explain(refusal, []),
      fields: { reason: explain(refusal, []) },
    };
  if (refusal.type !== 'record-needed') return null;
  const fields = Object.fromEntries(refusal.fields.map((field) => [field, 'Please fill this in.']));
  return { type: 'problem', message: explain(refusal, []), fields };
}

/** After a change, or a refusal: where the case stands now, with one sentence on what happened. */
export async function afterwards(
  context: Context,
  caseId: string,
  press: Press,
  acted: Acted,
): Promise<Reply> {
  if (!acted.ok)
    return replyWithWalk(
      context,
      caseId,
      press.surface,
      explain(acted.refusal, context.school.people, context.actor.person),
    );
  if (acted.events.length === 0)
    return replyWithWalk(context, caseId, press.surface, 'This was saved before. Nothing changed.');
  const moved = acted.events.some(
    ({ type }) => type === 'moved-to-manager' || type === 'released-to-lead',
  );
  const said = moved
    ? 'Saved. It has gone to the right person. It is no longer in your list.'
    : `Saved at ${clockTime(context.now.toISOString())}.`;
  return replyWithWalk(context, caseId, press.surface, said);
}

/** The second person confirms the closing. */
export async function confirmClosing(
  context: Context,
  caseId: string,
  press: Press,
): Promise<Reply> {
  const acted = await actOnCase(context.chat.app, context.actor, caseId, {
    type: 'sign',
    seen: press.seen,
    accept: true,
  });
  return afterwards(context, caseId, press, acted);
}
