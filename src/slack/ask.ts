import type { Reply, Respond } from '../chat/interaction.ts';
import type { Standing } from './incoming.ts';
import type { SlackLog } from './log.ts';
import type { People } from './people.ts';
import type { Received } from './received.ts';
import { codeOf } from './slack-error.ts';
import { late, within } from './within.ts';

/**
 * The conversation's reply; or that these bytes were answered before; or that it could not be asked
 * (`failed`: nothing was saved) or did not answer in time (`unanswered`: nobody knows).
 */
export type Outcome = Reply | { type: 'replayed' } | { type: 'failed' } | { type: 'unanswered' };

export type Ask = (received: Received, standing: Promise<Standing>) => Promise<Outcome>;

export type AskDeps = { respond: Respond; people: People; now: () => Date; log: SlackLog };

/** Longer than any database call may take; a person does not look at "One moment" for ever. */
const patienceMs = 20_000;

/** Asks the conversation. Never throws. */
export function createAsk(deps: AskDeps): Ask {
  return async (received, standing) => {
    const outcome = await within(ask(deps, received, standing), patienceMs);
    if (outcome !== late) return outcome;
    deps.log({ what: 'conversation', code: 'unanswered' });
    return { type: 'unanswered' };
  };
}

async function ask(
  deps: AskDeps,
  received: Received,
  standing: Promise<Standing>,
): Promise<Outcome> {
  const known = await standing;
  if (known === 'replayed') return { type: 'replayed' };
  if (known === 'unknown') return { type: 'failed' };
  try {
    const sender = await deps.people.senderOf(received.claim);
    return await deps.respond(received.interaction(sender, deps.now()));
  } catch (error) {
    deps.log({ what: 'conversation', code: codeOf(error) });
    return { type: 'failed' };
  }
}
