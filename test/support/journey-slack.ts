import type { SchoolFile } from '../../src/domain/school.ts';
import { startFakeSlack, type FakeSlack } from './fake-slack.ts';
import { eventPayload } from './fake-slack-payloads.ts';
import { addUser, type SlackChannel, type SlackUser, type SlackWorld } from './fake-slack-world.ts';
import type { ChannelTrouble, Joined, JoinOptions, Upkeep } from './journey-teams.ts';

export const slackLeadChannel = 'safeguarding-leads';

const strangers: Record<Parameters<Upkeep['stranger']>[1], Partial<SlackUser>> = {
  pupil: {},
  guest: { guest: true },
  foreign: { team: 'T0ELSEWHER', stranger: true },
};

export const slackTroubles: readonly ChannelTrouble[] = [
  'public',
  'shared',
  'archived',
  'bot-not-a-member',
  'another-app',
  'unreadable',
];

/** The school on Slack: everybody has an account, and the leads have a private channel with the bot in it. */
export async function joinSlack(
  file: SchoolFile,
  { clock, channel = true }: JoinOptions = {},
): Promise<Joined> {
  const slack = await startFakeSlack(clock === undefined ? {} : { clock });
  const { team } = slack.world;
  const accounts = new Map(file.people.map((person) => [person.key, slack.addPerson(person.name)]));
  const accountOf = (key: string) => {
    const account = accounts.get(key);
    if (account === undefined) throw new Error(`no account for ${key}`);
    return account;
  };
  const leads = file.people.filter(
    ({ roles }) => roles.includes('lead') || roles.includes('deputy'),
  );
  const leadChannel = slack.addChannel(
    slackLeadChannel,
    leads.map(({ key }) => accountOf(key)),
  );
  const people = file.people.map(({ teams: _teams, ...person }) => ({
    ...person,
    slack: { team, user: accountOf(person.key).id },
  }));
  // A machine under load is not Slack; that the window opens in time is held by test/slack and the fault matrix.
  slack.world.triggerMs = 60_000;
  const { apiUrl, botToken, signingSecret } = slack.settings;
  return {
    file: {
      ...file,
      people,
      channels: channel ? { slack: { team, channel: leadChannel.id } } : {},
    },
    workplace: slack,
    leadChannel: slackLeadChannel,
    options: { teams: null, slack: { apiUrl, botToken, signingSecret, appToken: null } },
    upkeep: upkeepOf(slack, leadChannel, accountOf),
    connect: (botUrl, idle) => {
      slack.connect(botUrl, idle);
      return Promise.resolve();
    },
  };
}

function upkeepOf(
  slack: FakeSlack,
  leadChannel: SlackChannel,
  accountOf: (key: string) => SlackUser,
): Upkeep {
  const { world } = slack;
  const happens = async (event: Parameters<typeof eventPayload>[1]) => {
    await slack.line().say('event', eventPayload(world, event));
  };
  const joins = (user: string, { id: channel, kind }: SlackChannel) =>
    happens({
      type: 'member_joined_channel',
      user,
      channel,
      channel_type: kind === 'public' ? 'C' : 'G',
      team: world.team,
    });
  return {
    stranger: (name, kind) => {
      slack.addPerson(name, strangers[kind]);
    },
    staffRoom: async (name) => {
      const staff = world.users.filter(({ bot }) => !bot);
      await joins(world.botUser, slack.addChannel(name, staff, { kind: 'public' }));
    },
    joinsLeads: async (name) => {
      const user = world.users.find((one) => one.name === name);
      if (user === undefined) throw new Error(`nobody is called ${name}`);
      leadChannel.members.push(user.id);
      await joins(user.id, leadChannel);
    },
    leaves: async (key, { unheard } = { unheard: false }) => {
      const user = accountOf(key);
      leadChannel.members = leadChannel.members.filter((id) => id !== user.id);
      user.deleted = true;
      if (unheard) return;
      const { id, team: team_id } = user;
      await happens({ type: 'user_change', user: { id, team_id, deleted: true } });
      await happens({
        type: 'member_left_channel',
        user: id,
        channel: leadChannel.id,
        channel_type: 'G',
        team: team_id,
      });
    },
    spoilChannel: (trouble) => spoil(slack, leadChannel, trouble),
    accountOf: (key) => ({ slack: { team: world.team, user: accountOf(key).id } }),
    failNext: (times) => {
      for (const method of ['conversations.info', 'chat.postMessage'])
        slack.faults.next(
          method,
          ...Array<{ type: 'status'; status: number }>(times).fill(failing),
        );
    },
    down: (is) => {
      for (const method of sending) slack.faults.always(method, is ? failing : null);
    },
    withoutNewBlocks: () => {
      world.hasPlans = false;
    },
    unreachable: (key) => {
      accountOf(key).closed = true;
    },
  };
}

const sending = [
  'conversations.open',
  'conversations.info',
  'conversations.members',
  'chat.postMessage',
  'chat.update',
];

const failing = { type: 'status' as const, status: 503 };

/** An app that passes on what it reads, for instance as e-mail. */
function otherApp(world: SlackWorld): string {
  const known = world.users.find(({ bot, id }) => bot && id !== world.botUser);
  return (known ?? addUser(world, 'Mail bridge', { bot: true })).id;
}

function spoil(
  { faults, world }: FakeSlack,
  channel: SlackChannel,
  trouble: ChannelTrouble,
): { end: () => void } {
  const before = structuredClone({ ...channel, messages: [] });
  const changes: Record<ChannelTrouble, Partial<SlackChannel>> = {
    public: { kind: 'public' },
    shared: { shared: 'external' },
    archived: { archived: true },
    'bot-not-a-member': { members: channel.members.filter((id) => id !== world.botUser) },
    'another-app': { members: [...channel.members, otherApp(world)] },
    unreadable: {},
    silent: {},
  };
  Object.assign(channel, changes[trouble]);
  if (trouble === 'unreadable')
    faults.always('conversations.members', { type: 'refuses', error: 'access_denied' });
  if (trouble === 'silent') faults.always('conversations.info', failing);
  return {
    end: () => {
      const { kind, shared, archived, members } = before;
      Object.assign(channel, { kind, shared, archived, members });
      faults.always('conversations.members', null);
      faults.always('conversations.info', null);
    },
  };
}
