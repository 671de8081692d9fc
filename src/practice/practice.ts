import { Router } from 'express';
import { seatedPeople, slackSchool, type Directory, type Seated } from './directory.ts';
import { createEventStream, type EventStream } from './event-stream.ts';
import { createFiles, type FetchedFile } from './files.ts';
import type { Log } from './log.ts';
import { isLoopbackUrl, loopbackOnly } from './loopback.ts';
import { pageRouter } from './page.ts';
import { createSlackSide, type SlackSecrets, type SlackSide } from './slack-side/slack-side.ts';
import type { SlackApp } from './slack-side/wire.ts';
import { createTeamsSide, type TeamsSide } from './teams-side/teams-side.ts';
import type { Platform, WireCommand, WireDirectory } from './wire.ts';

export type PracticeOptions = {
  /** Anything but `practice` is refused: real people must never meet this. */
  mode: 'practice' | 'production';
  /** Where the bot takes activities: `http://127.0.0.1:3978/api/messages`. */
  botUrl: string;
  /** What the bot is told as its `serviceUrl`: `http://127.0.0.1:3978/practice/connector`. */
  connectorUrl: string;
  /** Missing when the bot is not on Slack. The first school that has a workspace is played. */
  slack?: PracticeSlack;
  directory: Directory;
  log: Log;
  /** What the bot is called in the chats. */
  botName?: string;
  /** The message extension's command, as in the app's manifest. */
  command?: WireCommand;
  /** What can be typed in a personal chat, with the slash. */
  chatCommands?: string[];
  /** Whom the guide proposes to sit left and right, as `school.person`. */
  guide?: { left: string; right: string };
  now?: () => Date;
};

export type PracticeSlack = SlackSecrets & {
  /** Where the bot takes everything of Slack's: `http://127.0.0.1:3978/slack/events`. */
  botUrl: string;
  /** Where the stand-in is: `http://127.0.0.1:3978/practice/slack`; its Web API is `api/` below it. */
  url: string;
};

export type Practice = {
  /** To be mounted at `/`: the page, /practice/connector, /practice/slack, /practice/api, /practice/files. */
  router: Router;
  /** Tells the bot whom it can reach; to be called once the server listens. Does not throw. */
  install: () => Promise<void>;
  /** Files dropped into a chat that were then fetched by anybody. Must stay empty. */
  fetchedFiles: () => FetchedFile[];
  /** Ends the open pages' event streams, so that the server can close. */
  close: () => void;
};

const defaultChatCommands = ['/concern', '/concern mine', '/concern cases', '/concern help'];

const defaultCommand: WireCommand = {
  id: 'raise-concern',
  title: 'Concern',
  description: 'Raise a safeguarding concern. Nothing is sent to this chat.',
};

/** As in the app's manifest for Slack. */
const slackApp: SlackApp = {
  command: {
    name: '/concern',
    description: 'Raise a safeguarding concern',
    hint: '[mine] [cases]',
  },
  globalShortcut: { callbackId: 'raise_concern', name: 'Raise a concern' },
  messageShortcut: { callbackId: 'raise_from_message', name: 'Raise as a concern' },
};

/**
 * A workspace for people without a tenant: a page for several people at once and stand-ins for the
 * platforms' servers. It talks to the bot over the platforms' own protocols and knows nothing else of it.
 * Throws when asked to run outside practice mode or to talk to another machine.
 */
