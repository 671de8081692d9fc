import { actOnCase } from '../app/act-on-case.ts';
import { addWords } from '../app/add-words.ts';
import type { Command } from '../domain/commands.ts';
import type { Action } from './action.ts';
import { stillWorriedCard } from './cards/reporter-cards.ts';
import { drawn, type Context } from './context.ts';
import type { Reply } from './interaction.ts';
import { readForm } from './read-form.ts';
import { addAdultScreen, addWordsScreen } from './screens/add-screen.ts';
import { asPart } from '../domain/adult-part.ts';
import { clockTime } from '../domain/deadlines.ts';
import { text } from './say.ts';
import type { Press } from './case-acting.ts';
import { nothingHere } from './walk-reply.ts';

type AddAction = Action & { type: 'add-words' };

/** Adding to one's own concern: the adult question first, then the words. */
export async function addToConcern(
  context: Context,
  action: AddAction,
  press: Press,
): Promise<Reply> {
  switch (action.at) {
    case 'ask':
      return askAboutAdult(context, { ...action, draft: context.chat.app.newId() });
    case 'adult':
      return readAdult(context, action, press);
    case 'words':
      return send(context, action, press);
  }
}

async function askAboutAdult(context: Context, action: AddAction): Promise<Reply> {
  const screen = await drawn(context, null, 'form', (mint) =>
    addAdultScreen(context.school, action, mint),
  );
  return { type: 'screen', screen };
}

/** The answer travels in the meaning of the next form, so that the words can never go without it. */
async function readAdult(context: Context, action: AddAction, press: Press): Promise<Reply> {
  const { fields } = await drawn(context, null, 'form', (mint) =>
    addAdultScreen(context.school, action, mint),
  );
  const form = readForm(fields, press.values);
  if (!form.ok)
    return { type: 'problem', message: 'Please look at the marked boxes.', fields: form.fields };
  const { text } = form.read;
  const part = text('adult') === 'no' ? null : asPart(text('adult'));
  const adult = part === null ? null : { part, subject: text('subject') || null };
  const screen = await drawn(context, null, 'form', (mint) =>
    addWordsScreen({ ...action, adult }, goesTo(part), mint),
  );
  return { type: 'screen', screen };
}

function goesTo(part: 'done-by' | 'done-to' | 'not-sure' | null): string {
  return part === null || part === 'done-to'
    ? 'This is added to your concern, for the people who have it.'
    : 'Because it is about an adult here, all of it goes to the headteacher or the chair, and no longer to the safeguarding team.';
}

async function send(context: Context, action: AddAction, press: Press): Promise<Reply> {
  const { fields } = await drawn(context, null, 'form', (mint) => addWordsScreen(action, '', mint));
  const form = readForm(fields, press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not sent yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  const words = Object.fromEntries(
    (['said', 'thoughts'] as const)
      .map((field) => [field, form.read.text(field)] as const)
      .filter(([, value]) => value !== ''),
  );
  const { chat, actor } = context;
  const added = await addWords(
    chat.app,
    actor,
    action.case,
    press.handle,
    words,
    adultOf(action.adult),
  );
  if (!added.ok) return nothingHere(press.surface);
  const before = added.events.length === 0;
  const said = before
    ? 'This was added before, as you sent it first. To add more, please choose “Add something” again.'
    : `Added at ${clockTime(context.now.toISOString())}. Thank you.`;
  return { type: 'finished', card: { kind: 'added', summary: 'Added.', elements: [text(said)] } };
}

function adultOf(adult: AddAction['adult']): (Command & { type: 'add-words' })['adult'] {
  if (adult === null) return null;
  const { part, subject } = adult;
  return { about: ['adult-here'], part, subjects: subject === null ? [] : [subject] };
}

/** "I am still worried": the people who have it are told; nobody is asked to wait. Source: scenario S47. */
export async function stillWorried(
  context: Context,
  { case: caseId }: Action & { type: 'still-worried' },
  press: Press,
): Promise<Reply> {
  const nonce = `${press.handle}:${context.now.toISOString().slice(0, 16)}`;
  const acted = await actOnCase(
    context.chat.app,
    context.actor,
    caseId,
    { type: 'repeat-worry', seen: null },
    { nonce },
  );
  if (!acted.ok) return nothingHere(press.surface);
  const { reference, lane } = acted.state;
  return { type: 'message', card: stillWorriedCard(reference, context.school, lane) };
}
