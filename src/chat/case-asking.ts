import { actOnCase } from '../app/act-on-case.ts';
import { openChildSide } from '../app/open-child-side.ts';
import { viewWalk, type CaseView } from '../app/view-case.ts';
import type { Command } from '../domain/commands.ts';
import { readReference } from '../domain/reference.ts';
import type { Action, AskedOf } from './action.ts';
import type { Context } from './context.ts';
import { drawn } from './context.ts';
import type { Reply } from './interaction.ts';
import { readForm, type Read } from './read-form.ts';
import { explain } from './refusals.ts';
import { askScreen } from './screens/ask-screen.ts';
import { afterwards, type Press } from './case-acting.ts';
import { nothingHere, replyWithWalk } from './walk-reply.ts';
import { childParts } from '../domain/procedure.ts';

/** Opens one of the short forms about a case. */
export async function ask(
  context: Context,
  { case: caseId, what }: Action & { type: 'ask' },
  press: Press,
): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere(press.surface);
  const screen = await drawn(context, view.state.version, 'card', (mint) =>
    askScreen(view, what, context.actor.person, mint),
  );
  return { type: 'screen', screen };
}

/** Saves one of the short forms. */
export async function save(
  context: Context,
  action: Action & { type: 'save' },
  press: Press,
): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, action.case);
  if (view === null) return nothingHere(press.surface);
  const { fields } = await drawn(context, view.state.version, 'card', (mint) =>
    askScreen(view, action.what, context.actor.person, mint),
  );
  const form = readForm(fields, press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not saved yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  if (action.what === 'child-side') return saveChildSide(context, view, form.read, press);
  if (action.what === 'close' && view.walk.missing.length > 0)
    return ask(context, { type: 'ask', case: action.case, what: 'close' }, press);
  const command = await commandOf(context, action.what, form.read, press);
  if (command === null)
    return {
      type: 'problem',
      message: 'There is no such reference in your list.',
      fields: { reference: 'There is no such reference in your list.' },
    };
  const acted = await actOnCase(context.chat.app, context.actor, action.case, command, {
    nonce: press.handle,
  });
  if (
    !acted.ok &&
    ['reason-needed', 'end-not-available', 'no-second-person', 'still-missing'].includes(
      acted.refusal.type,
    )
  )
    return { type: 'problem', message: explain(acted.refusal, context.school.people), fields: {} };
  return action.what === 'conflict' && acted.ok
    ? nothingHere('screen', 'Thank you. It has been passed on, and it is no longer in your list.')
    : afterwards(context, action.case, { ...press, surface: 'screen' }, acted);
}

async function commandOf(
  context: Context,
  what: Exclude<AskedOf, 'child-side'>,
  read: Read,
  { seen }: Press,
): Promise<Command | null> {
  const { text, list } = read;
  switch (what) {
    case 'note':
      return { type: 'note', seen: null, text: text('text') };
    case 'hand-over':
      return { type: 'hand-over', seen, to: text('to') };
    case 'unclaim':
      return { type: 'unclaim', seen, reason: text('reason') || null };
    case 'conflict':
      return { type: 'declare-conflict', seen: null };
    case 'urgency':
      return { type: 'change-urgency', seen, to: asUrgency(text('to')), reason: text('reason') };
    case 'close':
      return {
        type: 'propose-closing',
        seen,
        end: text('end'),
        summary: text('summary'),
        outcome: text('outcome'),
        reason: text('reason') || null,
      };
    case 'reopen':
      return { type: 'reopen', seen, reason: text('reason') };
    case 'send-back':
      return { type: 'sign', seen, accept: false, reason: text('reason') };
    case 'child':
      return nameChild(context, text, list);
    case 'adult':
      return {
        type: 'name-adult',
        seen: null,
        person: text('person') || null,
        typed: text('typed') || null,
      };
    case 'link':
      return link(context, text);
  }
}

function asUrgency(option: string): 'routine' | 'urgent' | 'emergency' {
  return option === 'emergency' || option === 'urgent' ? option : 'routine';
}

function nameChild({ chat }: Context, text: Read['text'], list: Read['list']): Command {
  const parts = childParts.filter((part) => list('parts').includes(part));
  const child = {
    child: chat.app.newId(),
    name: text('name'),
    year: text('year'),
    parts,
    elsewhere: text('elsewhere') === 'elsewhere',
  };
  return { type: 'name-child', seen: null, child };
}

/** Only a case that the person may open can be linked to; anything else is "no such reference". */
async function link(context: Context, text: Read['text']): Promise<Command | null> {
  const reference = readReference(text('reference'));
  if (reference === null) return null;
  const { actor, chat } = context;
  const to = await chat.app.store.run(
    { school: actor.school, as: 'person', person: actor.person },
    (tx) => tx.caseByReference(reference),
  );
  if (to === null) return null;
  return {
    type: 'link',
    seen: null,
    to,
    as: text('as') === 'duplicate-of' ? 'duplicate-of' : 'related',
  };
}

async function saveChildSide(
  context: Context,
  view: CaseView,
  read: Read,
  press: Press,
): Promise<Reply> {
  const words = { who: read.text('child'), said: read.text('said') };
  const opened = await openChildSide(
    context.chat.app,
    context.actor,
    view.state.id,
    press.handle,
    words,
  );
  if (opened.ok)
    return replyWithWalk(
      context,
      view.state.id,
      'screen',
      `Sent to the safeguarding team as ${opened.reference}. The adult’s name is not in it.`,
    );
  if (opened.why === 'names-the-adult')
    return {
      type: 'problem',
      message: 'The adult’s name stands in what you wrote. Please leave it out.',
      fields: { said: 'Please leave the adult’s name out.' },
    };
  return nothingHere('screen');
}
