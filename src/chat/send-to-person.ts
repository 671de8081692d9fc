import type { Announced, Delivery, FailedWay, Way } from '../app/ports.ts';
import type { ChatDeps } from './context.ts';
import type { Card } from './elements.ts';
import type { Messenger, Sent } from './interaction.ts';
import type { Mail, Mailer } from './mail.ts';

/** By which ways messages leave. `mailer` null: no e-mail is set up. */
export type Senders = {
  messengers: ReadonlyMap<Messenger['platform'], Messenger>;
  mailer: Mailer | null;
};

/** What is to be said, in the chat and, content-free, by e-mail. `version`: of the case that was drawn. */
export type Saying = { card: Card; mail: Mail; version: number | null };

/**
 * The person's ways in the order of their choice; one that refuses for good is followed by the next. What was
 * refused before stands in the case's chronology. Source: assurance.md R10, R12.
 */
export async function sendToPerson(
  chat: ChatDeps,
  senders: Senders,
  delivery: Delivery,
  person: string,
  saying: Saying,
): Promise<Announced> {
  const byMail = delivery.target.type === 'person' && delivery.target.by === 'email';
  const ways = (await chat.app.store.waysTo(delivery.school, person)).filter(
    (way) => usable(way, senders) && (!byMail || way.type === 'email'),
  );
  // Beside the chat, and there is no such way: the chat goes on trying.
  if (byMail && ways.length === 0) return { type: 'dropped' };
  const before: FailedWay[] = [];
  for (const way of ways) {
    const result = await tryWay(chat, senders, way, saying);
    if (result.type !== 'failed') return withBefore(result, before);
    before.push({ route: routeOf(way), why: result.why });
  }
  const why = before.at(-1)?.why ?? 'no-account';
  return { type: 'failed', why, ...(before.length === 0 ? {} : { before }) };
}

function usable(way: Way, { messengers, mailer }: Senders): boolean {
  return way.type === 'email' ? mailer !== null : messengers.has(way.platform);
}

function routeOf(way: Way): string {
  return way.type === 'email' ? 'email' : way.platform;
}

function withBefore(announced: Announced, before: FailedWay[]): Announced {
  const told = announced.type === 'sent' || announced.type === 'mailed';
  return told && before.length > 0 ? { ...announced, before } : announced;
}

async function tryWay(
  chat: ChatDeps,
  { messengers, mailer }: Senders,
  way: Way,
  { card, mail, version }: Saying,
): Promise<Announced> {
  if (way.type === 'email') return mailed(await mailer?.send(way.to, mail));
  const { platform, tenant, user, address } = way;
  const sent = await messengers
    .get(platform)
    ?.send({ type: 'person', tenant, user, address }, card);
  if (sent === undefined) return { type: 'failed', why: 'no-account' };
  // It has arrived, whatever becomes of this: without the address the next one only has to ask for it again.
  if (sent.type === 'sent' && sent.address !== null)
    await chat.app.store
      .saveAddress({ platform, tenant, user }, sent.address)
      .catch(() => undefined);
  return announcedOf(sent, platform, version);
}

function mailed(sent: Awaited<ReturnType<Mailer['send']>> | undefined): Announced {
  switch (sent?.type) {
    case 'sent':
      return { type: 'mailed' };
    case 'unclear':
      return { type: 'unclear' };
    case 'later':
      return { type: 'later', waitMs: sent.waitMs };
    case 'refused':
    case undefined:
      return { type: 'failed', why: 'address-refused' };
  }
}

/** What a platform's answer means for the delivery. */
export function announcedOf(
  sent: Sent,
  platform: Messenger['platform'],
  drawnVersion: number | null,
): Announced {
  switch (sent.type) {
    case 'sent':
      return { type: 'sent', platform, name: sent.message, drawnVersion };
    case 'unclear':
      return { type: 'unclear' };
    case 'later':
      return { type: 'later', waitMs: sent.waitMs };
    case 'refused':
      return { type: 'failed', why: sent.reason };
  }
}
