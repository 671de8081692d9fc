import { randomUUID } from 'node:crypto';
import type { Recording } from './person-driver.ts';
import type { Json } from './fake-teams-cards.ts';

/*
 * Who and what there is in the stand-in: people with and without the app, teams with their rosters,
 * chats with their messages.
 */

export type Person = {
  name: string;
  /** Entra object id. */
  aad: string;
  /** How Teams calls this person towards this bot. */
  id: string;
  tenant: string;
  upn: string;
  role: 'user' | 'guest';
  /** Whether the app is installed for this person; without it no chat can be opened. */
  installed: boolean;
};

export type Message = {
  id: string;
  /** Null: the bot. */
  from: Person | null;
  text: string;
  card: Json | null;
  summary: string;
  /** A card that only one person sees, since a press of theirs was answered with it. */
  views: Map<Person, Json>;
};

export type Chat = {
  id: string;
  tenant: string;
  kind: 'personal' | 'channel';
  /** Of a personal chat. */
  person: Person | null;
  /** Of a channel. */
  team: Team | null;
  name: string;
  channelType: 'standard' | 'private' | 'shared';
  messages: Message[];
};

export type Team = {
  id: string;
  name: string;
  tenant: string;
  members: Person[];
  /** Whether the bot was added to it. */
  hasBot: boolean;
};

export type World = {
  people: Person[];
  teams: Team[];
  chats: Chat[];
  recordings: Recording[];
  violations: string[];
};

export type NewPerson = Partial<Omit<Person, 'name'>>;

export const homeTenant = '7f0c1b52-5a35-4c6b-9f52-9f0d2f6f0001';

export function createWorld(): World {
  return { people: [], teams: [], chats: [], recordings: [], violations: [] };
}

export function addPerson(world: World, name: string, change: NewPerson = {}): Person {
  const aad = change.aad ?? randomUUID();
  const person: Person = {
    name,
    aad,
    id: `29:1${Buffer.from(aad).toString('base64url')}`,
    tenant: homeTenant,
    upn: `${name.toLowerCase().replace(/\W+/g, '.')}@school.example`,
    role: 'user',
    installed: true,
    ...change,
  };
  world.people.push(person);
  return person;
}

/** A team with one channel per name. */
export function addTeam(
  world: World,
  name: string,
  members: Person[],
  channels: { name: string; type?: Chat['channelType'] }[] = [{ name }],
): Team {
  const id = `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`;
  const team: Team = { id, name, tenant: homeTenant, members, hasBot: true };
  world.teams.push(team);
  for (const [at, { name: channel, type }] of channels.entries()) {
    world.chats.push({
      id: at === 0 ? id : `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`,
      tenant: homeTenant,
      kind: 'channel',
      person: null,
      team,
      name: channel,
      channelType: type ?? 'standard',
      messages: [],
    });
  }
  return team;
}

export function personalChat(world: World, person: Person): Chat {
  const known = world.chats.find((one) => one.person === person);
  if (known) return known;
  const chat: Chat = {
    id: `a:1${randomUUID().replaceAll('-', '')}`,
    tenant: person.tenant,
    kind: 'personal',
    person,
    team: null,
    name: person.name,
    channelType: 'standard',
    messages: [],
  };
  world.chats.push(chat);
  return chat;
}

/** Whether the bot may open or use a chat with this person: installed for them, or through a team. */
export function reaches(world: World, person: Person): boolean {
  const throughTeam = world.teams.some((one) => one.hasBot && one.members.includes(person));
  return person.installed || throughTeam;
}

/** Whether a person can see a chat. */
export function canRead(chat: Chat, person: Person): boolean {
  return chat.person === person || (chat.team?.members.includes(person) ?? false);
}

export function addMessage(chat: Chat, message: Partial<Message>): Message {
  const added: Message = {
    id: String(1_790_000_000_000 + ++lastId),
    from: null,
    text: '',
    card: null,
    summary: '',
    views: new Map(),
    ...message,
  };
  chat.messages.push(added);
  return added;
}

let lastId = 0;

/** What a person sees of a message. */
export function cardFor(message: Message, person: Person): Json | null {
  return message.views.get(person) ?? message.card;
}
