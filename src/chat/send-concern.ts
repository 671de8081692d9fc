import { raiseConcern, type NewConcern } from '../app/raise-concern.ts';
import { audienceOf, laneOf } from '../domain/audience.ts';
import { receiptCard, savedCard, speaksOfDanger } from './cards/receipt-card.ts';
import { drawn, type Context } from './context.ts';
import { emptyDraft, involvementOf, type DraftContent } from './draft.ts';
import type { Reply } from './interaction.ts';
import { reader, type Read } from './read-form.ts';
import { wordFields } from './screens/details-screen.ts';

/** Sends it. The draft's id is the nonce: sent twice, by two taps or by the platform, it is one concern. */
export async function sendConcern(
  context: Context,
  draft: string,
  content: DraftContent,
): Promise<Reply> {
  const concern = newConcern(content, reader(content.typed));
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

function newConcern(content: DraftContent, { text, list }: Read): NewConcern {
  const words = Object.keys(wordFields).map((field) => [field, text(field)] as const);
  const link = content.link === null ? [] : [['message-link', content.link] as const];
  const told = text('told');
  return {
    ...involvementOf(content),
    source: content.emergency ? 'emergency' : content.link === null ? 'form' : 'message',
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
