import type { Sender } from '../chat/interaction.ts';
import { tenantOf, type IncomingActivity } from './activity.ts';

/** Who did it, by Entra object id. Only what the token vouches for is used; never a display name. */
export function senderOf(activity: IncomingActivity): Sender {
  const { from } = activity;
  return {
    platform: 'teams',
    tenant: tenantOf(activity) ?? '',
    // The bot-specific 29: id can never equal an Entra id, so it matches nobody in a school's file.
    user: from.aadObjectId ?? from.id,
    account: accountOf(activity),
  };
}

function accountOf(activity: IncomingActivity): Sender['account'] {
  const { from } = activity;
  if (from.role === 'bot' || from.id.startsWith('28:')) return 'bot';
  if (tenantsOf(activity).size > 1) return 'foreign';
  return accountOfMember(from);
}

/** What a roster entry or a sender says of itself. Guests keep their home name with #EXT# in it. */
export function accountOfMember(member: {
  aadObjectId?: string | undefined;
  userRole?: string | undefined;
  userPrincipalName?: string | undefined;
}): 'member' | 'guest' {
  if (!member.aadObjectId) return 'guest';
  if (['guest', 'anonymous'].includes(member.userRole?.toLowerCase() ?? '')) return 'guest';
  return member.userPrincipalName?.toUpperCase().includes('#EXT#') ? 'guest' : 'member';
}

/** In a shared channel the sender's own tenant differs from the conversation's. */
function tenantsOf({ from, conversation, channelData }: IncomingActivity): Set<string> {
  const named = [from.tenantId, conversation.tenantId, channelData?.tenant?.id];
  return new Set(named.filter((one) => one !== undefined));
}
