import { foldsInto } from '../app/fold.ts';
import type { Announce, Announced, Delivery, PostedMessage } from '../app/ports.ts';
import { redirectToPeople } from '../app/redirect-to-people.ts';
import { watchFrom, type ChannelReading } from '../app/watch-channel.ts';
import { audienceOfCase } from '../domain/case.ts';
import { announceToSchool } from './announce-to-school.ts';
import { goneCard } from './cards/plain-cards.ts';
import { compose, type Composed } from './compose.ts';
import { sentAgain } from './compose-for-school.ts';
import type { ChatDeps } from './context.ts';
import type { Card } from './elements.ts';
import type { Messenger, Sent } from './interaction.ts';
import { channelOf, readChannel, targetOf, type Messengers } from './lead-channel.ts';
import { pleaseRing, somethingWaits } from './mail.ts';
import { announcedOf, sendToPerson, type Senders } from './send-to-person.ts';

/** The platform could not be asked who can read the channel. */
export const lookAgainMs = 15_000;

/**
 * Draws and sends one delivery: to a person by the first of their ways that takes it, to the lead's channel
 * only after looking who can read it, or as a redraw of what was sent before.
 */
export function createAnnounce(chat: ChatDeps, senders: Senders): Announce {
  return async (delivery) => {
    if (delivery.caseId === null) return announceToSchool(chat, senders, delivery);
    const composed = await chat.app.store.run({ school: delivery.school, as: 'product' }, (tx) =>
      compose(chat, tx, delivery),
    );
    if (composed === null) return { type: 'dropped' };
    if (delivery.mode === 'update') return redraw(chat, senders.messengers, delivery, composed);
    if (await foldsInto(chat.app, delivery, composed.view.state))
      return { type: 'dropped', why: 'folded' };
    return delivery.target.type === 'person'
      ? toPerson(chat, senders, delivery, delivery.target.person, composed)
      : toChannel(chat, senders.messengers, delivery, delivery.target.platform, composed);
  };
}

function toPerson(
  chat: ChatDeps,
  senders: Senders,
  delivery: Delivery,
  person: string,
  { card, version, view }: Composed,
): Promise<Announced> {
  const mail =
    delivery.message.type === 'not-delivered'
      ? pleaseRing(view.school, view.state.lane)
      : somethingWaits(view.school);
  return sendToPerson(chat, senders, delivery, person, { card, mail, version });
}

async function toChannel(
  chat: ChatDeps,
  messengers: Messengers,
  delivery: Delivery,
  platform: Messenger['platform'],
  composed: Composed,
): Promise<Announced> {
  const found = channelOf(composed.view.school, platform, messengers);
  // A platform that this bot does not serve is no loss while the team has its channel on another.
  if (found === 'elsewhere') return { type: 'dropped' };
  if (found === 'none') return blocked(chat, delivery, 'no-channel');
  const reading = await readChannel(chat, found, composed.view.school);
  if (reading === null) return later(chat, delivery, platform);
  const trouble = whyNotThere(reading, composed);
  if (trouble !== null) return blocked(chat, delivery, trouble);
  const sent = await found.messenger.send(targetOf(found.channel), composed.card);
  const result = announcedOf(sent, platform, composed.version);
  return result.type === 'failed' ? blocked(chat, delivery, result.why) : result;
}

/**
 * Every member must be of the safeguarding team and none may be involved. A surprise holds the post; the
 * team gets it in their own chats. Source: decisions.md 4 and 24; assurance.md T7.
 */
function whyNotThere({ trouble, members }: ChannelReading, { view }: Composed): string | null {
  if (trouble !== null) return trouble;
  const { excluded } = audienceOfCase(view.state, view.school.people);
  return members.some((id) => excluded.includes(id)) ? 'member-involved' : null;
}

/** Nothing is posted unseen; that the channel cannot be looked at is found out, and told, by its watch. */
async function later(
  { app }: ChatDeps,
  { school }: Delivery,
  platform: Messenger['platform'],
): Promise<Announced> {
  await watchFrom(app, school, platform);
  return { type: 'later', waitMs: lookAgainMs };
}

async function blocked(chat: ChatDeps, delivery: Delivery, why: string): Promise<Announced> {
  await redirectToPeople(chat.app, delivery, why);
  return { type: 'failed', why };
}

/** Every message that this delivery says and that stands somewhere is drawn again. */
async function redraw(
  chat: ChatDeps,
  messengers: Messengers,
  delivery: Delivery,
  composed: Composed,
): Promise<Announced> {
  const posted = await postedOf(chat, delivery);
  const card = await cardAgain(chat, messengers, delivery, composed);
  if (card === null) return { type: 'later', waitMs: lookAgainMs };
  return redrawAll(messengers, posted, card, composed.version);
}

/** Draws messages that stand in a chat again; what says that it was sent twice goes on saying it. One that somebody deleted is no failure to reach anybody. */
export async function redrawAll(
  messengers: Messengers,
  posted: readonly PostedMessage[],
  card: Card,
  version: number | null,
): Promise<Announced> {
  let last: Announced = { type: 'dropped' };
  for (const message of posted) {
    const { platform, again } = message;
    const drawn = again ? sentAgain(card) : card;
    const result = announcedOf(await updated(messengers, message, drawn), platform, version);
    if (result.type === 'unclear' || result.type === 'later') return result;
    last = result;
  }
  return last.type === 'failed' ? { type: 'dropped' } : last;
}

/**
 * What stands in a channel is taken back when somebody who must not know of it can read there by now, as
 * nothing would be posted there any more. Null when that cannot be asked now. Source: decisions.md 4.
 */
async function cardAgain(
  chat: ChatDeps,
  messengers: Messengers,
  { target }: Delivery,
  composed: Composed,
): Promise<Card | null> {
  if (target.type !== 'lead-channel') return composed.card;
  const { school, state } = composed.view;
  const found = channelOf(school, target.platform, messengers);
  if (found === 'none' || found === 'elsewhere') return composed.card;
  const reading = await readChannel(chat, found, school);
  if (reading === null) return null;
  const trouble = whyNotThere(reading, composed);
  return trouble === null ? composed.card : goneCard(state.reference);
}

/** What a redraw draws again: the last message of just this kind to just this place. */
export async function postedOf(
  chat: ChatDeps,
  { school, caseId, target, message }: Delivery,
): Promise<PostedMessage[]> {
  const all = await chat.app.store.run({ school, as: 'product' }, (tx) =>
    tx.postedFor({ caseId, type: message.type }),
  );
  const same = (one: PostedMessage) =>
    JSON.stringify([one.target, one.message]) === JSON.stringify([target, message]);
  return all.filter(same).slice(-1);
}

async function updated(
  messengers: Messengers,
  { platform, name }: PostedMessage,
  card: Card,
): Promise<Sent> {
  const messenger = messengers.get(platform);
  return messenger === undefined
    ? { type: 'refused', reason: 'message-gone' }
    : messenger.update(name, card);
}
