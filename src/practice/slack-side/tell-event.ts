import { troubleIn } from '../post-to-bot.ts';
import type { Json } from '../wire.ts';
import type { Parts } from './parts.ts';
import { eventPayload } from './payloads.ts';

/** Slack would try again at once, after a minute and after five; only the first is worth waiting for here. */
const attempts = 2;

/** Sends an event to the bot. Gives why it did not get there, in words; null when it did. */
export async function tellEvent({ line, post }: Parts, event: Json): Promise<string | null> {
  const payload = eventPayload(post, event);
  let trouble: string | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const reason = trouble === null ? null : { num: attempt, reason: 'http_error' };
    trouble = troubleIn(
      await (reason === null ? line('event', payload) : line('event', payload, reason)),
    );
    if (trouble === null) return null;
  }
  return trouble;
}
