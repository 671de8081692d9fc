import { json, Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { splitConversationId, teamsUserId, type Chat, type Roster } from './chats.ts';
import type { History, Message } from './history.ts';
import { membersRouter } from './members.ts';
import { refuse } from './refusals.ts';
import { contentOf, isTooBig, sentActivity, type SentActivity } from './sent-activity.ts';

type Parts = { roster: Roster; history: History };
type Place = { chat: Chat; thread: string | null };

const newConversation = z.looseObject({
  members: z.array(z.looseObject({ id: z.string() })).nullish(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).nullish() }).nullish(),
  activity: sentActivity.nullish(),
});

/**
 * Teams' side of the Bot Framework connector REST API, version 3: what a bot calls to write.
 * Source: learn.microsoft.com, "Bot Connector API reference".
 */
export function connectorRouter(parts: Parts): Router {
  const router = Router();
  router.use(json({ limit: '1mb' }));
  router.use(membersRouter(parts.roster));
  router.post('/v3/conversations', (req, res) => {
    startConversation(parts, req, res);
  });
  router.post('/v3/conversations/:conversation/activities', (req, res) => {
    receive(parts, req, res, null);
  });
  router
    .route('/v3/conversations/:conversation/activities/:activity')
    .post((req, res) => {
      receive(parts, req, res, req.params.activity);
    })
    .put((req, res) => {
      update(parts, req, res);
    })
    .delete((req, res) => {
      remove(parts, req, res);
    });
  return router;
}

/** With one person: their personal chat, which always exists. With a channel: a new post in it. */
function startConversation({ roster, history }: Parts, req: Request, res: Response): void {
  const wanted = newConversation.safeParse(req.body);
  if (!wanted.success) {
    refuse(res, 400, 'BadSyntax');
    return;
  }
  const { members, channelData, activity } = wanted.data;
  const channel = roster.chat(channelData?.channel?.id ?? '');
  if (channel !== undefined && activity) {
    const { id } = post(history, { chat: channel, thread: null }, activity, null);
    res.status(201).json({ id: `${channel.id};messageid=${id}`, activityId: id });
    return;
  }
  const chat = personalChatOf(roster, members?.[0]?.id);
  if (chat === undefined) {
    refuse(res, 404, 'MemberNotFound');
    return;
  }
  const first = activity
    ? { activityId: post(history, { chat, thread: null }, activity, null).id }
    : {};
  res.status(201).json({ id: chat.id, ...first });
}

function receive(
  { roster, history }: Parts,
  req: Request<{ conversation: string }>,
  res: Response,
  replyTo: string | null,
): void {
  const place = placeOf(roster, history, req.params.conversation, replyTo);
  const activity = readActivity(req, res, place);
  if (place === undefined || activity === undefined) return;
  if (activity.type !== 'message') {
    if (activity.type === 'typing') history.typing(place.chat.id);
    res.status(201).json({ id: 'none' });
    return;
  }
  const onlyFor = targetOf(roster, req, activity);
  if (onlyFor === undefined) refuse(res, 400, 'BadArgument');
  else res.status(201).json({ id: post(history, place, activity, onlyFor).id });
}

/** A message from before this process started is unknown here; updating it brings it back. */
function update(
  { roster, history }: Parts,
  req: Request<{ conversation: string; activity: string }>,
  res: Response,
): void {
  const place = placeOf(roster, history, req.params.conversation, null);
  const activity = readActivity(req, res, place);
  if (place === undefined || activity === undefined) return;
  const id = req.params.activity;
  const content = contentOf(activity);
  const known = history.change(place.chat.id, id, { ...content, edited: true });
  if (known === undefined) {
    const thread = place.thread === id ? null : place.thread;
    history.add({ ...content, id, chat: place.chat.id, thread, author: null, edited: true });
  }
  res.json({ id });
}

function remove(
  { roster, history }: Parts,
  req: Request<{ conversation: string; activity: string }>,
  res: Response,
): void {
  const { chat } = splitConversationId(req.params.conversation);
  if (roster.chat(chat) === undefined) {
    refuse(res, 404, 'ConversationNotFound');
    return;
  }
  history.change(chat, req.params.activity, { gone: true });
  res.status(200).end();
}

/** The activity in a request, or undefined after having refused it in Teams' words. */
function readActivity(
  req: Request,
  res: Response,
  place: Place | undefined,
): SentActivity | undefined {
  const activity = sentActivity.safeParse(req.body);
  if (place === undefined) refuse(res, 404, 'ConversationNotFound');
  else if (!activity.success) refuse(res, 400, 'BadSyntax');
  else if (isTooBig(activity.data)) refuse(res, 413, 'MessageSizeTooBig');
  else return activity.data;
  return undefined;
}

function post(
  history: History,
  place: Place,
  activity: SentActivity,
  onlyFor: string | null,
): Message {
  const { chat, thread } = place;
  return history.add({ ...contentOf(activity), chat: chat.id, thread, author: null, onlyFor });
}

/** Where a message goes. In a channel an answer belongs to the post it answers. */
function placeOf(
  roster: Roster,
  history: History,
  conversation: string,
  replyTo: string | null,
): Place | undefined {
  const chat = roster.chat(conversation);
  if (chat === undefined) return undefined;
  if (chat.kind === 'personal') return { chat, thread: null };
  const { thread } = splitConversationId(conversation);
  const answered = replyTo === null ? undefined : history.get(chat.id, replyTo);
  return { chat, thread: thread ?? answered?.thread ?? answered?.id ?? null };
}

/** The one reader of a targeted message; null for an ordinary one; undefined when none is named. */
function targetOf(roster: Roster, req: Request, activity: SentActivity): string | null | undefined {
  if (req.query['isTargetedActivity'] !== 'true') return null;
  return roster.personByTeamsId(activity.recipient?.id ?? '')?.key;
}

function personalChatOf(roster: Roster, id: string | undefined): Chat | undefined {
  const person = roster.personByTeamsId(id ?? '');
  if (person === undefined) return undefined;
  return roster.chats.find(
    (chat) =>
      chat.kind === 'personal' && chat.readers.some((r) => teamsUserId(r) === teamsUserId(person)),
  );
}
