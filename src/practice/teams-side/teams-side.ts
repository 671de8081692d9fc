import { type Router } from 'express';
import type { Directory, Seated } from '../directory.ts';
import type { EventStream } from '../event-stream.ts';
import type { Log } from '../log.ts';
import type { WireCommand, WireEvent } from '../wire.ts';
import { activityFrom, installedForPerson, installedInTeam, type Activity } from './activity.ts';
import { troubleIn } from '../post-to-bot.ts';
import { createBot } from './bot.ts';
import { createRoster, type Chat } from './chats.ts';
import { clientApiRouter } from './client-api.ts';
import { connectorRouter } from './connector.ts';
import { audienceOf, createHistory } from './history.ts';
import { createView } from './view.ts';

export type TeamsOptions = {
  botUrl: string;
  /** What the bot is told as `serviceUrl`; its path is where `connector` is mounted. */
  connectorUrl: string;
  directory: Directory;
  botName: string;
  command: WireCommand;
  stream: EventStream;
  log: Log;
  now: () => Date;
  /** The absolute address under which a dropped file would lie. */
  fileAddress: () => string;
};

/** Everything of the workspace that is like Teams; another platform would stand beside it. */
export type TeamsSide = {
  /** For the bot: /practice/connector. */
  connector: Router;
  /** For the page: /practice/api/teams. */
  api: Router;
  snapshots: (people: string[]) => WireEvent[];
  /** Tells the bot of everybody it is installed for, as an administrator's roll-out does. */
  install: () => Promise<void>;
};

/** A stand-in for Teams' servers. */
export function createTeamsSide(options: TeamsOptions): TeamsSide {
  const { stream, log, now, botName } = options;
  const bot = { id: '28:practice-bot', name: botName };
  const around = { serviceUrl: options.connectorUrl, bot, now };
  const roster = createRoster(options.directory, botName);
  const history = createHistory(roster, now, (change) => {
    stream.tell(audienceOf(change, roster), (person) => view.event(change, person));
  });
  const view = createView(roster, history, botName);
  const tell = createBot(options.botUrl);

  return {
    connector: connectorRouter({ roster, history }),
    api: clientApiRouter({
      ...{ roster, history, around, bot: tell },
      command: options.command.id,
      fileAddress: options.fileAddress,
    }),
    snapshots: (people) =>
      people.flatMap((key) => (roster.person(key) ? [view.snapshot(key)] : [])),
    async install() {
      for (const { person, chat, activities } of installations(roster.chats, bot)) {
        for (const activity of activities) {
          const spot = { person, chat, thread: null };
          const trouble = troubleIn(await tell(activityFrom(around, spot, activity)));
          if (trouble !== null) log.warn({ chat: chat.id, trouble }, 'installation not told');
        }
      }
    },
  };
}

type Installation = { person: Seated; chat: Chat; activities: Activity[] };

/** For every person their own chat; for every team one of its channels, told in a reader's name. */
function installations(chats: Chat[], bot: { id: string; name: string }): Installation[] {
  const toldTeams = new Set<string>();
  return chats.flatMap((chat) => {
    const [person] = chat.readers;
    if (person === undefined || toldTeams.has(chat.team ?? '')) return [];
    if (chat.team === null) return [{ person, chat, activities: installedForPerson(person, bot) }];
    toldTeams.add(chat.team);
    return [{ person, chat, activities: installedInTeam(chat, bot) }];
  });
}
