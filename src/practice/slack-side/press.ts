import { troubleIn, type BotAnswer } from '../post-to-bot.ts';
import type { Json } from '../wire.ts';
import { blocksIn, findElement, stateFor } from './form-state.ts';
import { hasMessage, type Message } from './messages.ts';
import type { Parts } from './parts.ts';
import { inMessage, interactivePayload, messageShortcutPayload } from './payloads.ts';
import { isMember, type Channel, type SlackPerson } from './roster.ts';
import type { OptionsReply, SlackPressReply, SlackRequests, Surface } from './wire.ts';
import { echoOf, type Window } from './windows.ts';

const failed = (text: string): SlackPressReply & { type: 'failed' } => ({ type: 'failed', text });
const gone = failed('This is no longer here.');
const noAnswer = failed('The app did not answer. Nothing was done. Please try again.');

/** The global shortcut, from the menu of shortcuts. */
export async function shortcut(parts: Parts, person: SlackPerson): Promise<SlackPressReply> {
  const payload = {
    ...interactivePayload(parts.post, 'shortcut', person),
    callback_id: parts.app.globalShortcut.callbackId,
    trigger_id: parts.post.trigger(person),
  };
  return replyFrom(await parts.line('interactive', payload));
}

/** The shortcut on somebody's message. */
export async function raise(
  parts: Parts,
  person: SlackPerson,
  { chat, message: id }: SlackRequests['raise'],
): Promise<SlackPressReply> {
  const found = visible(parts, person, chat, id);
  if (found === undefined) return gone;
  const { callbackId } = parts.app.messageShortcut;
  const payload = messageShortcutPayload(parts.post, person, { ...found, callbackId });
  return replyFrom(await parts.line('interactive', payload));
}

/** A button was pressed, or something chosen that the bot wants to hear of at once. */
export async function press(
  parts: Parts,
  person: SlackPerson,
  { at, block, action, chosen, values }: SlackRequests['press'],
): Promise<SlackPressReply> {
  const place = placeOf(parts, person, at);
  const element = place && findElement(place.blocks, block, action);
  if (place === undefined || element === undefined) return gone;
  const pressed = { ...pressable(element), ...chosen, block_id: block };
  const { action_ts, ...rest } = interactivePayload(parts.post, 'block_actions', person);
  const payload = {
    ...rest,
    ...place.payload(values),
    trigger_id: parts.post.trigger(person),
    actions: [{ ...pressed, action_ts }],
  };
  return replyFrom(await parts.line('interactive', payload));
}

/** What was typed into a list that the bot holds. An answer that is none gives nothing to choose. */
export async function options(
  parts: Parts,
  person: SlackPerson,
  { at, block, action, query, values }: SlackRequests['options'],
): Promise<OptionsReply> {
  const place = placeOf(parts, person, at);
  if (place === undefined || findElement(place.blocks, block, action) === undefined)
    return { options: [] };
  const payload = {
    ...interactivePayload(parts.post, 'block_suggestion', person),
    ...place.payload(values),
    ...{ block_id: block, action_id: action, value: query },
  };
  const answer = await parts.line('interactive', payload);
  const body = answer.type === 'answered' ? (answer.body as Json | undefined) : undefined;
  const found = body?.['options'];
  return { options: Array.isArray(found) ? (found as Json[]).slice(0, 100) : [] };
}

function replyFrom(answer: BotAnswer): SlackPressReply {
  return troubleIn(answer) === null ? { type: 'done' } : noAnswer;
}

/** What an action repeats of its element. */
function pressable({ type, action_id, text, value, style }: Json): Json {
  return { type, action_id, ...(type === 'button' ? { text, value, style } : {}) };
}

type Place = { blocks: Json[]; payload: (values: SlackRequests['press']['values']) => Json };

function placeOf(parts: Parts, person: SlackPerson, at: Surface): Place | undefined {
  return at.type === 'message'
    ? messagePlace(parts, person, at)
    : windowPlace(parts, windowOf(parts, person, at.view));
}

function messagePlace(
  parts: Parts,
  person: SlackPerson,
  { chat, message: id }: Surface & { type: 'message' },
): Place | undefined {
  const found = visible(parts, person, chat, id);
  if (found === undefined) return undefined;
  const { channel, message } = found;
  return {
    blocks: message.blocks,
    payload: (values) => ({
      ...inMessage(parts.post, person, channel, message),
      state: { values: stateFor(message.blocks, values) },
    }),
  };
}

function windowPlace({ roster }: Parts, window: Window | undefined): Place | undefined {
  if (window === undefined) return undefined;
  return {
    blocks: blocksIn(window.view),
    payload: (values) => ({
      container: { type: 'view', view_id: window.id },
      view: echoOf(window, roster.team, values),
    }),
  };
}

/** A window or home of this person. */
export function windowOf({ windows }: Parts, { key }: SlackPerson, id: string): Window | undefined {
  const window = windows.find({ id });
  return window?.person === key ? window : undefined;
}

function visible(
  { roster, messages }: Parts,
  { key }: SlackPerson,
  chat: string,
  id: string,
): { channel: Channel; message: Message } | undefined {
  const channel = roster.channel(chat);
  const message = messages.get(chat, id);
  if (channel === undefined || message === undefined) return undefined;
  return isMember(channel, key) && hasMessage(roster, message, key)
    ? { channel, message }
    : undefined;
}
