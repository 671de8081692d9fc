import type { Answering } from './answering.ts';
import type { Incoming } from './incoming.ts';
import type { Received } from './received.ts';
import { optionOf } from './render-field.ts';
import { slackLimits } from './slack-limits.ts';
import { late, within } from './within.ts';

const searchMs = 2500;

/** Answers a search; an empty list when there is no answer in time, since Slack shows errors badly here. */
export async function answerSearch(
  answering: Answering,
  incoming: Incoming,
  received: Received,
): Promise<void> {
  const outcome = await within(answering.ask(received, incoming.standing), searchMs);
  const choices = outcome !== late && outcome.type === 'choices' ? outcome.choices : [];
  await incoming.ack({ options: choices.slice(0, slackLimits.options).map(optionOf) });
}
