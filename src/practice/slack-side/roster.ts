import {
  inventedSlackId,
  seatedPeople,
  type DirectorySchool,
  type DirectorySlack,
  type DirectorySlackChannel,
  type Seated,
} from '../directory.ts';

/** Somebody of this workspace. */
export type SlackPerson = Seated & { slackUser: string };

/** `app`: one person and the bot. The bot is in these and in the private channels, in no public one. */
export type Channel = {
  id: string;
  kind: 'app' | 'private' | 'public';
  name: string;
  members: SlackPerson[];
};

/**
 * The workspace: fixed while the process runs and the same after a restart, but for who is here. An
 * account is active while its person sits in Slack: whoever sits in Teams has none that works, so that
 * the bot reaches everybody where they sit.
 */
export type Roster = {
  readonly team: string;
  readonly domain: string;
  readonly schoolName: string;
  readonly people: SlackPerson[];
  person(key: string): SlackPerson | undefined;
  user(id: string): SlackPerson | undefined;
  channel(id: string): Channel | undefined;
  /** The person's own chat with the bot. */
  direct(person: SlackPerson): Channel;
  channelsOf(key: string): Channel[];
  /** Members whose account is active. */
  present(channel: Channel): SlackPerson[];
  isActive(person: SlackPerson): boolean;
  /** Whether that was a change. */
  setActive(person: SlackPerson, active: boolean): boolean;
};

/** The bot's own ids. */
export const bot = { user: 'U0PRACTBOT', id: 'B0PRACTBOT', app: 'A0PRACTICE' } as const;

/** Everybody and every chat of the school's Slack. */
export function createRoster(
  school: DirectorySchool,
  { team, domain, channels }: DirectorySlack,
  botName: string,
): Roster {
  const people = seatedPeople(school).filter(isInSlack);
  const direct = new Map(people.map((person) => [person.key, directChat(team, person, botName)]));
  const all = [...direct.values(), ...channels.map((channel) => groupChat(channel, people))];
  const active = new Set<string>();
  const directOf = (person: SlackPerson): Channel =>
    direct.get(person.key) ?? directChat(team, person, botName);
  return {
    ...{ team, domain, people, schoolName: school.name },
    person: (key) => people.find((person) => person.key === key),
    user: (id) => people.find(({ slackUser }) => slackUser === id),
    channel: (id) => all.find((channel) => channel.id === id),
    direct: directOf,
    channelsOf: (key) => all.filter((channel) => isMember(channel, key)),
    present: ({ members }) => members.filter(({ key }) => active.has(key)),
    isActive: ({ key }) => active.has(key),
    setActive: ({ key }, wanted) => {
      if (active.has(key) === wanted) return false;
      if (wanted) active.add(key);
      else active.delete(key);
      return true;
    },
  };
}

/** Whether this person sees the chat at all. */
export function isMember({ members }: Channel, key: string): boolean {
  return members.some((member) => member.key === key);
}

function isInSlack(person: Seated): person is SlackPerson {
  return person.slackUser !== null;
}

/** The bot keeps this id in its database, so it must outlive the process. */
function directChat(team: string, person: SlackPerson, botName: string): Channel {
  const id = inventedSlackId('D', `${team}.${person.slackUser}`);
  return { id, kind: 'app', name: botName, members: [person] };
}

function groupChat(channel: DirectorySlackChannel, people: SlackPerson[]): Channel {
  const { id, name } = channel;
  if (!channel.private) return { id, name, kind: 'public', members: people };
  const members = people.filter(({ slackUser }) => channel.members.includes(slackUser));
  return { id, name, kind: 'private', members };
}
