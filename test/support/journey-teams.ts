import type { BotOptions } from '../../src/bot.ts';
import type { SchoolFile } from '../../src/domain/school.ts';
import { startFakeTeams, type FakeTeams } from './fake-teams.ts';
import { homeTenant, personalChat, type NewPerson, type Team } from './fake-teams-world.ts';
import type { JourneyWorkplace } from './journey-person.ts';

export type JoinOptions = {
  clock?: () => Date;
  /** Without one, the leads are told in their own chats. */
  channel?: boolean;
};

/** A school's file put on a platform's stand-in: everybody has an account there and the bot installed. */
export type Joined = {
  file: SchoolFile;
  workplace: JourneyWorkplace;
  leadChannel: string;
  options: Pick<BotOptions, 'teams' | 'slack'>;
  upkeep: Upkeep;
  /** `idle`: resolves when the bot has done what it does after an answer. */
  connect(botUrl: string, idle: () => Promise<void>): Promise<void>;
};

export const leadTeam = 'Safeguarding';

const strangers: Record<Parameters<Upkeep['stranger']>[1], NewPerson> = {
  pupil: {},
  guest: { role: 'guest', upn: 'visitor_gmail.com#EXT#@school.example' },
  foreign: { tenant: '99999999-9999-4999-8999-999999999999' },
};

export type ChannelTrouble =
  'public' | 'shared' | 'archived' | 'bot-not-a-member' | 'another-app' | 'unreadable' | 'silent';

/** What a journey does to a platform that people do not do themselves. */
export type Upkeep = {
  /** Somebody whom no school's file knows: a pupil, a guest, a person of another organisation. */
  stranger(name: string, kind: 'pupil' | 'guest' | 'foreign'): void;
  /** A team or channel of all staff, to which one of them adds the bot. */
  staffRoom(name: string, by: string): Promise<void>;
  /** Somebody is let into the lead's channel. */
  joinsLeads(name: string): Promise<void>;
  /**
   * Somebody leaves: they are out of the lead's channel and their account has ended. `unheard`: a platform that
   * would say so does not come to it.
   */
  leaves(key: string, how?: { unheard: boolean }): Promise<void>;
  /** Something becomes wrong with the lead's channel, until `end` is called. `silent`: nobody says who reads it. */
  spoilChannel(trouble: ChannelTrouble): { end: () => void };
  /** The account of somebody of this school, as a school's file writes it. */
  accountOf(key: string): Pick<SchoolFile['people'][number], 'teams' | 'slack'>;
  /** The platform answers the next calls with an error, and then again as before. */
  failNext(times: number): void;
  /** Nothing that the bot sends gets through any more, or does again. */
  down(is: boolean): void;
  /** No workspace takes the newest blocks from its first day; where there are none such, nothing changes. */
  withoutNewBlocks(): void;
  /** The platform takes no message to this person any more. */
  unreachable(key: string): void;
};

export const teamsTroubles: readonly ChannelTrouble[] = ['shared', 'bot-not-a-member'];

/** The school on Teams: real tokens, a private team with one channel for the leads. */
export async function joinTeams(
  file: SchoolFile,
  { clock, channel = true }: JoinOptions = {},
): Promise<Joined> {
  const teams = await startFakeTeams(clock === undefined ? {} : { clock });
  const accounts = new Map(file.people.map((person) => [person.key, teams.addPerson(person.name)]));
  const accountOf = (key: string) => {
    const account = accounts.get(key);
    if (account === undefined) throw new Error(`no account for ${key}`);
    return account;
  };
  const leads = file.people.filter(
    ({ roles }) => roles.includes('lead') || roles.includes('deputy'),
  );
  const team = teams.addTeam(
    leadTeam,
    leads.map(({ key }) => accountOf(key)),
  );
  const people = file.people.map(({ slack: _slack, ...person }) => ({
    ...person,
    teams: { tenant: homeTenant, user: accountOf(person.key).aad },
  }));
  return {
    file: {
      ...file,
      people,
      channels: channel ? { teams: { tenant: homeTenant, team: team.id, channel: team.id } } : {},
    },
    workplace: teams,
    leadChannel: leadTeam,
    options: {
      teams: {
        credentials: teams.settings.credentials,
        openIdMetadataUrl: teams.settings.openIdMetadataUrl,
        serviceUrls: [teams.settings.serviceUrl],
      },
      slack: null,
    },
    upkeep: {
      stranger: (name, kind) => {
        teams.addPerson(name, strangers[kind]);
      },
      staffRoom: async (name, by) => {
        const room = teams.addTeam(name, [...accounts.values()]);
        await teams.addToTeam(room, accountOf(by));
      },
      joinsLeads: (name) => {
        const person = teams.world.people.find((one) => one.name === name);
        if (person === undefined) throw new Error(`nobody is called ${name}`);
        team.members.push(person);
        return Promise.resolve();
      },
      // Teams says nothing of accounts; whoever has none sends nothing any more.
      leaves: (key) => {
        team.members = team.members.filter((one) => one !== accountOf(key));
        return Promise.resolve();
      },
      spoilChannel: (trouble) => spoil(teams, team, trouble),
      accountOf: (key) => ({ teams: { tenant: homeTenant, user: accountOf(key).aad } }),
      failNext: (times) => {
        teams.faults.connector.next({ type: 'status', status: 503 }, times);
      },
      down: (is) => {
        if (is) teams.faults.connector.next({ type: 'status', status: 503 }, Infinity);
        else teams.faults.connector.clear();
      },
      withoutNewBlocks: () => undefined,
      unreachable: (key) => {
        const { id } = personalChat(teams.world, accountOf(key));
        const refused = { type: 'status', status: 403, code: 'MessageWritesBlocked' } as const;
        teams.faults.connector.next(refused, Infinity, ({ path }) =>
          decodeURIComponent(path).includes(id),
        );
      },
    },
    connect: async (botUrl) => {
      teams.connect(botUrl);
      for (const account of accounts.values()) await teams.install(account);
    },
  };
}

function spoil(teams: FakeTeams, team: Team, trouble: ChannelTrouble): { end: () => void } {
  const channel = teams.world.chats.find((chat) => chat.team === team);
  if (channel === undefined) throw new Error('the team has no channel');
  const { channelType } = channel;
  if (trouble === 'shared') channel.channelType = 'shared';
  if (trouble === 'bot-not-a-member') team.hasBot = false;
  if (trouble === 'silent') {
    const failing = { type: 'status', status: 503 } as const;
    teams.faults.connector.next(failing, Infinity, ({ path }) => path.endsWith('members'));
  }
  return {
    end: () => {
      teams.faults.connector.clear();
      Object.assign(channel, { channelType });
      team.hasBot = true;
    },
  };
}
