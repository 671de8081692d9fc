import { Router } from 'express';
import { seatedPeople, type Directory } from './directory.ts';
import { createEventStream } from './event-stream.ts';
import type { Log } from './log.ts';
import { isLoopbackUrl, loopbackOnly } from './loopback.ts';
import { pageRouter } from './page.ts';
import type { FetchedFile } from './teams-side/files.ts';
import { createTeamsSide } from './teams-side/teams-side.ts';
import type { WireCommand, WireDirectory } from './wire.ts';

export type PracticeOptions = {
  /** Anything but `practice` is refused: real people must never meet this. */
  mode: 'practice' | 'production';
  /** Where the bot takes activities: `http://127.0.0.1:3978/api/messages`. */
  botUrl: string;
  /** What the bot is told as its `serviceUrl`: `http://127.0.0.1:3978/practice/connector`. */
  connectorUrl: string;
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

export type Practice = {
  /** To be mounted at `/`: the page, /practice/connector, /practice/api and /practice/files. */
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

/**
 * A workspace for people without a tenant: a page for several people at once and a stand-in for the
 * platform's servers. It talks to the bot over the platform's own protocol and knows nothing else of it.
 * Throws when asked to run outside practice mode or to talk to another machine.
 */
export function createPractice(options: PracticeOptions): Practice {
  refuseProduction(options);
  const { directory, log, botName = 'Concern', command = defaultCommand } = options;
  const { botUrl, connectorUrl, now = () => new Date() } = options;
  const stream = createEventStream();
  const teams = createTeamsSide({
    botUrl,
    connectorUrl,
    directory,
    botName,
    command,
    stream,
    log,
    now,
  });
  const known = wireDirectory({ ...options, botName, command });

  const practice = Router();
  practice.use(loopbackOnly);
  practice.use('/connector', teams.connector);
  practice.use('/files', teams.files);
  practice.use('/api/teams', teams.api);
  practice.get('/api/directory', (_req, res) => {
    res.json(known);
  });
  practice.get('/api/events', (req, res) => {
    const { people: asked } = req.query;
    const people = typeof asked === 'string' ? asked.split(',') : [];
    stream.open(req, res, people, teams.snapshots(people));
  });

  const router = Router();
  router.get('/', loopbackOnly);
  router.use('/practice', practice);
  router.use(pageRouter());
  return { router, install: teams.install, fetchedFiles: teams.fetchedFiles, close: stream.close };
}

function refuseProduction({ mode, botUrl, connectorUrl }: PracticeOptions): void {
  if (mode !== 'practice') {
    throw new Error('The practice workspace cannot run in production mode.');
  }
  for (const url of [botUrl, connectorUrl]) {
    if (!isLoopbackUrl(url))
      throw new Error(`The practice workspace talks to this machine only, not to ${url}.`);
  }
}

function wireDirectory(
  options: PracticeOptions & Pick<WireDirectory, 'botName' | 'command'>,
): WireDirectory {
  const { botName, command, directory, chatCommands = defaultChatCommands } = options;
  const schools = directory.schools.map((school) => ({
    id: school.id,
    name: school.name,
    people: seatedPeople(school).map(({ key, name, roleLabel }) => ({
      key,
      name,
      role: roleLabel,
    })),
  }));
  const guide = options.guide ?? proposedSeats(schools);
  return { botName, command, chatCommands, schools, guide };
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
