import type { ChannelReading } from '../app/watch-channel.ts';
import { hasRole } from '../domain/people.ts';
import type { LeadChannel, School } from '../domain/school.ts';
import type { ChatDeps } from './context.ts';
import type { Messenger, Target } from './interaction.ts';

export type Messengers = ReadonlyMap<Messenger['platform'], Messenger>;

/** Where a lead's channel is written to. */
export function targetOf(channel: LeadChannel): Target & { type: 'channel' } {
  const address = channel.platform === 'teams' ? { team: channel.team } : null;
  return { type: 'channel', tenant: channel.tenant, channel: channel.channel, address };
}

/**
 * The channel of a school on one platform, as far as it can be used. `elsewhere`: this bot does not serve that
 * platform, and the team has its channel on another that it does.
 */
export function channelOf(
  school: School,
  platform: Messenger['platform'],
  messengers: Messengers,
): { channel: LeadChannel; messenger: Messenger } | 'none' | 'elsewhere' {
  const channel = school.channels.find((one) => one.platform === platform);
  const messenger = messengers.get(platform);
  if (channel !== undefined && messenger !== undefined) return { channel, messenger };
  const other = school.channels.some(
    (one) => one.platform !== platform && messengers.has(one.platform),
  );
  return messenger === undefined && other ? 'elsewhere' : 'none';
}

/**
 * Who of the school can read the channel now, and what is wrong with it: every member must be of the
 * safeguarding team. Another app is a surprise too, because it may carry on what it reads. Null when the platform cannot be asked; then nothing is posted unseen.
 * Source: decisions.md 24; assurance.md T7.
 */
export async function readChannel(
  chat: ChatDeps,
  { channel, messenger }: { channel: LeadChannel; messenger: Messenger },
  school: School,
): Promise<ChannelReading | null> {
  const state = await messenger.channelState(targetOf(channel)).catch(() => null);
  if (state === null) return null;
  if (state.trouble !== null) return { trouble: state.trouble, members: [] };
  const members: string[] = [];
  for (const { tenant, user, account } of state.members) {
    const { platform } = channel;
    const found =
      account === 'member' ? await chat.app.store.schoolsOf({ platform, tenant, user }) : [];
    const person = found.find((one) => one.school.id === school.id)?.person;
    if (person === undefined || !hasRole(person, 'lead', 'deputy'))
      return { trouble: 'surprise-member', members: [] };
    members.push(person.id);
  }
  return { trouble: null, members };
}
