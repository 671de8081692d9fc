import { Router } from 'express';
import type { DirectorySchool, DirectorySlack } from '../directory.ts';
import type { EventStream } from '../event-stream.ts';
import type { Log } from '../log.ts';
import type { WireEvent } from '../wire.ts';
import { clientApiRouter } from './client-api.ts';
import { createLine } from './line.ts';
import { audienceOf, createMessages } from './messages.ts';
import type { Parts } from './parts.ts';
import { userObject } from './payloads.ts';
import { createResponseUrls } from './response-urls.ts';
import { createRoster } from './roster.ts';
import { tellEvent } from './tell-event.ts';
import { createTriggers } from './triggers.ts';
import { createView } from './view.ts';
import { webApiRouter } from './web-api.ts';
import type { SlackApp } from './wire.ts';
import { createWindows } from './windows.ts';

/** How the bot and the stand-in know each other: invented at start, as Slack invents them. */
export type SlackSecrets = { botToken: string; signingSecret: string };

export type SlackSideOptions = SlackSecrets & {
  school: DirectorySchool;
  slack: DirectorySlack;
  /** Where the bot takes everything of Slack's: `http://127.0.0.1:3978/slack/events`. */
  botUrl: string;
  /** Where `router` is mounted, absolute and without a slash at its end. */
  url: string;
  app: SlackApp;
  botName: string;
  stream: EventStream;
  log: Log;
  now: () => Date;
  fileAddress: () => string;
};

/** Everything of the workspace that is like Slack. */
export type SlackSide = {
  /** For the bot: /practice/slack, with the Web API under /api and the response URLs under /hooks. */
  router: Router;
  /** For the page: /practice/api/slack. */
  api: Router;
  /** These people sit in Slack now, those elsewhere: their accounts are activated or deactivated. */
  seat: (here: string[], elsewhere: string[]) => void;
  desks: (people: string[]) => WireEvent[];
};

/** A stand-in for Slack's servers, for one workspace. */
export function createSlackSide(options: SlackSideOptions): SlackSide {
  const { parts, view, hooks } = partsFor(options);
  const router = Router();
  router.use('/api', webApiRouter({ ...parts, botToken: options.botToken }));
  router.use('/hooks', hooks);
  return {
    router,
    api: clientApiRouter(parts),
    seat(here, elsewhere) {
      for (const key of here) setActive(parts, key, true);
      for (const key of elsewhere) setActive(parts, key, false);
    },
    desks: (people) => people.flatMap((key) => (parts.roster.person(key) ? [view.desk(key)] : [])),
  };
}

function partsFor(options: SlackSideOptions) {
  const { stream, log, now, botName, app, fileAddress } = options;
  const roster = createRoster(options.school, options.slack, botName);
  const messages = createMessages(roster, now, (change) => {
    stream.tell(audienceOf(change, roster), (person) => view.event(change, person));
  });
  const windows = createWindows((change) => {
    for (const event of view.windows(change)) stream.tell([change.person], () => event);
  });
  const view = createView({ roster, messages, windows, botName });
  const triggers = createTriggers(now);
  const urls = createResponseUrls(messages, now);
  const parts: Parts = {
    ...{ roster, messages, windows, triggers, app, fileAddress },
    line: createLine({ url: options.botUrl, signingSecret: options.signingSecret, now }),
    post: {
      ...{ roster, now },
      trigger: (person) => triggers.mint(person),
      responseUrl: (person, channel, message) =>
        `${options.url}/hooks/${urls.mint(person, channel, message?.id ?? null)}`,
    },
    onMistake(what, details) {
      log.warn({ what }, 'Slack would have refused what the bot sent');
      stream.tellAll({ type: 'slack-refused', what, why: details[0] ?? null });
    },
  };
  return { parts, view, hooks: urls.router };
}

/** Slack tells the app that the account has changed, so that nobody is remembered as they were. */
function setActive(parts: Parts, key: string, active: boolean): void {
  const person = parts.roster.person(key);
  if (person === undefined || !parts.roster.setActive(person, active)) return;
  void tellEvent(parts, { type: 'user_change', user: userObject(parts.roster, person) });
}
