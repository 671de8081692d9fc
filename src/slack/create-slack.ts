import type { Receiver } from '@slack/bolt';
import express, { type Router } from 'express';
import type { Screen } from '../chat/elements.ts';
import type { Messenger, Respond } from '../chat/interaction.ts';
import type { EventDeps, Heard } from './answer-event.ts';
import { createAsk } from './ask.ts';
import { createBoltApp } from './bolt-app.ts';
import { deliver } from './deliver.ts';
import { createDirectChat } from './direct-chat.ts';
import { apiUrlFrom } from './egress-fetch.ts';
import { createGuard, type SeenBefore, standing } from './guard.ts';
import { createHttpReceiver } from './http-receiver.ts';
import { createIdentity } from './identity.ts';
import { createInFlight } from './in-flight.ts';
import { safeCode, type SlackLog } from './log.ts';
import { createPeople } from './people.ts';
import { createPost } from './post.ts';
import { waitingView } from './render-screen.ts';
import { createMessenger } from './send.ts';
import { createSlackClient } from './slack-client.ts';
import { codeOf } from './slack-error.ts';
import { createSocketMode } from './socket-mode.ts';
import { createWindows } from './windows.ts';
import { within } from './within.ts';
import { words } from './words.ts';

export type SlackOptions = {
  botToken: string;
  /** Null in Socket Mode, where nothing is listened to over HTTP. */
  signingSecret: string | null;
  /** Socket Mode, for schools behind a firewall. */
  appToken: string | null;
  /** SLACK_API_URL. */
  apiUrl?: string | null | undefined;
  /** With its slash; two apps may want the same one, so it can be changed. */
  command?: string | null | undefined;
  respond: Respond;
  seenBefore: SeenBefore;
  heard: Heard;
  log: SlackLog;
  now: () => Date;
  /** Shown at once when somebody raises a concern or opens something: it must say to ring 999. */
  firstScreen: Screen;
};

export type Slack = {
  /** POST /slack/events. To be mounted before any body parser; empty in Socket Mode. */
  router: Router;
  messenger: Messenger;
  /** Asks Slack whether the token still works. */
  health: () => Promise<{ ok: true } | { ok: false; code: string }>;
  start: () => Promise<void>;
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
  /** Waits up to ten seconds for what is under way. */
  stop: () => Promise<void>;
};

const drainMs = 10_000;
/** Slack gives up on an event after four deliveries; a late one comes within the hour. */
const eventMemoryMs = 2 * 60 * 60_000;

/** The Slack side of the bot. Exactly one of `signingSecret` and `appToken` must be given. */
export function createSlack(options: SlackOptions): Slack {
  const apiUrl = apiUrlFrom(options.apiUrl);
  const client = createSlackClient(options.botToken, apiUrl);
  const inFlight = createInFlight();
  const parts = createParts(options, client);
  const door = createDoor(options, apiUrl);
  createBoltApp({
    botToken: options.botToken,
    apiUrl,
    command: options.command ?? '/concern',
    receiver: door.receiver,
    deliver: (incoming) => inFlight.track(() => deliver(parts.events, incoming)),
    log: options.log,
  });
  return {
    router: door.router,
    messenger: parts.messenger,
    health: () => health(client),
    start: async () => {
      // A wrong token or no network must not keep the bot from starting: `health` says so.
      await parts.events.identity().catch((error: unknown) => {
        options.log({ what: 'identity', code: codeOf(error) });
      });
      await door.start();
    },
    idle: () => inFlight.drain(),
    stop: async () => {
      await door.stop();
      await within(inFlight.drain(), drainMs);
    },
  };
}

type Client = ReturnType<typeof createSlackClient>;

function createParts(
  options: SlackOptions,
  client: Client,
): { events: EventDeps; messenger: Messenger } {
  const { log, now, respond, heard } = options;
  const identity = createIdentity(client);
  const people = createPeople(client, identity, now);
  const post = createPost(client);
  const directChat = createDirectChat(client);
  const answering = {
    ask: createAsk({ respond, people, now, log }),
    windows: createWindows(client, log),
    post,
    directChat,
    firstView: waitingView(options.firstScreen),
    betweenView: waitingView({ ...options.firstScreen, title: words.appTitle }),
    log,
  };
  const onceEvent: EventDeps['onceEvent'] = ({ team_id, event_id }) =>
    standing(
      options,
      `event ${team_id ?? ''} ${event_id}`,
      new Date(now().getTime() + eventMemoryMs),
    );
  return {
    events: { answering, people, identity, heard, onceEvent },
    messenger: createMessenger({ client, post, directChat, people, identity, log }),
  };
}

type Door = {
  receiver: Receiver;
  router: Router;
  start(): Promise<void>;
  stop(): Promise<void>;
};

function createDoor(options: SlackOptions, apiUrl: URL): Door {
  const { signingSecret, appToken, log } = options;
  if (appToken !== null && signingSecret === null) {
    const socket = createSocketMode({ appToken, apiUrl, log });
    return { ...socket, router: express.Router() };
  }
  if (signingSecret === null || signingSecret === '' || appToken !== null)
    throw new Error('Slack needs either a signing secret or an app token, not both');
  const guard = createGuard({ ...options, signingSecret });
  const http = createHttpReceiver({ guard, log });
  return { ...http, start: () => Promise.resolve(), stop: () => Promise.resolve() };
}

async function health(client: Client): Promise<{ ok: true } | { ok: false; code: string }> {
  try {
    await client.auth.test();
    return { ok: true };
  } catch (error) {
    return { ok: false, code: safeCode(codeOf(error)) };
  }
}
