import type { Activity } from 'botbuilder';
import type { Card, Screen, Values } from '../chat/elements.ts';
import type { Reply } from '../chat/interaction.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { answerInDialog } from './answer-in-dialog.ts';
import { cardMessage, textMessage } from './message.ts';
import type { Way } from './received.ts';
import { renderCard } from './render-card.ts';
import { renderInline } from './render-screen.ts';
import { sentences } from './sentences.ts';

/** The answer to Teams' request, and what is to be sent besides: redrawings first. */
export type Answer = { status: number; body: unknown; then: FollowUp[] };

/** `post`: in the person's own chat; `redraw`: over the message that was pressed there. */
export type FollowUp =
  | { type: 'post'; activity: Partial<Activity> }
  | { type: 'redraw'; message: string; activity: Partial<Activity> };

/** Where it happened, as far as the drawing depends on it. */
export type Scene = { way: Way; values: Values; direct: boolean; dialogs: boolean };

/** Puts a reply into the form in which Teams takes it there. */
export function answer(reply: Reply, scene: Scene): Answer {
  const { way } = scene;
  switch (way.type) {
    case 'chat':
      return answerInChat(reply, { ...scene, way });
    case 'dialog':
      return answerInDialog(reply, way.screen, scene.values);
    case 'execute':
      return answerToPress(reply, { ...scene, way });
    case 'search':
      return answerToSearch(reply);
  }
}

type In<T extends Way['type']> = Scene & { way: Extract<Way, { type: T }> };

function answerInChat(reply: Reply, scene: In<'chat'>): Answer {
  switch (reply.type) {
    case 'screen':
      return silent(shown(inline(reply.screen, scene), reply.screen.title, scene));
    case 'finished':
    case 'replace':
      return silent(shown(drawn(reply.card, scene), reply.card.summary, scene));
    case 'message':
    case 'home':
      return silent(post(cardMessage(drawn(reply.card, scene), reply.card.summary)));
    case 'problem':
      return silent(post(textMessage(problemText(reply))));
    case 'notice':
      return silent(post(textMessage(reply.text)));
    case 'choices':
    case 'nothing':
      return { status: 200, body: null, then: [] };
  }
}

/** The person must see it even if Teams shows its own words for an error, and must keep the form. */
function answerToPress(reply: Reply, scene: In<'execute'>): Answer {
  switch (reply.type) {
    case 'screen':
      return nextScreen(reply.screen, scene);
    case 'finished':
      return replaced(drawn(reply.card, scene), reply.card.summary, scene);
    case 'replace':
      return noticed(reply, scene);
    case 'message':
    case 'home':
      return elsewhere(cardMessage(drawn(reply.card, scene), reply.card.summary));
    case 'problem': {
      const said = scene.direct ? [post(textMessage(problemText(reply)))] : [];
      return { ...cardError(problemText(reply)), then: said };
    }
    case 'notice':
      return toast(reply.text);
    case 'choices':
    case 'nothing':
      // An empty sentence would count as no answer, and Teams would ask again.
      return toast(sentences.done);
  }
}

/** A form takes the place of the form before it, but never that of a card, which would be lost. */
function nextScreen(screen: Screen, scene: In<'execute'>): Answer {
  const card = inline(screen, scene);
  return scene.direct && scene.way.onForm
    ? replaced(card, screen.title, scene)
    : elsewhere(cardMessage(card, screen.title));
}

function answerToSearch(reply: Reply): Answer {
  const choices = reply.type === 'choices' ? reply.choices : [];
  // Teams draws no more than fifteen; typing on narrows them.
  const results = choices.slice(0, 15).map(({ id, label }) => ({ value: id, title: label }));
  return invoke(200, 'application/vnd.microsoft.search.searchResponse', { results });
}

/** The error that leaves a card, and what was typed into it, untouched. */
export function cardError(message: string): Answer {
  return invoke(400, 'application/vnd.microsoft.error', { code: 'BadRequest', message });
}

/** One sentence beside the card. */
export function toast(text: string): Answer {
  return invoke(200, 'application/vnd.microsoft.activity.message', text);
}

function invoke(statusCode: number, type: string, value: unknown): Answer {
  return { status: 200, body: { statusCode, type, value }, then: [] };
}

/** A pressed card changes for the person only until the chat is drawn anew, unless it is redrawn too. */
function replaced(card: AdaptiveCard, summary: string, scene: In<'execute'>): Answer {
  const then = lasting(cardMessage(card, summary), scene);
  return { ...invoke(200, 'application/vnd.microsoft.card.adaptive', card), then };
}

/** The notice is for now; the redrawn card stays without it. */
function noticed(reply: { card: Card; notice: string | null }, scene: In<'execute'>): Answer {
  const card = renderCard(reply.card, surfaceOf(scene), reply.notice);
  const then = lasting(cardMessage(drawn(reply.card, scene), reply.card.summary), scene);
  return { ...invoke(200, 'application/vnd.microsoft.card.adaptive', card), then };
}

function lasting(activity: Partial<Activity>, { way, direct }: In<'execute'>): FollowUp[] {
  const message = way.pressedMessage;
  return direct && message !== null ? [{ type: 'redraw', message, activity }] : [];
}

function elsewhere(activity: Partial<Activity>): Answer {
  return { ...toast(sentences.sentToChat), then: [post(activity)] };
}

function shown(card: AdaptiveCard, summary: string, { way, direct }: In<'chat'>): FollowUp {
  const activity = cardMessage(card, summary);
  const message = way.pressedMessage;
  return direct && message !== null ? { type: 'redraw', message, activity } : post(activity);
}

function post(activity: Partial<Activity>): FollowUp {
  return { type: 'post', activity };
}

function silent(then: FollowUp): Answer {
  return { status: 200, body: null, then: [then] };
}

function inline(screen: Screen, scene: In<'chat'> | In<'execute'>): AdaptiveCard {
  return renderInline(screen, surfaceOf(scene).type, scene.way.again);
}

function drawn(card: Card, scene: Scene): AdaptiveCard {
  return renderCard(card, surfaceOf(scene));
}

function surfaceOf({ dialogs }: Scene) {
  return { type: dialogs ? 'message' : 'plain-message', form: false } as const;
}

/** What is wrong in all and then with each field, each said once. */
function problemText({ message, fields }: { message: string; fields: Record<string, string> }) {
  return [...new Set([message, ...Object.values(fields)])].join(' ');
}
