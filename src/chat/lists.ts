import { listCases, listReceipts } from '../app/view-case.ts';
import { casesCard } from './cards/cases-card.ts';
import { homeCard } from './cards/home-card.ts';
import { receiptsCard } from './cards/reporter-cards.ts';
import { drawn, type Context } from './context.ts';
import type { Card } from './elements.ts';
import type { Reply } from './interaction.ts';

/** What somebody raised themselves: references and times. */
export async function mine(context: Context): Promise<Card> {
  const receipts = await listReceipts(context.chat.app, context.actor);
  return drawn(context, null, 'card', (mint) => receiptsCard(receipts, mint));
}

/** The open cases that somebody may open. */
export async function cases(context: Context): Promise<Card> {
  const lines = await listCases(context.chat.app, context.actor, { open: true });
  return drawn(context, null, 'card', (mint) => casesCard(lines, context.school.people, mint));
}

/** Slack's Home: both, in one place. */
export async function home(context: Context): Promise<Reply> {
  const lines = await listCases(context.chat.app, context.actor, { open: true });
  const receipts = await listReceipts(context.chat.app, context.actor);
  const card = await drawn(context, null, 'card', (mint) =>
    homeCard(lines, receipts, context.school.people, mint),
  );
  return { type: 'home', card };
}
