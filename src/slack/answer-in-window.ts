import { type Answering, tellDirectly } from './answering.ts';
import type { Outcome } from './ask.ts';
import type { ModalView } from './block-kit.ts';
import type { Incoming } from './incoming.ts';
import type { Received } from './received.ts';
import { homeView, textView } from './render-card.ts';
import { sentencesOf, windowFor } from './window-for.ts';
import { late, within } from './within.ts';
import { words } from './words.ts';

/** How long a command waits for its window before it is acknowledged: Slack gives three seconds. */
const openingMs = 2000;

export type Opening = {
  trigger: string;
  /** What the window shows until the conversation has answered. */
  view: ModalView;
  /** Only a command can be answered with a sentence. */
  acksText: boolean;
  also?: (outcome: Outcome) => Promise<void>;
};

/**
 * Opens a window at once, with the words that may save a life, and fills it when the conversation has
 * answered. A trigger is good for three seconds and one use, so nothing comes before the opening.
 */
export async function answerInWindow(
  answering: Answering,
  incoming: Incoming,
  received: Received,
  how: Opening,
): Promise<void> {
  const opening = answering.windows.open(how.trigger, how.view);
  const opened = how.acksText ? await within(opening, openingMs) : late;
  if (opened === null) return couldNotOpenCommand(incoming);
  await incoming.ack();
  const window = await opening;
  if (window === null) return couldNotOpen(answering, incoming, received.claim.user);
  const outcome = await answering.ask(received, incoming.standing);
  await how.also?.(outcome);
  await fill(answering, window, received.claim.user, outcome);
}

async function couldNotOpenCommand({ standing, ack }: Incoming): Promise<void> {
  if ((await standing) === 'replayed') return ack();
  await ack({ response_type: 'ephemeral', text: words.runAgain });
}

async function couldNotOpen(
  answering: Answering,
  { standing }: Incoming,
  user: string,
): Promise<void> {
  if ((await standing) === 'replayed') return;
  await tellDirectly(answering, user, words.runAgain);
}

async function fill(
  answering: Answering,
  window: string,
  user: string,
  outcome: Outcome,
): Promise<void> {
  if (outcome.type === 'replayed') return;
  if (outcome.type === 'home') await answering.windows.publish(user, homeView(outcome.card));
  const drawn = await answering.windows.show(window, windowFor(outcome));
  if (drawn === 'refused') await showLess(answering, window, user, outcome);
  if (drawn === 'closed') await tellIfClosed(answering, user, outcome);
}

/** A window that Slack will not draw must not stay at "One moment". */
async function showLess(
  answering: Answering,
  window: string,
  user: string,
  outcome: Outcome,
): Promise<void> {
  const sentence = sentencesOf(outcome) ?? words.notShown;
  const drawn = await answering.windows.show(window, textView(sentence));
  if (drawn !== 'shown') await tellDirectly(answering, user, sentence);
}

/** Whoever has closed the window still hears that something was not saved. */
export async function tellIfClosed(
  answering: Answering,
  user: string,
  outcome: Outcome,
): Promise<void> {
  const sentence = sentencesOf(outcome);
  if (sentence !== null) await tellDirectly(answering, user, sentence);
}
