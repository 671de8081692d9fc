import { Router, type Request, type Response } from 'express';
import { violationsOf, type Json } from './fake-teams-cards.ts';
import {
  addMessage,
  personalChat,
  reaches,
  type Chat,
  type Person,
  type World,
} from './fake-teams-world.ts';

/*
 * The Bot Connector as a bot sees it: refuses what Teams refuses.
 */

class Failure extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** The connector's routes over a world. `botId` is what the bot must call itself. */
export function connectorRoutes(world: World, botId: string): Router {
  const router = Router();
  const route = (work: (request: Request, response: Response) => void) => {
    return (request: Request, response: Response) => {
      try {
        work(request, response);
      } catch (error) {
        if (error instanceof Failure) fail(response, error);
        else throw error;
      }
    };
  };
  router.post('/v3/conversations', route(createConversation(world, botId)));
  router.post('/v3/conversations/:chat/activities', route(postActivity(world)));
  router.put('/v3/conversations/:chat/activities/:id', route(putActivity(world)));
  router.delete('/v3/conversations/:chat/activities/:id', route(deleteActivity(world)));
  router.get('/v3/conversations/:chat/members', route(members(world)));
  router.get('/v3/conversations/:chat/pagedmembers', route(pagedMembers(world)));
  router.get('/v3/teams/:team/conversations', route(channels(world)));
  return router;
}

function fail(response: Response, { status, code }: Failure): void {
  response.status(status).json({ error: { code, message: 'refused by the stand-in' } });
}

function failure(status: number, code: string): Failure {
  return new Failure(status, code);
}

type NewConversation = {
  isGroup?: boolean;
  bot?: { id: string };
  tenantId?: string;
  members?: { id: string }[];
  channelData?: { channel?: { id: string } };
  activity?: Json;
};

function createConversation(world: World, botId: string) {
  return (request: Request, response: Response) => {
    const asked = request.body as NewConversation;
    if (asked.bot?.id !== botId || !asked.tenantId) throw failure(400, 'BadArgument');
    if (asked.isGroup) response.status(201).json(newThread(world, asked));
    else response.status(201).json({ id: newChat(world, asked).id });
  };
}

function newChat(world: World, { members = [], tenantId }: NewConversation): Chat {
  const [wanted] = members;
  const person = world.people.find(({ id, aad }) => id === wanted?.id || aad === wanted?.id);
  if (!person || members.length !== 1) throw failure(404, 'ConversationNotFound');
  if (person.tenant !== tenantId || !reaches(world, person)) {
    throw failure(403, 'ForbiddenOperationException');
  }
  return personalChat(world, person);
}

function newThread(world: World, { channelData, activity = {} }: NewConversation) {
  const chat = chatOf(world, channelData?.channel?.id ?? '');
  const message = accept(world, chat, activity);
  return { id: `${chat.id};messageid=${message.id}`, activityId: message.id };
}

function postActivity(world: World) {
  return (request: Request, response: Response) => {
    const chat = chatOf(world, request.params['chat'] as string);
    const message = accept(world, chat, request.body as Json);
    response.status(201).json({ id: message.id });
  };
}

function putActivity(world: World) {
  return (request: Request, response: Response) => {
    const chat = chatOf(world, request.params['chat'] as string);
    const message = ownMessage(chat, request.params['id'] as string);
    const { text, card, summary } = contentOf(world, chat, request.body as Json);
    Object.assign(message, { text, card, summary });
    message.views.clear();
    response.status(200).json({ id: message.id });
  };
}

function deleteActivity(world: World) {
  return (request: Request, response: Response) => {
    const chat = chatOf(world, request.params['chat'] as string);
    const message = ownMessage(chat, request.params['id'] as string);
    chat.messages.splice(chat.messages.indexOf(message), 1);
    response.status(200).end();
  };
}

function ownMessage(chat: Chat, id: string) {
  const message = chat.messages.find((one) => one.id === id && one.from === null);
  if (!message) throw failure(404, 'ActivityNotFoundInConversation');
  return message;
}

function chatOf(world: World, id: string): Chat {
  const chat = world.chats.find((one) => one.id === id.replace(/;messageid=.*/, ''));
  if (!chat) throw failure(404, 'ConversationNotFound');
  const allowed = chat.person ? reaches(world, chat.person) : chat.team?.hasBot;
  if (!allowed) throw failure(403, 'BotNotInConversationRoster');
  return chat;
}

function accept(world: World, chat: Chat, activity: Json) {
  return addMessage(chat, contentOf(world, chat, activity));
}

function contentOf(world: World, chat: Chat, activity: Json) {
  const body = JSON.stringify(activity);
  world.recordings.push({ kind: 'chat', to: chat.name, body });
  if (activity['type'] !== 'message') throw failure(400, 'BadSyntax');
  if (body.length * 2 > 100 * 1024) throw failure(413, 'MessageSizeTooBig');
  const card = cardIn(activity);
  const text = textIn(activity, 'text');
  const summary = textIn(activity, 'summary');
  const wrong =
    card === null ? [] : [...violationsOf(card, 'chat'), ...(summary ? [] : ['no summary'])];
  world.violations.push(...wrong);
  if (wrong.length > 0 || (card === null && text === '')) throw failure(400, 'BadArgument');
  return { text, card, summary };
}

function textIn(activity: Json, name: string): string {
  const text = activity[name];
  return typeof text === 'string' ? text : '';
}

function cardIn(activity: Json): Json | null {
  const [attachment, ...more] = (activity['attachments'] ?? []) as Json[];
  if (more.length > 0) throw failure(400, 'BadArgument');
  return (attachment?.['content'] as Json | undefined) ?? null;
}

const PAGE = 2;

/** Pages are tiny, so that nobody gets away with reading only the first. */
function pagedMembers(world: World) {
  return (request: Request, response: Response) => {
    const all = rosterOf(world, request);
    if (request.query['continuationToken'] === '') throw failure(403, 'BadArgument');
    const from = Number(request.query['continuationToken'] ?? 0);
    const token = from + PAGE < all.length ? String(from + PAGE) : undefined;
    response.json({ members: all.slice(from, from + PAGE), continuationToken: token });
  };
}

function members(world: World) {
  return (request: Request, response: Response) => {
    response.json(rosterOf(world, request));
  };
}

function rosterOf(world: World, request: Request) {
  const chat = chatOf(world, request.params['chat'] as string);
  return (chat.team?.members ?? [chat.person as Person]).map((one) => ({
    id: one.id,
    name: one.name,
    aadObjectId: one.aad,
    tenantId: one.tenant,
    userPrincipalName: one.upn,
    userRole: one.role,
  }));
}

function channels(world: World) {
  return (request: Request, response: Response) => {
    const team = world.teams.find(({ id }) => id === request.params['team']);
    if (!team?.hasBot) throw failure(403, 'BotNotInConversationRoster');
    const own = world.chats.filter((one) => one.team === team);
    response.json({
      conversations: own.map(({ id, name, channelType }) => ({ id, name, type: channelType })),
    });
  };
}
