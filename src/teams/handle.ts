import type { Response } from 'express';
import type { Reply, Respond } from '../chat/interaction.ts';
import { isDirect, type IncomingActivity } from './activity.ts';
import { answer, type Answer, type FollowUp, type Scene } from './answer.ts';
import type { Admitted } from './guard.ts';
import type { Log } from './log.ts';
import { receive } from './receive.ts';
import type { Received, Way } from './received.ts';
import { answerUnreadable, notSetUp } from './refusals.ts';
import { sentences } from './sentences.ts';
import { hasDialogs } from './service-url.ts';

export type HandleOptions = {
  respond: Respond;
  /** Sends what is to be sent besides the answer; never throws. */
  follow: (activity: IncomingActivity, then: FollowUp[]) => Promise<void>;
  log: Log;
  now: () => Date;
  /** Teams gives a message extension five seconds, the rest ten to fifteen. */
  answerWithinMs: number;
};

type Interacted = Extract<Received, { type: 'interaction' }>;
type Outcome = { type: 'in-time'; reply: Reply } | { type: 'late' };

/** Answers one activity that the guard let through. */
export async function handle(
  { activity, school }: Admitted,
  response: Response,
  options: HandleOptions,
): Promise<void> {
  const received = receive(activity, options.now());
  switch (received.type) {
    case 'ignored':
      give(response, 200, null);
      return;
    case 'unknown':
      options.log('teams-unknown-invoke', {});
      give(response, 501, {});
      return;
    case 'unreadable':
      options.log('teams-unreadable', { way: received.way });
      give(response, ...answerUnreadable(received.way));
      return;
    case 'interaction':
      if (school === 'unregistered') refuseStranger(received.way, response, options.log);
      else await interact(received, { activity, school }, response, options);
  }
}

function refuseStranger(way: Way, response: Response, log: Log): void {
  log('teams-unregistered-tenant', { way: way.type });
  give(response, 200, notSetUp(way.type));
}

async function interact(
  received: Interacted,
  { activity, school }: Admitted,
  response: Response,
  options: HandleOptions,
): Promise<void> {
  const asked = school === 'unknown' ? Promise.resolve(FAILED) : ask(received, options);
  const { way, values } = received;
  const scene = {
    way,
    values,
    direct: isDirect(activity),
    dialogs: hasDialogs(activity.serviceUrl),
  };
  const outcome = await inTime(asked, options.answerWithinMs);
  if (outcome.type === 'late') {
    options.log('teams-slow', { interaction: received.interaction.type });
    await hurry(response, activity, scene, options);
    await options.follow(activity, lateFollowUps(await asked, scene));
    return;
  }
  await finish(response, activity, answer(outcome.reply, scene), options);
}

/** The conversation never throws by contract; if it does, the person hears that it is not known. */
async function ask({ interaction }: Interacted, { respond, log }: HandleOptions): Promise<Reply> {
  try {
    const reply = await respond(interaction);
    log('teams-answered', { interaction: interaction.type, reply: reply.type });
    return reply;
  } catch (error) {
    log('teams-fault', { interaction: interaction.type, error: nameOf(error) });
    return FAILED;
  }
}

const FAILED: Reply = { type: 'problem', message: sentences.failed, fields: {} };
const SLOW: Reply = { type: 'problem', message: sentences.slow, fields: {} };

/** Only the kind of an error: its message may hold what somebody wrote. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

function inTime(asked: Promise<Reply>, ms: number): Promise<Outcome> {
  const reply = asked.then((reply): Outcome => ({ type: 'in-time', reply }));
  return orAfter(ms, reply, { type: 'late' });
}

async function orAfter<T>(ms: number, awaited: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, ms, otherwise);
  });
  return Promise.race([awaited, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** Says that it is taking long; in the chat nothing need be said, since the answer can still come. */
async function hurry(
  response: Response,
  activity: IncomingActivity,
  scene: Scene,
  options: HandleOptions,
): Promise<void> {
  if (scene.way.type === 'chat') give(response, 200, null);
  else await finish(response, activity, answer(SLOW, scene), options);
}

/** What came too late for its dialog is said in the chat, except screens: those are asked for again. */
function lateFollowUps(reply: Reply, scene: Scene): FollowUp[] {
  const { way } = scene;
  if (way.type === 'chat') return answer(reply, scene).then;
  if (way.type === 'search' || reply.type === 'screen') return [];
  const chat: Way = { type: 'chat', again: { verb: 'raise' }, pressedMessage: null };
  return answer(reply, { ...scene, way: chat }).then;
}

/**
 * A message is acknowledged once it has been answered, so that Teams sends it again if we stop before.
 * A card is redrawn before the press is answered: a redrawing that came later would empty what the
 * person has begun to type.
 */
async function finish(
  response: Response,
  activity: IncomingActivity,
  { status, body, then }: Answer,
  { follow, answerWithinMs }: HandleOptions,
): Promise<void> {
  const first = body === null ? then : then.filter(({ type }) => type === 'redraw');
  const followed = follow(activity, first);
  await orAfter(body === null ? answerWithinMs : REDRAW_MS, followed, undefined);
  give(response, status, body);
  await followed;
  await follow(activity, then.slice(first.length));
}

const REDRAW_MS = 1_500;

function give(response: Response, status: number, body: unknown): void {
  if (body === null) response.status(status).end();
  else response.status(status).json(body);
}