export function createPractice(options: PracticeOptions): Practice {
  refuseProduction(options);
  const { log, now = () => new Date() } = options;
  const stream = createEventStream();
  const files = createFiles(now, log, (file) => {
    stream.tellAll({ type: 'fetched', file });
  });
  const filesUrl = new URL('/practice/files/', options.connectorUrl).href;
  const sides = sidesFor(options, stream, () => `${filesUrl}${files.address()}`);
  const known = wireDirectory(options);

  const practice = Router();
  practice.use(loopbackOnly);
  practice.use('/connector', sides.teams.connector);
  practice.use('/files', files.router);
  practice.use('/api/teams', sides.teams.api);
  if (sides.slack !== null) practice.use('/slack', sides.slack.router);
  if (sides.slack !== null) practice.use('/api/slack', sides.slack.api);
  practice.get('/api/directory', (_req, res) => {
    res.json(known);
  });
  practice.use('/api/events', eventsRouter(sides, stream));

  const router = Router();
  router.get('/', loopbackOnly);
  router.use('/practice', practice);
  router.use(pageRouter());
  return { router, install: sides.teams.install, fetchedFiles: files.fetched, close: stream.close };
}

type Sides = { teams: TeamsSide; slack: SlackSide | null };

function sidesFor(options: PracticeOptions, stream: EventStream, fileAddress: () => string): Sides {
  const { directory, log, botUrl, connectorUrl, now = () => new Date() } = options;
  const { botName, command } = named(options);
  const common = { stream, log, now, fileAddress, botName };
  const played = slackSchool(directory);
  return {
    teams: createTeamsSide({ ...common, botUrl, connectorUrl, directory, command }),
    slack:
      options.slack === undefined || played === null
        ? null
        : createSlackSide({ ...common, ...options.slack, ...played, app: slackApp }),
  };
}

/** A page says who sits where when it opens its stream: `people` in Teams, `slack` in Slack. */
function eventsRouter({ teams, slack }: Sides, stream: EventStream): Router {
  const router = Router();
  router.get('/', (req, res) => {
    const inTeams = keysIn(req.query['people']);
    const inSlack = keysIn(req.query['slack']);
    slack?.seat(inSlack, inTeams);
    const first = [...teams.snapshots(inTeams), ...(slack?.desks(inSlack) ?? [])];
    stream.open(req, res, [...inTeams, ...inSlack], first);
  });
  return router;
}

function keysIn(asked: unknown): string[] {
  return typeof asked === 'string' && asked !== '' ? asked.split(',') : [];
}

function refuseProduction({ mode, botUrl, connectorUrl, slack }: PracticeOptions): void {
  if (mode !== 'practice') {
    throw new Error('The practice workspace cannot run in production mode.');
  }
  const ofSlack = slack === undefined ? [] : [slack.botUrl, slack.url];
  for (const url of [botUrl, connectorUrl, ...ofSlack]) {
    if (!isLoopbackUrl(url))
      throw new Error(`The practice workspace talks to this machine only, not to ${url}.`);
  }
}

function named({ botName = 'Concern', command = defaultCommand }: PracticeOptions) {
  return { botName, command };
}

function wireDirectory(options: PracticeOptions): WireDirectory {
  const { directory, chatCommands = defaultChatCommands } = options;
  const played = options.slack === undefined ? null : slackSchool(directory);
  const schools = directory.schools.map((school) => ({
    id: school.id,
    name: school.name,
    people: seatedPeople(school).map((person) => ({
      key: person.key,
      name: person.name,
      role: person.roleLabel,
      platforms: platformsOf(person, played?.school.id ?? null),
    })),
  }));
  const guide = options.guide ?? proposedSeats(schools);
  const slack = played === null ? null : { ...slackApp, school: played.school.name };
  return { ...named(options), chatCommands, schools, guide, slack };
}

function platformsOf({ school, slackUser }: Seated, onSlack: string | null): Platform[] {
  return school === onSlack && slackUser !== null ? ['teams', 'slack'] : ['teams'];
}

/** A teacher and a lead of the first school that has both. */
function proposedSeats(schools: WireDirectory['schools']): WireDirectory['guide'] {
  for (const { people } of schools) {
    const left = people.find(({ role }) => /teacher/i.test(role) && !/head/i.test(role));
    const right = people.find(({ role }) => /lead/i.test(role) && !/deput/i.test(role));
    if (left && right) return { left: left.key, right: right.key };
  }
  return null;
}
