import { answerInWindow, tellIfClosed } from './answer-in-window.ts';
import { type Answering, quietly, tellDirectly, whisper } from './answering.ts';
import type { Outcome } from './ask.ts';
import type { Incoming } from './incoming.ts';
import type { InteractivePayload, ViewPayload } from './payload.ts';
import type { Posted } from './post.ts';
import { raiseAction } from './raise-button.ts';
import type { Received } from './received.ts';
import { homeView, textView } from './render-card.ts';
import { viewAgain } from './view-again.ts';
import { shownIn } from './view-state.ts';
import { sentencesOf, windowFor } from './window-for.ts';
import { words } from './words.ts';

type Press = Extract<InteractivePayload, { type: 'block_actions' }>;

/** Answers a button, wherever it stood. */
export async function answerPress(
  answering: Answering,
  incoming: Incoming,
  received: Received,
  press: Press,
): Promise<void> {
  const { container, view } = press;
  if (view?.type === 'modal') return inWindow(answering, incoming, received, view);
  const message =
    container.type === 'message'
      ? { channel: container.channel_id, ts: container.message_ts }
      : null;
  if (opensWindow(press)) return withWindow(answering, incoming, received, press, message);
  await incoming.ack();
  const outcome = await answering.ask(received, incoming.standing);
  if (message === null) return inHome(answering, received.claim.user, press.trigger_id, outcome);
  await inMessage(answering, received.claim.user, press.trigger_id, message, outcome);
}

/** How the button was drawn says whether a window must be opened for it. */
function opensWindow({ actions }: Press): boolean {
  const id = actions[0]?.action_id ?? '';
  return id.startsWith('dialog.') || id === raiseAction;
}

async function withWindow(
  answering: Answering,
  incoming: Incoming,
  received: Received,
  { trigger_id: trigger, actions }: Press,
  message: Posted | null,
): Promise<void> {
  const raises = actions[0]?.action_id === raiseAction;
  const view = raises ? answering.firstView : answering.betweenView;
  const also = async (outcome: Outcome) => {
    if (outcome.type !== 'replace' || message === null) return;
    const { card } = outcome;
    await quietly(answering.log, () => answering.post.redraw(message, card));
  };
  await answerInWindow(answering, incoming, received, { trigger, view, acksText: false, also });
}

/** A window is never put on top of another: the one that is open changes. */
async function inWindow(
  answering: Answering,
  incoming: Incoming,
  received: Received,
  view: ViewPayload,
): Promise<void> {
  await incoming.ack();
  const outcome = await answering.ask(received, incoming.standing);
  if (outcome.type === 'home')
    await answering.windows.publish(received.claim.user, homeView(outcome.card));
  if (outcome.type === 'replayed' || outcome.type === 'nothing' || outcome.type === 'home') return;
  const sentence = sentencesOf(outcome);
  const next = sentence === null ? windowFor(outcome, shownIn(view)) : viewAgain(view, sentence);
  const drawn = await answering.windows.show(view.id, next);
  // The form stands as it was; only the answer to the press did not get through.
  if (drawn === 'refused')
    await tellDirectly(answering, received.claim.user, sentence ?? words.notShown);
  if (drawn === 'closed') await tellIfClosed(answering, received.claim.user, outcome);
}

async function inMessage(
  answering: Answering,
  user: string,
  trigger: string,
  message: Posted,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.type) {
    case 'replace':
    case 'finished':
      await quietly(answering.log, () => answering.post.redraw(message, outcome.card));
      if (outcome.type === 'replace' && outcome.notice !== null)
        await whisper(answering, message.channel, user, outcome.notice);
      return;
    case 'message':
      return sendDirectly(answering, user, outcome);
    case 'screen':
      if ((await answering.windows.open(trigger, windowFor(outcome))) === null)
        await whisper(answering, message.channel, user, words.runAgain);
      return;
    case 'home':
      await answering.windows.publish(user, homeView(outcome.card));
      return;
    case 'problem':
    case 'notice':
    case 'failed':
    case 'unanswered':
      return whisper(answering, message.channel, user, sentencesOf(outcome) ?? words.notSaved);
    case 'choices':
    case 'nothing':
    case 'replayed':
      return;
  }
}

/** The App Home has no place for a sentence, so it opens a window, or goes to the person's own chat. */
async function inHome(
  answering: Answering,
  user: string,
  trigger: string,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.type) {
    case 'home':
    case 'replace':
      await answering.windows.publish(user, homeView(outcome.card));
      if (outcome.type === 'replace' && outcome.notice !== null)
        await sayInWindow(answering, user, trigger, outcome.notice);
      return;
    case 'message':
      return sendDirectly(answering, user, outcome);
    case 'screen':
    case 'finished':
      if ((await answering.windows.open(trigger, windowFor(outcome))) === null)
        await tellDirectly(answering, user, words.runAgain);
      return;
    case 'problem':
    case 'notice':
    case 'failed':
    case 'unanswered':
      return sayInWindow(answering, user, trigger, sentencesOf(outcome) ?? words.notSaved);
    case 'choices':
    case 'nothing':
    case 'replayed':
      return;
  }
}

async function sayInWindow(
  answering: Answering,
  user: string,
  trigger: string,
  text: string,
): Promise<void> {
  if ((await answering.windows.open(trigger, textView(text))) === null)
    await tellDirectly(answering, user, text);
}

async function sendDirectly(
  answering: Answering,
  user: string,
  { card }: Extract<Outcome, { type: 'message' }>,
): Promise<void> {
  await quietly(answering.log, async () =>
    answering.post.card(await answering.directChat(user), card),
  );
}
