import { raiseConcern, raisedBefore, type NewConcern } from '../app/raise-concern.ts';
import { speaksOfAnyOf } from '../domain/names.ts';
import { kindQuestion } from '../domain/urgency.ts';
import { asPart } from '../domain/adult-part.ts';
import type { Action } from './action.ts';
import { drawn, type Context } from './context.ts';
import {
  asksAboutAdult,
  draftLane,
  emptyDraft,
  involvementOf,
  type DraftContent,
} from './draft.ts';
import { dropDraft, keepDraft, loadDraft, unfinishedOf } from './drafts.ts';
import type { Screen, Values } from './elements.ts';
import type { Reply } from './interaction.ts';
import { readForm, reader, type Read } from './read-form.ts';
import { receiptCard, savedBeforeCard, savedCard, speaksOfDanger } from './cards/receipt-card.ts';
import { audienceOf, laneOf } from '../domain/audience.ts';
import { aboutScreen } from './screens/about-screen.ts';
import { adultCheckScreen } from './screens/adult-check-screen.ts';
import { adultScreen } from './screens/adult-screen.ts';
import { dangerScreen } from './screens/danger-screen.ts';
import { detailsScreen, wordFields } from './screens/details-screen.ts';
import { emergencyScreen } from './screens/emergency-screen.ts';
import type { Raising } from './screens/raising.ts';

type RaiseAction = Action & { type: 'raise' };
type Draw = (raising: Raising) => Screen;

/** Begins: the danger question comes before everything, also before an unfinished concern. */
export async function startRaising(context: Context, link: string | null): Promise<Reply> {
  const draft = context.chat.app.newId();
  const unfinished = await unfinishedOf(context);
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
      return (raising) => adultCheckScreen(raising);
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
  return send(context, draft, content, 'emergency');
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
  return next(context, draft, { ...after, at: asksAboutAdult(after) ? 'adult' : 'details' });
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
  // A form older than its draft: who it is about is asked again, and what was typed waits in the draft.
  if (content.about.length === 0) return next(context, draft, { ...content, at: 'about' });
  if (mayNameAnAdult(context, content, form.read))
    return next(context, draft, { ...content, at: 'adult-check' });
  return send(context, draft, content, content.link === null ? 'form' : 'message');
}

function mayNameAnAdult(
  { school, person }: Context,
  content: DraftContent,
  { text }: Read,
): boolean {
  if (content.checked || draftLane(content) === 'manager') return false;
  const others = school.people.filter(({ id }) => id !== person.id).map(({ name }) => name);
  return speaksOfAnyOf([text('said'), text('thoughts'), text('who')].join(' \n '), others);
}

async function readCheck(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const form = await checked(context, draft, adultCheckScreen, values);
  if (!form.ok) return form.reply;
  const part = form.read.text('part');
  const source = content.link === null ? 'form' : 'message';
  if (part === 'no') return send(context, draft, { ...content, checked: true }, source);
  const subject = form.read.text('subject') || null;
  const about = [...content.about, 'adult-here'];
  return send(
    context,
    draft,
    { ...content, checked: true, about, adultPart: asPart(part), subject },
    source,
  );
}

async function goBack(
  context: Context,
  draft: string,
  content: DraftContent,
  values: Values,
): Promise<Reply> {
  const typed = content.at === 'details' ? values : content.typed;
  const adult = asksAboutAdult(content) && content.at !== 'adult';
  const at = content.at === 'adult-check' ? 'details' : adult ? 'adult' : 'about';
  return next(context, draft, { ...content, typed, at });
}

/** Sends it. The draft's id is the nonce: sent twice, by two taps or by the platform, it is one concern. */
async function send(
  context: Context,
  draft: string,
  content: DraftContent,
  source: NewConcern['source'],
): Promise<Reply> {
  const read = reader(content.typed);
  const concern = newConcern(content, read, source);
  const raised = await raiseConcern(context.chat.app, context.actor, draft, concern);
  const danger = speaksOfDanger(Object.values(concern.words));
  const { excluded } = audienceOf(laneOf(concern), concern, context.school.people);
  const receipt = { ...raised, excluded, told: concern.told, danger };
  const { school, policy, time } = context;
  // Outside a dialog the receipt itself comes to the same chat a moment later.
  if (context.surface === 'message') return { type: 'finished', card: savedCard(receipt) };
  const card = await drawn(
    context,
    null,
    'card',
    (mint) => receiptCard(receipt, school, policy, time, mint),
    // It is saved, and nothing that fails from here on may say otherwise.
  ).catch(() => savedCard(receipt));
  return { type: 'finished', card };
}

function newConcern(
  content: DraftContent,
  { text, list }: Read,
  source: NewConcern['source'],
): NewConcern {
  const words = Object.keys(wordFields).map((field) => [field, text(field)] as const);
  const link = content.link === null ? [] : [['message-link', content.link] as const];
  const told = text('told');
  return {
    ...involvementOf(content),
    source,
    emergency: content.emergency,
    subjectTyped: content.subjectTyped,
    kinds: content.kinds,
    howKnown: list('how-known'),
    told: told === '' ? null : told === 'yes',
    words: Object.fromEntries([...words, ...link].filter(([, value]) => value !== '')),
  };
}

/** A picture or file was sent: a stub of a case, so that the lead knows. Sending five pictures makes one. */
export async function flagPicture(context: Context): Promise<string> {
  const { actor, chat, now } = context;
  const nonce = `picture:${actor.person}:${now.toISOString().slice(0, 15)}`;
  const raised = await raiseConcern(chat.app, actor, nonce, {
    ...involvementOf(emptyDraft(null)),
    source: 'picture',
    emergency: false,
    subjectTyped: null,
    kinds: [],
    howKnown: [],
    told: false,
    words: {},
  });
  return raised.reference;
}
