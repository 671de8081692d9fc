import { webApi } from '@slack/bolt';
import type { ChannelState } from '../chat/interaction.ts';
import type { Identity } from './identity.ts';
import { safeCode } from './log.ts';
import type { People } from './people.ts';
import type { SlackClient } from './slack-client.ts';

type Trouble = ChannelState['trouble'];
type Info = NonNullable<webApi.ConversationsInfoResponse['channel']>;

export type ChannelStateDeps = {
  client: SlackClient;
  people: People;
  identity: () => Promise<Identity>;
};

/**
 * Who can read the channel now, and what is wrong with it. Members are named only when nothing is.
 * Throws when Slack cannot be asked.
 */
export async function readChannelState(
  deps: ChannelStateDeps,
  channel: string,
): Promise<ChannelState> {
  const trouble = await troubleAt(deps.client, channel);
  if (trouble !== null) return { members: [], trouble };
  try {
    return { members: await membersOf(deps, channel), trouble };
  } catch (error) {
    return { members: [], trouble: troubleIn(error) ?? raise(error) };
  }
}

function raise(error: unknown): never {
  throw error;
}

async function troubleAt(client: SlackClient, channel: string): Promise<Trouble> {
  try {
    const info = (await client.conversations.info({ channel })).channel;
    return info === undefined ? 'not-found' : troubleWith(info);
  } catch (error) {
    return troubleIn(error) ?? raise(error);
  }
}

/** Refusals that trying again does not change: nobody will say who can read there. */
const refusals = ['missing_scope', 'access_denied', 'no_permission', 'not_allowed_token_type'];

/** A private channel that the bot is not in is not found; a public one asks for a scope we do not hold. */
function troubleIn(error: unknown): Trouble {
  if (!(error instanceof webApi.WebAPIPlatformError)) return null;
  const code = safeCode(error.data.error);
  if (code === 'channel_not_found' || code === 'method_not_supported_for_channel_type')
    return 'not-found';
  const { needed } = error.data as { needed?: unknown };
  if (code === 'missing_scope' && needed === 'channels:read') return 'public';
  return refusals.includes(code) ? 'unreadable' : null;
}

/** Missing flags count as trouble: only what Slack says is private and ours alone is. */
export function troubleWith(info: Info): Trouble {
  if (info.is_im === true || info.is_mpim === true) return 'not-found';
  if (info.is_archived === true) return 'archived';
  if (isShared(info)) return 'shared';
  if (info.is_private !== true) return 'public';
  return info.is_member === true ? null : 'bot-not-a-member';
}

function isShared(info: Info): boolean {
  const flags = [
    info.is_shared,
    info.is_ext_shared,
    info.is_org_shared,
    info.is_pending_ext_shared,
  ];
  const pending = [...(info.pending_shared ?? []), ...(info.pending_connected_team_ids ?? [])];
  return flags.includes(true) || pending.length > 0;
}

const pageSize = 200;
/** A lead's channel has a handful of members; a channel this large is read no further. */
const pages = 25;

async function membersOf(
  deps: ChannelStateDeps,
  channel: string,
): Promise<ChannelState['members']> {
  const { team, botUser } = await deps.identity();
  const users = (await memberIds(deps.client, channel)).filter((user) => user !== botUser);
  const members: ChannelState['members'] = [];
  for (let at = 0; at < users.length; at += atOnce) {
    const some = users.slice(at, at + atOnce);
    members.push(...(await Promise.all(some.map((user) => memberOf(deps, user, team)))));
  }
  return members;
}

/** Slack counts calls; a long channel must not use them up in a second. */
const atOnce = 10;

async function memberOf({ people }: ChannelStateDeps, user: string, team: string | null) {
  const { tenant, account } = await people.senderOf({ user, contextTeam: team, userTeam: null });
  return { tenant, user, account };
}

async function memberIds(client: SlackClient, channel: string): Promise<string[]> {
  const users: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await client.conversations.members({
      channel,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (answer.members === undefined) throw new Error('Slack named no members');
    users.push(...answer.members);
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return users;
  }
  throw new Error('too many members to check');
}
