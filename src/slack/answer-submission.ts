import { tellIfClosed } from './answer-in-window.ts';
import type { Claim } from './account.ts';
import type { Answering } from './answering.ts';
import type { Outcome } from './ask.ts';
import type { AckBody, Incoming } from './incoming.ts';
import type { ViewPayload } from './payload.ts';
import { received } from './receive.ts';
import type { Received } from './received.ts';
import { homeView } from './render-card.ts';
import { typedView, viewAgain } from './view-again.ts';
import { blockOfField, inputBlocks, shownIn } from './view-state.ts';
import { sentenceOf, sentencesOf, windowFor } from './window-for.ts';
import { late, within } from './within.ts';
import { words } from './words.ts';

/** Slack closes a submission after three seconds; what takes longer goes on in the waiting window. */
const ackMs = 2300;

/** Answers a sent window. Whatever goes wrong, the form stays or comes back with all that was typed. */
export async function answerSubmission(
  answering: Answering,
  incoming: Incoming,
  sent: Received,
  view: ViewPayload,
): Promise<void> {
  const asking = answering.ask(sent, incoming.standing);
  const outcome = await within(asking, ackMs);
  if (outcome === late) return answerLater(answering, incoming, view, asking, sent.claim);
  await incoming.ack(submissionAck(view, outcome));
  await afterwards(answering, sent.claim, outcome);
}

/** What Slack does with the window, in the acknowledgement itself. */
export function submissionAck(view: ViewPayload, outcome: Outcome): AckBody | undefined {
  if (outcome.type === 'replayed') return undefined;
  if (closes(outcome)) return { response_action: 'clear' };
  const sentence = sentenceOf(outcome);
  if (sentence === null)
    return { response_action: 'update', view: windowFor(outcome, shownIn(view)) };
  const errors = errorsFor(view, sentence, outcome.type === 'problem' ? outcome.fields : {});
  if (Object.keys(errors).length > 0) return { response_action: 'errors', errors };
  return { response_action: 'update', view: viewAgain(view, sentence) };
}

function closes({ type }: Outcome): boolean {
  return type === 'nothing' || type === 'home' || type === 'choices';
}

/** Slack shows errors beside inputs only; the general sentence goes to the last one, next to the button. */
function errorsFor(
  view: ViewPayload,
  message: string,
  fields: Record<string, string>,
): Record<string, string> {
  const errors = new Map<string, string>();
  for (const [field, error] of Object.entries(fields)) {
    const block = blockOfField(view, field);
    if (block !== null && error !== '') errors.set(block, error);
  }
  const last = inputBlocks(view).at(-1);
  if (last === undefined) return {};
  const beside = errors.get(last);
  if (message !== '') errors.set(last, beside === undefined ? message : `${beside} ${message}`);
  return Object.fromEntries(errors);
}

async function answerLater(
  answering: Answering,
  incoming: Incoming,
  view: ViewPayload,
  asking: Promise<Outcome>,
  claim: Claim,
): Promise<void> {
  await incoming.ack({ response_action: 'update', view: answering.betweenView });
  const outcome = await asking;
  await showAfterWaiting(answering, view, outcome, claim.user);
  await afterwards(answering, claim, outcome);
}

async function showAfterWaiting(
  answering: Answering,
  view: ViewPayload,
  outcome: Outcome,
  user: string,
): Promise<void> {
  const sentence = sentencesOf(outcome);
  const next = sentence === null ? windowFor(outcome) : viewAgain(view, sentence);
  const drawn = await answering.windows.show(view.id, next);
  if (drawn === 'refused')
    await answering.windows.show(view.id, typedView(view, sentence ?? words.notShown));
  if (drawn === 'closed') await tellIfClosed(answering, user, outcome);
}

/** The App Home lies behind the window and would still show what was true before it was sent. */
async function afterwards(
  { ask, windows }: Answering,
  claim: Claim,
  outcome: Outcome,
): Promise<void> {
  const opened = received(claim, 'home', { type: 'home-opened' });
  const home = changes(outcome) ? await ask(opened, Promise.resolve('new')) : outcome;
  if (home.type === 'home') await windows.publish(claim.user, homeView(home.card));
}

function changes({ type }: Outcome): boolean {
  return type === 'finished' || type === 'replace' || type === 'message' || type === 'screen';
}
