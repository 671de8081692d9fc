import type { Announced, Delivery } from '../app/ports.ts';
import { tellTeamInstead } from '../app/redirect-to-people.ts';
import type { School } from '../domain/school.ts';
import { lookAgainMs, postedOf, redrawAll } from './announce.ts';
import { composeForSchool } from './compose-for-school.ts';
import type { ChatDeps } from './context.ts';
import { channelOf, readChannel, targetOf } from './lead-channel.ts';
import { somethingWaits } from './mail.ts';
import { announcedOf, sendToPerson, type Senders } from './send-to-person.ts';

/** Draws and sends what is about a school and no case: the week's summary, a question to IT, a warning. */
export async function announceToSchool(
  chat: ChatDeps,
  senders: Senders,
  delivery: Delivery,
): Promise<Announced> {
  const school = await chat.app.store.run({ school: delivery.school, as: 'product' }, (tx) =>
    tx.school(),
  );
  const { target } = delivery;
  if (target.type === 'lead-channel')
    return toChannel(chat, senders, delivery, target.platform, school);
  const card = await composeForSchool(chat, school, delivery, [target.person]);
  if (card === null) return { type: 'dropped' };
  if (delivery.mode === 'update')
    return redrawAll(senders.messengers, await postedOf(chat, delivery), card, null);
  const mail = somethingWaits(school);
  return sendToPerson(chat, senders, delivery, target.person, { card, mail, version: null });
}

/** Only what everybody who can read the channel may know; when it is not as it must be, the team by themselves. */
async function toChannel(
  chat: ChatDeps,
  { messengers }: Senders,
  delivery: Delivery,
  platform: 'teams' | 'slack',
  school: School,
): Promise<Announced> {
  const found = channelOf(school, platform, messengers);
  if (found === 'elsewhere') return { type: 'dropped' };
  if (found === 'none') return instead(chat, delivery, 'no-channel');
  const reading = await readChannel(chat, found, school);
  if (reading === null) return { type: 'later', waitMs: lookAgainMs };
  if (reading.trouble !== null) return instead(chat, delivery, reading.trouble);
  const card = await composeForSchool(chat, school, delivery, reading.members);
  if (card === null) return { type: 'dropped' };
  const sent = await found.messenger.send(targetOf(found.channel), card);
  const result = announcedOf(sent, platform, null);
  return result.type === 'failed' ? instead(chat, delivery, result.why) : result;
}

async function instead(chat: ChatDeps, delivery: Delivery, why: string): Promise<Announced> {
  await tellTeamInstead(chat.app, delivery);
  return { type: 'failed', why };
}
