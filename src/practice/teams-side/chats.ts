import { seatedPeople, type Directory, type DirectorySchool, type Seated } from '../directory.ts';

/** A personal chat is one person and the bot; a channel belongs to a team. */
export type Chat = {
  id: string;
  kind: 'personal' | 'channel';
  name: string;
  school: string;
  tenant: string;
  team: string | null;
  readers: Seated[];
};

/** Who and what there is: fixed while the process runs, and the same after a restart. */
export type Roster = {
  people: Seated[];
  chats: Chat[];
  person(key: string): Seated | undefined;
  /** By Teams user id (`29:…`) or Entra object id: Teams takes either. */
  personByTeamsId(id: string): Seated | undefined;
  /** By conversation id, with or without `;messageid=`. */
  chat(id: string): Chat | undefined;
  chatsOf(key: string): Chat[];
  teamMembers(team: string): Seated[] | undefined;
};

/** Teams gives every person an id of their own for every bot. */
export function teamsUserId(person: Seated): string {
  return `29:practice-${person.key}`;
}

/** The id of somebody's personal chat with the bot; kept by the bot across restarts. */
export function personalChatId(person: Seated): string {
  return `a:practice-${person.key}`;
}

/** Splits `19:…@thread.tacv2;messageid=…` into the channel and the post that is answered. */
export function splitConversationId(id: string): { chat: string; thread: string | null } {
  const [chat = '', thread] = id.split(';messageid=');
  return { chat, thread: thread ?? null };
}

/** Everybody and every chat of the fictional schools. */
export function createRoster(directory: Directory, botName: string): Roster {
  const people = directory.schools.flatMap(seatedPeople);
  const channels = directory.schools.flatMap((school) => channelChats(school, people));
  const chats = [...people.map((person) => personalChat(person, botName)), ...channels];
  const byKey = new Map(people.map((person) => [person.key, person]));
  const byTeamsId = new Map(
    people.flatMap((person) => [
      [teamsUserId(person), person],
      [person.aadObjectId, person],
    ]),
  );
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  return {
    people,
    chats,
    person: (key) => byKey.get(key),
    personByTeamsId: (id) => byTeamsId.get(id),
    chat: (id) => byId.get(splitConversationId(id).chat),
    chatsOf: (key) => chats.filter((chat) => canRead(chat, key)),
    teamMembers: (team) => teamMembers(channels, team),
  };
}

/** Whether this person sees the chat at all. */
export function canRead(chat: Chat, key: string): boolean {
  return chat.readers.some((reader) => reader.key === key);
}

function personalChat(person: Seated, botName: string): Chat {
  return {
    id: personalChatId(person),
    kind: 'personal',
    name: botName,
    school: person.school,
    tenant: person.tenant,
    team: null,
    readers: [person],
  };
}

function channelChats(school: DirectorySchool, people: Seated[]): Chat[] {
  const here = people.filter((person) => person.school === school.id);
  return school.channels.map((channel) => ({
    id: channel.id,
    kind: 'channel',
    name: channel.name,
    school: school.id,
    tenant: school.tenant,
    team: channel.teamId,
    readers: here.filter((person) => channel.members.includes(person.aadObjectId)),
  }));
}

function teamMembers(channels: Chat[], team: string): Seated[] | undefined {
  const ofTeam = channels.filter((chat) => chat.team === team);
  if (ofTeam.length === 0) return undefined;
  return [...new Set(ofTeam.flatMap((chat) => chat.readers))];
}
