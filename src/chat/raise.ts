import { raisedBefore } from '../app/raise-concern.ts';
import { kindQuestion } from '../domain/urgency.ts';
import { asPart } from '../domain/adult-part.ts';
import type { Action } from './action.ts';
import { drawn, type Context } from './context.ts';
import { asksAboutAdult, emptyDraft, type DraftContent } from './draft.ts';
import { dropDraft, keepDraft, loadDraft, unfinishedOf } from './drafts.ts';
import type { Screen, Values } from './elements.ts';
import type { Reply } from './interaction.ts';
import { mayNameAnAdult, recipientsNamed } from './names-in-text.ts';
import { readForm, type Read } from './read-form.ts';
import { savedBeforeCard } from './cards/receipt-card.ts';
import { aboutScreen } from './screens/about-screen.ts';
import { adultCheckScreen, recipientCheckScreen } from './screens/adult-check-screen.ts';
import { adultScreen } from './screens/adult-screen.ts';
import { dangerScreen } from './screens/danger-screen.ts';
import { detailsScreen } from './screens/details-screen.ts';
import { emergencyScreen } from './screens/emergency-screen.ts';
import type { Raising } from './screens/raising.ts';
import { sendConcern } from './send-concern.ts';

type RaiseAction = Action & { type: 'raise' };
type Draw = (raising: Raising) => Screen;

/**
 * Begins: the danger question comes before everything, also before an unfinished concern. What was typed
 * behind the command stands in the form's first box later on.
 */
export async function startRaising(
  context: Context,
  link: string | null,
  typed = '',
): Promise<Reply> {
  const draft = context.chat.app.newId();
  const unfinished = await unfinishedOf(context);
  if (typed !== '')
    await keepDraft(context, draft, { ...emptyDraft(link), typed: { said: typed } });
  return show(context, draft, (raising) => dangerScreen(raising, link, unfinished));
}

/**
 * One answered screen of raising a concern. What was typed is kept before anything else is done with it. A
 * form that was sent already is not sent again under its old name, where it would be lost: its first screen
 * begins a new concern, and any other says what became of it.
 */
export async function continueRaising(
  context: Context,
  action: RaiseAction,
  values: Values,
): Promise<Reply> {
  const { draft, link, at } = action;
  // In this order: sending takes the draft away, and is known from then on.
  const content = (await loadDraft(context, draft)) ?? emptyDraft(link);
  const before = await raisedBefore(context.chat.app, context.actor, draft);
  if (before === null) return answerScreen(context, action, content, values);
  if (at !== 'danger' && at !== 'no-danger')
    return { type: 'finished', card: savedBeforeCard(before) };
  const anew = { ...action, draft: context.chat.app.newId() };
  return answerScreen(context, anew, emptyDraft(link), values);
}

async function answerScreen(
  context: Context,
  { at, draft, link }: RaiseAction,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  switch (at) {
    case 'danger':
      await keepDraft(context, draft, { ...content, at: 'emergency', emergency: true, link });
      return show(context, draft, emergencyScreen);
    case 'no-danger':
      return next(context, draft, { ...content, at: 'about', link });
    case 'emergency':
      return tellNow(context, draft, content, values);
    case 'about':
      return readAbout(context, draft, content, values);
    case 'adult':
      return readAdult(context, draft, content, values);
    case 'details':
      return readDetails(context, draft, content, values);
    case 'adult-check':
      return readCheck(context, draft, content, values);
    case 'recipient-check':
      return readRecipientCheck(context, draft, content, values);
    case 'continue':
      return show(context, draft, screenOf(content));
    case 'back':
      return goBack(context, draft, content, values);
    case 'discard':
      await dropDraft(context, draft);
      return startRaising(context, link);
  }
}

async function show(context: Context, draft: string, draw: Draw): Promise<Reply> {
  const { school, policy, chat } = context;
  const screen = await drawn(context, null, 'form', (mint) =>
    draw({ school, policy, national: chat.national, mint, draft }),
  );
  return { type: 'screen', screen };
}

async function next(context: Context, draft: string, content: DraftContent): Promise<Reply> {
  await keepDraft(context, draft, content);
  return show(context, draft, screenOf(content));
}

function screenOf(content: DraftContent): Draw {
  switch (content.at) {
    case 'emergency':
      return (raising) => emergencyScreen(raising, content.typed);
    case 'about':
      return (raising) => aboutScreen(raising, content);
    case 'adult':
      return (raising) => adultScreen(raising, content);
    case 'details':
      return (raising) => detailsScreen(raising, content);
    case 'adult-check':
      return adultCheckScreen;
    case 'recipient-check':
      return recipientCheckScreen;
  }
}

/** Checks what was filled in against the form that was shown; a problem leaves the form as it is. */
async function checked(
  context: Context,
  draft: string,
  draw: Draw,
  values: Values,
): Promise<{ ok: true; read: Read } | { ok: false; reply: Reply }> {
  const { school, policy, chat } = context;
  const { fields } = await drawn(context, null, 'form', (mint) =>
    draw({ school, policy, national: chat.national, mint, draft }),
  );
  const result = readForm(fields, values);
  if (result.ok) return result;
  return {
    ok: false,
    reply: {
      type: 'problem',
      message: 'Not sent yet. Please look at the marked boxes.',
      fields: result.fields,
    },
  };
}

