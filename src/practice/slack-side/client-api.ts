import { json, Router, type Request, type Response } from 'express';
import { type z } from 'zod';
import type { Json } from '../wire.ts';
import type { Parts } from './parts.ts';
import { options, press, raise, shortcut } from './press.ts';
import { requests } from './requests.ts';
import { isMember, type SlackPerson } from './roster.ts';
import { drop, say, type Spot } from './say.ts';
import { close, submit } from './submit.ts';
import { tellEvent } from './tell-event.ts';
import type { SlackRequests } from './wire.ts';

/** What the page calls: each request is one thing that a person does in Slack. */
export function clientApiRouter(parts: Parts): Router {
  const router = Router();
  router.use(json({ limit: '256kb' }));
  const by: Register = (name, schema, act) => {
    router.post(`/${name}`, async (req, res) => {
      await answer(parts, schema, act, req, res);
    });
  };
  const inChat: RegisterInChat = (name, schema, act) => {
    by(name, schema, (all, person, body) => {
      const spot = spotOf(all, person, body.chat);
      return spot === undefined ? null : act(all, spot, body);
    });
  };
  inChat('say', requests.say, say);
  inChat('drop', requests.drop, drop);
  inChat('read', requests.read, markRead);
  by('opened', requests.opened, opened);
  by('shortcut', requests.shortcut, shortcut);
  by('raise', requests.raise, raise);
  by('press', requests.press, press);
  by('submit', requests.submit, submit);
  by('options', requests.options, options);
  by('close', requests.close, close);
  return router;
}

type Answer = Json | null;
type Act<T> = (parts: Parts, person: SlackPerson, body: T) => Promise<Answer> | Answer;
type Register = <T extends { person: string }>(
  name: keyof SlackRequests,
  schema: z.ZodType<T>,
  act: Act<T>,
) => void;
type RegisterInChat = <T extends { person: string; chat: string }>(
  name: keyof SlackRequests,
  schema: z.ZodType<T>,
  act: (parts: Parts, spot: Spot, body: T) => Promise<Answer> | Answer,
) => void;

async function answer<T extends { person: string }>(
  parts: Parts,
  schema: z.ZodType<T>,
  act: Act<T>,
  req: Request,
  res: Response,
): Promise<void> {
  const body = schema.safeParse(req.body);
  const person = body.success ? parts.roster.person(body.data.person) : undefined;
  const given = body.success && person ? await act(parts, person, body.data) : null;
  if (given === null) res.status(400).json({ error: 'not understood' });
  else res.json(given);
}

function spotOf({ roster }: Parts, person: SlackPerson, chat: string): Spot | undefined {
  const channel = roster.channel(chat);
  return channel !== undefined && isMember(channel, person.key) ? { person, channel } : undefined;
}

function markRead({ messages }: Parts, { person, channel }: Spot): Json {
  messages.markRead(person.key, channel.id);
  return {};
}

/** Slack tells the app each time; the home is then drawn by `views.publish`. */
function opened(parts: Parts, person: SlackPerson, { tab }: SlackRequests['opened']): Json {
  const { id } = parts.roster.direct(person);
  void tellEvent(parts, { type: 'app_home_opened', user: person.slackUser, channel: id, tab });
  return {};
}
