import type { Delivery, Tx } from '../app/ports.ts';
import { privateListOf, summaryFor, unclaimedFor } from '../app/week-lists.ts';
import { hasRole } from '../domain/people.ts';
import { isLate } from '../domain/school-week.ts';
import type { SchoolMessage } from '../domain/notification.ts';
import type { School } from '../domain/school.ts';
import {
  channelAlarmCard,
  colleagueLeftCard,
  manyWaitingCard,
  platformEndedCard,
  restoredCard,
} from './cards/upkeep-cards.ts';
import {
  monitoringCard,
  privateListCard,
  summaryCard,
  unconfirmedCard,
} from './cards/week-cards.ts';
import type { ChatDeps } from './context.ts';
import type { Card } from './elements.ts';
import { createMint, lifetimes, type Mint } from './mint.ts';
import { schoolMessageSchema } from '../domain/notification.ts';

type Drawing = { tx: Tx; school: School; mint: Mint; now: string; readers: readonly string[] };

/**
 * Draws what is about a school and no case, from what is true now and from what all of its readers may know.
 * Null when there is nothing to say, or the reader is not one for whom it is.
 */
export async function composeForSchool(
  chat: ChatDeps,
  school: School,
  { message, target, unclear }: Delivery,
  readers: readonly string[],
): Promise<Card | null> {
  const about = schoolMessageSchema.safeParse(message);
  if (!about.success || !areEntitled(about.data, school, readers)) return null;
  const now = chat.app.clock();
  const mint = createMint(chat.handleKey, {
    school: school.id,
    person: target.type === 'person' ? target.person : null,
    version: null,
    now,
    lifetime: lifetimes.card,
  });
  return chat.app.store.run({ school: school.id, as: 'product' }, async (tx) => {
    const drawing = { tx, school, mint, now: now.toISOString(), readers };
    const card = await drawn(about.data, drawing);
    const minted = mint.minted();
    if (card !== null && minted.length > 0) await tx.saveHandles(minted);
    return card !== null && unclear ? sentAgain(card) : card;
  });
}

/** Judged again at sending: somebody may have left, or given an office up, since it was written. */
function areEntitled(
  message: SchoolMessage,
  { people }: School,
  readers: readonly string[],
): boolean {
  const found = people.filter(({ id, active }) => active && readers.includes(id));
  if (found.length < readers.length) return false;
  return found.every((person) => hasRole(person, ...readersOf[message.type]));
}

const team = ['lead', 'deputy'] as const;
const readersOf = {
  'weekly-summary': team,
  'private-list': ['headteacher', 'chair'],
  'monitoring-question': ['it'],
  'monitoring-unconfirmed': team,
  'channel-alarm': team,
  'colleague-left': team,
  'platform-ended': team,
  restored: [...team, 'headteacher', 'chair'],
  'many-waiting': [...team, 'headteacher', 'chair', 'leadership-on-call'],
} as const;

async function drawn(message: SchoolMessage, drawing: Drawing): Promise<Card | null> {
  const { tx, mint, now, readers } = drawing;
  switch (message.type) {
    case 'weekly-summary': {
      const clock = await tx.schoolClock('summary', message.week);
      const late = clock !== null && isLate(clock.dueAt, now) ? clock.dueAt : null;
      return summaryCard(await summaryFor(tx, readers, now), now, late);
    }
    case 'private-list':
      return privateList(drawing, message.week);
    case 'monitoring-question': {
      const clock = await tx.schoolClock('monitoring', message.week);
      return clock === null ? null : monitoringCard(clock, now, mint);
    }
    case 'monitoring-unconfirmed': {
      const clock = await tx.schoolClock('monitoring', message.week);
      return clock === null ? null : unconfirmedCard(clock);
    }
    case 'channel-alarm':
      return channelAlarmCard(message);
    case 'colleague-left':
      return colleagueLeftCard(message, mint);
    case 'platform-ended':
      return platformEndedCard(message);
    case 'restored':
      return restoredCard(message);
    case 'many-waiting': {
      const count = await unclaimedFor(tx, readers);
      return count === 0 ? null : manyWaitingCard(count, mint);
    }
  }
}

async function privateList({ tx, school, now, readers }: Drawing, week: string) {
  const [person = ''] = readers;
  const lines = await privateListOf(tx, school, person);
  const clock = await tx.schoolClock('summary', week);
  const late = clock !== null && isLate(clock.dueAt, now) ? clock.dueAt : null;
  return lines.length === 0 ? null : privateListCard(lines, now, late);
}

/** After an unclear answer: it may stand there twice, and says so. */
export function sentAgain(card: Card): Card {
  const text = 'Sent again, because it was not clear whether it arrived.';
  return { ...card, elements: [...card.elements, { type: 'text', text, tone: 'quiet' }] };
}
