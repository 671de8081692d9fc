import { z } from 'zod';
import type { Sender } from '../chat/interaction.ts';
import type { Identity } from './identity.ts';

const userSchema = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_connector_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  enterprise_user: z
    .object({ enterprise_id: z.string().nullish(), teams: z.array(z.string()).nullish() })
    .nullish(),
});

/** What `users.info` says of somebody, as far as it decides who they are. */
export type UserInfo = z.output<typeof userSchema>;

/** Throws when Slack's answer has not the shape of a user. */
export function readUser(user: unknown): UserInfo {
  return userSchema.parse(user);
}

/** Where something happened, as the payload says: the workspace, and the one the person belongs to. */
export type Claim = { user: string; contextTeam: string | null; userTeam: string | null };

/** Which workspace counts here: the installed one, or for a whole organisation the one it happened in. */
export function tenantOf(identity: Identity, contextTeam: string | null): string | null {
  return identity.team ?? contextTeam;
}

/** Who it is. Guests, bots, people of another workspace and deactivated accounts are named as such. */
export function senderFrom(info: UserInfo, claim: Claim, identity: Identity): Sender {
  const tenant = tenantOf(identity, claim.contextTeam);
  const account = accountOf(info, claim, identity, tenant);
  const own = account === 'foreign' ? (info.team_id ?? claim.userTeam) : null;
  return { platform: 'slack', tenant: own ?? tenant ?? '', user: info.id, account };
}

function accountOf(
  info: UserInfo,
  claim: Claim,
  identity: Identity,
  tenant: string | null,
): Sender['account'] {
  if (isBot(info)) return 'bot';
  if (info.is_stranger === true || !belongs(info, claim, identity, tenant)) return 'foreign';
  if (info.deleted === true) return 'ended';
  return info.is_restricted === true || info.is_ultra_restricted === true ? 'guest' : 'member';
}

function isBot(info: UserInfo): boolean {
  // Slackbot is not marked as a bot.
  const marked = [info.is_bot, info.is_workflow_bot, info.is_connector_bot].includes(true);
  return marked || info.id === 'USLACKBOT';
}

/** In a connected channel `team.id` is the channel's owner and `user.team_id` is the person's. */
function belongs(info: UserInfo, claim: Claim, identity: Identity, tenant: string | null): boolean {
  if (tenant === null || (claim.contextTeam !== null && claim.contextTeam !== tenant)) return false;
  const grid = info.enterprise_user ?? null;
  const teams = [info.team_id, ...(grid?.teams ?? [])];
  if (!teams.includes(tenant)) return false;
  if (claim.userTeam === null || teams.includes(claim.userTeam)) return true;
  return identity.enterprise !== null && claim.userTeam === identity.enterprise;
}