async function tellNow(
  context: Context,
  draft: string,
  before: DraftContent,
  values: Values,
): Promise<Reply> {
  const form = await checked(context, draft, emergencyScreen, values);
  if (!form.ok) return form.reply;
  const { read } = form;
  const adult = read.text('adult') !== 'no';
  const content: DraftContent = {
    ...emptyDraft(before.link),
    emergency: true,
    about: adult ? ['adult-here'] : [],
    adultPart: adult ? 'not-sure' : null,
    subject: read.text('subject') || null,
    typed: { who: read.text('who'), when: read.text('where') },
  };
  return sendConcern(context, draft, content);
}

async function readAbout(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const form = await checked(context, draft, (raising) => aboutScreen(raising, content), values);
  if (!form.ok) return form.reply;
  const { list } = form.read;
  const kinds = list('kinds');
  const about = withAdult(context, list('about'), kinds);
  const after = { ...content, about, kinds, close: list('close') };
  if (asksAboutAdult(after)) return next(context, draft, { ...after, at: 'adult' });
  // Whoever was chosen on the next screen before it went away must not stay chosen.
  const noAdult = { adultPart: null, subject: null, subjectTyped: null } as const;
  return next(context, draft, { ...after, ...noAdult, at: 'details' });
}

/** "How an adult here has behaved" is about an adult here, whether or not that box was ticked. */
function withAdult({ policy }: Context, about: string[], kinds: string[]): string[] {
  const moves = kindQuestion(policy)?.options.some(
    (option) => kinds.includes(option.id) && option.moves === 'to-manager',
  );
  const already = asksAboutAdult({ ...emptyDraft(null), about }) || about.includes('unknown-adult');
  return moves === true && !already ? [...about, 'adult-here'] : about;
}

async function readAdult(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const form = await checked(context, draft, (raising) => adultScreen(raising, content), values);
  if (!form.ok) return form.reply;
  const { text } = form.read;
  const after = {
    ...content,
    adultPart: asPart(text('part')),
    subject: text('subject') || null,
    subjectTyped: text('subject-typed') || null,
  };
  return next(context, draft, { ...after, at: 'details' });
}

async function readDetails(
  context: Context,
  draft: string,
  before: DraftContent,
  values: Values,
): Promise<Reply> {
  const content: DraftContent = { ...before, at: 'details', typed: values };
  await keepDraft(context, draft, content);
  const form = await checked(context, draft, (raising) => detailsScreen(raising, content), values);
  if (!form.ok) return form.reply;
  if (isIncomplete(content)) return next(context, draft, { ...content, at: 'about' });
  if (mayNameAnAdult(context, content))
    return next(context, draft, { ...content, at: 'adult-check' });
  return sendUnlessNamed(context, draft, content);
}

/** A form older than its draft, or without one: who it is about is asked again, and what was typed waits. */
function isIncomplete({ about, typed }: DraftContent): boolean {
  return about.length === 0 || typed['said'] === undefined;
}

/**
 * Of a concern about an adult, nothing goes to somebody whom its text names before the reporter has said
 * that it is not about them. Nothing is decided from the text. Source: assurance.md, bad input 73.
 */
async function sendUnlessNamed(
  context: Context,
  draft: string,
  content: DraftContent,
): Promise<Reply> {
  if (isIncomplete(content)) return next(context, draft, { ...content, at: 'about' });
  return recipientsNamed(context, content).length > 0
    ? next(context, draft, { ...content, at: 'recipient-check' })
    : sendConcern(context, draft, content);
}

async function readRecipientCheck(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const form = await checked(context, draft, recipientCheckScreen, values);
  if (!form.ok) return form.reply;
  const named = recipientsNamed(context, content);
  const after =
    form.read.text('involved') === 'no'
      ? { ...content, cleared: [...content.cleared, ...named] }
      : { ...content, close: [...content.close, ...named] };
  return sendUnlessNamed(context, draft, after);
}

async function readCheck(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const form = await checked(context, draft, adultCheckScreen, values);
  if (!form.ok) return form.reply;
  if (isIncomplete(content)) return next(context, draft, { ...content, at: 'about' });
  const part = form.read.text('part');
  if (part === 'no') return sendUnlessNamed(context, draft, { ...content, checked: true });
  const subject = form.read.text('subject') || null;
  const about = [...new Set([...content.about, 'adult-here'])];
  const after = { ...content, checked: true, about, adultPart: asPart(part), subject };
  return sendUnlessNamed(context, draft, after);
}

async function goBack(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const typed = content.at === 'details' ? values : content.typed;
  const adult = asksAboutAdult(content) && content.at !== 'adult';
  const checks = content.at === 'adult-check' || content.at === 'recipient-check';
  const at = checks ? 'details' : adult ? 'adult' : 'about';
  return next(context, draft, { ...content, typed, at });
}
