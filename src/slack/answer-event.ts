import { type Answering, quietly, sentenceCard } from './answering.ts';
import type { Outcome } from './ask.ts';
import { readEvent } from './event-payload.ts';
import type { Identity } from './identity.ts';
import type { Incoming, Standing } from './incoming.ts';
import type { EventPayload } from './payload.ts';
import type { People } from './people.ts';
import { receiveEvent, type ReceivedEvent } from './receive-event.ts';
import { homeView, textHome } from './render-card.ts';
import { sentencesOf } from './window-for.ts';
import { codeOf } from './slack-error.ts';
import { words } from './words.ts';

/** What the rest of the bot must hear of that is nobody's turn in a conversation. */
export type Heard = {
  /** Somebody joined or left a channel that the bot is in: who may read it must be asked again. */
  membersChanged(channel: { tenant: string; channel: string }): Promise<void>;
  /** The app was removed from the workspace, or its token revoked. */
  appEnded(tenant: string): Promise<void>;
};

export type EventDeps = {
  answering: Answering;
  people: People;
  identity: () => Promise<Identity>;
  heard: Heard;
  /** Slack sends an event up to four times, each with a signature of its own. */
  onceEvent: (payload: EventPayload) => Promise<Standing>;
};

/** Answers an event. Bolt has acknowledged it already, so nothing here may throw. */
export async function answerEvent(
  deps: EventDeps,
  incoming: Incoming,
  payload: EventPayload,
): Promise<void> {
  const event = readEvent(payload.event);
  if (event === null) return;
  try {
    const { botUser } = await deps.identity();
    await act(deps, incoming, payload, receiveEvent(payload, event, botUser));
  } catch (error) {
    deps.answering.log({ what: 'identity', code: codeOf(error) });
  }
}

async function act(
  deps: EventDeps,
  incoming: Incoming,
  payload: EventPayload,
  event: ReceivedEvent,
): Promise<void> {
  const tenant = payload.context_team_id ?? payload.team_id ?? '';
  switch (event.type) {
    case 'ignored':
      return;
    case 'account-changed':
      deps.people.forget(event.user);
      return;
    case 'members-changed':
      return deps.heard.membersChanged({ tenant, channel: event.channel });
    case 'app-ended':
      return deps.heard.appEnded(tenant);
    case 'conversation':
      if (event.answerIn === 'nowhere') deps.people.forget(event.received.claim.user);
      return converse(deps, incoming, payload, event);
  }
}

async function converse(
  deps: EventDeps,
  incoming: Incoming,
  payload: EventPayload,
  event: Extract<ReceivedEvent, { type: 'conversation' }>,
): Promise<void> {
  const standing = both(incoming.standing, deps.onceEvent(payload));
  const outcome = await deps.answering.ask(event.received, standing);
  if (event.answerIn === 'home')
    return answerHome(deps.answering, event.received.claim.user, outcome);
  if (event.answerIn === 'chat' && event.channel !== null)
    await answerChat(deps.answering, event.channel, outcome);
}

async function both(a: Promise<Standing>, b: Promise<Standing>): Promise<Standing> {
  const [first, second] = await Promise.all([a, b]);
  return first === 'new' ? second : first;
}

async function answerHome({ windows }: Answering, user: string, outcome: Outcome): Promise<void> {
  if (outcome.type === 'home') await windows.publish(user, homeView(outcome.card));
  const sentence = outcome.type === 'notice' ? outcome.text : words.homeUnavailable;
  if (sentencesOf(outcome) !== null) await windows.publish(user, textHome(sentence));
}

async function answerChat(
  { post, log }: Answering,
  channel: string,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.type) {
    case 'message':
    case 'finished':
    case 'replace':
      await quietly(log, () => post.card(channel, outcome.card));
      return;
    case 'screen':
      await quietly(log, () => post.openForm(channel));
      return;
    case 'problem':
    case 'notice':
    case 'failed':
    case 'unanswered': {
      const sentence = sentencesOf(outcome) ?? words.notSaved;
      await quietly(log, () => post.card(channel, sentenceCard(sentence)));
      return;
    }
    case 'choices':
    case 'home':
    case 'nothing':
    case 'replayed':
      return;
  }
}
