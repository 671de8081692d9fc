import type { ChannelState, Target } from '../chat/interaction.ts';
import { readAddress } from './address.ts';
import type { Connector, Member } from './connector.ts';
import { outcomeOf } from './outcome.ts';
import { accountOfMember } from './sender.ts';

/**
 * Who can read a channel now. Teams does not tell a bot whether a team is public, but whoever joins one
 * stands in its roster. Throws when Teams does not answer, so that nothing is posted unseen.
 */
export async function channelState(
  target: Target & { type: 'channel' },
  options: { connector: Connector; defaultServiceUrl: string; now: () => Date },
): Promise<ChannelState> {
  const known = readAddress(target.address);
  const serviceUrl = known?.serviceUrl ?? options.defaultServiceUrl;
  try {
    const members = await options.connector.members(serviceUrl, target.channel);
    const shared = await isShared(
      { ...target, serviceUrl, team: target.address?.['team'] },
      options.connector,
    );
    return {
      members: members.map((one) => readerOf(one, target.tenant)),
      trouble: shared ? 'shared' : null,
    };
  } catch (error) {
    return { members: [], trouble: troubleOf(error, options.now()) };
  }
}

async function isShared(
  place: { serviceUrl: string; channel: string; team: string | undefined },
  connector: Connector,
): Promise<boolean> {
  if (place.team === undefined) return false;
  const channels = await connector.channels(place.serviceUrl, place.team);
  return channels.some((one) => one.id === place.channel && one.type === 'shared');
}

function readerOf(member: Member, home: string): ChannelState['members'][number] {
  const tenant = member.tenantId ?? home;
  // Older answers call it objectId.
  const aadObjectId = member.aadObjectId ?? member.objectId;
  const user = aadObjectId ?? member.id;
  const own = accountOfMember({ ...member, aadObjectId });
  return { tenant, user, account: tenant === home ? own : 'foreign' };
}

function troubleOf(error: unknown, now: Date): 'bot-not-a-member' | 'not-found' {
  const outcome = outcomeOf(error, 'post-to-channel', now);
  if (outcome.type === 'refused' && outcome.reason === 'not-a-member') return 'bot-not-a-member';
  if (outcome.type === 'refused' && outcome.reason === 'no-such-place') return 'not-found';
  throw error;
}
