import { actOnCase } from '../app/act-on-case.ts';
import { addWords } from '../app/add-words.ts';
import type { Action } from './action.ts';
import { stillWorriedCard } from './cards/reporter-cards.ts';
import { drawn, type Context } from './context.ts';
import { loadDraft, keepDraft, dropDraft } from './drafts.ts';
import { asksAboutAdult, emptyDraft } from './draft.ts';
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
  const { school } = context;
  const { concern, case: caseId, draft } = action;
  const own = { concern, case: caseId, draft };
  switch (action.at) {
    case 'ask':
      return {
        type: 'screen',
        screen: await drawn(context, null, 'form', (mint) =>
          addAdultScreen(school, { ...own, draft: context.chat.app.newId() }, mint),
        ),
      };
    case 'adult':
      return readAdult(context, own, press);
    case 'words':
      return send(context, own, press);
  }
}

type Own = { concern: string; case: string; draft: string };

async function readAdult(context: Context, own: Own, press: Press): Promise<Reply> {
  const { fields } = await drawn(context, null, 'form', (mint) =>
    addAdultScreen(context.school, own, mint),
  );
  const form = readForm(fields, press.values);
  if (!form.ok)
    return { type: 'problem', message: 'Please look at the marked boxes.', fields: form.fields };
  const answer = form.read.text('adult');
  const about = answer === 'no' ? [] : ['adult-here'];
  const adultPart = answer === 'no' ? null : asPart(answer);
  await keepDraft(context, own.draft, {
    ...emptyDraft(null),
    at: 'details',
    about,
    adultPart,
    subject: form.read.text('subject') || null,
  });
  return {
    type: 'screen',
    screen: await drawn(context, null, 'form', (mint) =>
      addWordsScreen(own, goesTo(adultPart), null, mint),
    ),
  };
}

function goesTo(part: 'done-by' | 'done-to' | 'not-sure' | null): string {
  return part === null || part === 'done-to'
    ? 'This is added to your concern, for the people who have it.'
    : 'Because it is about an adult here, all of it goes to the headteacher or the chair, and no longer to the safeguarding team.';
}

async function send(context: Context, own: Own, press: Press): Promise<Reply> {
  const { fields } = await drawn(context, null, 'form', (mint) =>
    addWordsScreen(own, '', null, mint),
  );
  const form = readForm(fields, press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not sent yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  const draft = await loadDraft(context, own.draft);
  const adult =
    draft === null || !asksAboutAdult(draft)
      ? null
      : {
          about: draft.about,
          part: draft.adultPart ?? 'not-sure',
          subjects: draft.subject === null ? [] : [draft.subject],
        };
  const words = Object.fromEntries(
    (['said', 'thoughts'] as const)
      .map((field) => [field, form.read.text(field)] as const)
      .filter(([, value]) => value !== ''),
  );
  const added = await addWords(
    context.chat.app,
    context.actor,
    own.case,
    press.handle,
    words,
    adult,
  );
  if (!added.ok) return nothingHere(press.surface);
  await dropDraft(context, own.draft);
  return {
    type: 'finished',
    card: {
      kind: 'added',
      summary: 'Added.',
      elements: [text(`Added at ${clockTime(context.now.toISOString())}. Thank you.`)],
    },
  };
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
  return { type: 'message', card: stillWorriedCard(acted.state.reference, context.school) };
}
