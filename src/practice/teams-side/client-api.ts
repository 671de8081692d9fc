import { json, Router, type Request, type Response } from 'express';
import { type z } from 'zod';
import type {
  DialogOrigin,
  DialogReply,
  Json,
  PressReply,
  Requests,
  SearchReply,
} from '../wire.ts';
import {
  activityFrom,
  fileActivity,
  mentionActivity,
  messageActivity,
  type Activity,
  type Spot,
  type Surroundings,
} from './activity.ts';
import { troubleIn, type BotAnswer } from '../post-to-bot.ts';
import type { Bot } from './bot.ts';
import { canRead, type Roster } from './chats.ts';
import { hasMessage, type History, type Message } from './history.ts';
import { readCardReply, readDialogReply, readSearchReply } from './invoke-replies.ts';
import {
  cardAction,
  fillDialog,
  messagePayload,
  openDialog,
  search,
  submitActivity,
} from './invokes.ts';
import { requests } from './requests.ts';

/** What the page's requests are answered with and from. */
export type ClientApiParts = {
  roster: Roster;
  history: History;
  bot: Bot;
  around: Surroundings;
  command: string;
  /** The absolute address under which a dropped file would lie. */
  fileAddress: () => string;
};

/** A person in a chat that they can read, as every request of the page names them. */
type Where = { person: string; chat: string };

/** What the page calls: each request is one thing that a person does in Teams. */
export function clientApiRouter(parts: ClientApiParts): Router {
  const router = Router();
  router.use(json({ limit: '256kb' }));
  const on = <T extends Where>(name: string, schema: z.ZodType<T>, act: Act<T>): void => {
    router.post(`/${name}`, async (req, res) => {
      await answer(parts, schema, act, req, res);
    });
  };
  on('say', requests.say, say);
  on('drop', requests.drop, drop);
  on('read', requests.read, markRead);
  on('execute', requests.execute, execute);
  on('submit', requests.submit, submit);
  on('open', requests.open, open);
  on('fill', requests.fill, fill);
  on('search', requests.search, searchPeople);
  return router;
}

type Act<T> = (parts: ClientApiParts, spot: Spot, body: T) => Promise<Json> | Json;

async function answer<T extends Where>(
  parts: ClientApiParts,
  schema: z.ZodType<T>,
  act: Act<T>,
  req: Request,
  res: Response,
): Promise<void> {
  const body = schema.safeParse(req.body);
  const spot = body.success ? spotOf(parts, body.data) : undefined;
  if (!body.success || spot === undefined) {
    res.status(400).json({ error: 'not understood' });
    return;
  }
  res.json(await act(parts, spot, body.data));
}

function spotOf({ roster }: ClientApiParts, { person: key, chat: id }: Where): Spot | undefined {
  const person = roster.person(key);
  const chat = roster.chat(id);
  const present = person !== undefined && chat !== undefined && canRead(chat, key);
  return present ? { person, chat, thread: null } : undefined;
}

/** The message is there at once; whether the bot got it shows a little later. */
function say(parts: ClientApiParts, spot: Spot, { text, thread }: Requests['say']): Json {
  const { history, around } = parts;
  const { person, chat } = spot;
  const message = history.add({ chat: chat.id, thread, author: person.key, text });
  if (chat.kind === 'personal') deliver(parts, spot, message, messageActivity(message.id, text));
  else if (text.includes(`@${around.bot.name}`)) {
    const there = { ...spot, thread: thread ?? message.id };
    deliver(parts, there, message, mentionActivity(message.id, text, around.bot));
  }
  return {};
}

function drop(parts: ClientApiParts, spot: Spot, { name, kind, thread }: Requests['drop']): Json {
  const file = { name, kind };
  const message = parts.history.add({ chat: spot.chat.id, thread, author: spot.person.key, file });
  // In a channel a bot hears only what names it.
  if (spot.chat.kind === 'personal') {
    deliver(parts, spot, message, fileActivity(message.id, file, parts.fileAddress()));
  }
  return {};
}

function deliver(parts: ClientApiParts, spot: Spot, message: Message, activity: Activity): void {
  void ask(parts, spot, activity).then((reply) => {
    const trouble = troubleIn(reply);
    if (trouble !== null) parts.history.change(message.chat, message.id, { trouble });
  });
}

function markRead({ history }: ClientApiParts, { person, chat }: Spot): Json {
  history.markRead(person.key, chat.id);
  return {};
}

async function execute(
  parts: ClientApiParts,
  spot: Spot,
  body: Requests['execute'],
): Promise<PressReply> {
  const message = visible(parts, spot, body.message);
  if (message === undefined) return gone;
  const there = { ...spot, thread: message.thread ?? message.id };
  const reply = readCardReply(await ask(parts, there, cardAction(message.id, body.action)));
  if (reply.type === 'card') {
    const views = new Map(message.views).set(spot.person.key, reply.card);
    parts.history.change(spot.chat.id, message.id, { views });
    return { type: 'done' };
  }
  return reply.type === 'nothing' ? { type: 'done' } : reply;
}

async function submit(
  parts: ClientApiParts,
  spot: Spot,
  body: Requests['submit'],
): Promise<PressReply> {
  const message = visible(parts, spot, body.message);
  if (message === undefined) return gone;
  const there = { ...spot, thread: message.thread ?? message.id };
  const text = troubleIn(await ask(parts, there, submitActivity(message.id, body.data)));
  return text === null ? { type: 'done' } : { type: 'failed', text };
}

async function open(
  parts: ClientApiParts,
  spot: Spot,
  body: Requests['open'],
): Promise<DialogReply> {
  return dialog(parts, spot, body, openDialog);
}

async function fill(
  parts: ClientApiParts,
  spot: Spot,
  body: Requests['fill'],
): Promise<DialogReply> {
  return dialog(parts, spot, body, fillDialog);
}

async function dialog(
  parts: ClientApiParts,
  spot: Spot,
  { origin, data }: { origin: DialogOrigin; data: unknown },
  build: typeof openDialog,
): Promise<DialogReply> {
  if (origin.type === 'command') {
    return readDialogReply(await ask(parts, spot, build(parts.command, origin, data, null)));
  }
  const message = visible(parts, spot, origin.message);
  if (message === undefined) return gone;
  const about = origin.type === 'message' ? messagePayload(parts.roster, spot.chat, message) : null;
  const there = { ...spot, thread: message.thread ?? message.id };
  return readDialogReply(await ask(parts, there, build(parts.command, origin, data, about)));
}

async function searchPeople(
  parts: ClientApiParts,
  spot: Spot,
  body: Requests['search'],
): Promise<SearchReply> {
  return readSearchReply(await ask(parts, spot, search(body)));
}

const gone = { type: 'failed', text: 'This message is no longer here.' } as const;

function visible(
  { roster, history }: ClientApiParts,
  { person, chat }: Spot,
  id: string,
): Message | undefined {
  const message = history.get(chat.id, id);
  return message !== undefined && hasMessage(roster, message, person.key) ? message : undefined;
}

function ask(parts: ClientApiParts, spot: Spot, activity: Activity): Promise<BotAnswer> {
  return parts.bot(activityFrom(parts.around, spot, activity));
}
