import { webApi } from '@slack/bolt';
import type { Sender } from '../chat/interaction.ts';
import { type Claim, readUser, senderFrom, type UserInfo } from './account.ts';
import type { Identity } from './identity.ts';
import { safeCode } from './log.ts';
import type { SlackClient } from './slack-client.ts';

/** Looks people up at Slack. Throws when Slack cannot be asked: nobody is anybody then. */
export type People = {
  senderOf(claim: Claim): Promise<Sender>;
  /** After a change of the account: the next question goes to Slack. */
  forget(user: string): void;
};

/** Answers are kept for five minutes, so a leaver or a new guest is noticed within that time. */
const keptMs = 5 * 60_000;
const keptAtMost = 5000;

type Kept = { until: number; info: Promise<UserInfo> };

export function createPeople(
  client: SlackClient,
  identity: () => Promise<Identity>,
  now: () => Date,
): People {
  const kept = new Map<string, Kept>();
  const infoOf = (user: string): Promise<UserInfo> => {
    const found = kept.get(user);
    if (found !== undefined && found.until > now().getTime()) return found.info;
    const info = ask(client, user);
    remember(kept, user, { until: now().getTime() + keptMs, info });
    info.catch(() => kept.delete(user));
    return info;
  };
  return {
    senderOf: async (claim) => senderFrom(await infoOf(claim.user), claim, await identity()),
    forget: (user) => void kept.delete(user),
  };
}

function remember(kept: Map<string, Kept>, user: string, entry: Kept): void {
  kept.delete(user);
  kept.set(user, entry);
  const oldest = kept.keys().next().value;
  if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
}

async function ask(client: SlackClient, user: string): Promise<UserInfo> {
  try {
    return readUser((await client.users.info({ user })).user);
  } catch (error) {
    if (isUnknown(error)) return { id: user, is_stranger: true };
    throw error;
  }
}

/** Slack knows nobody of that id who could be ours. */
function isUnknown(error: unknown): boolean {
  if (!(error instanceof webApi.WebAPIPlatformError)) return false;
  return ['user_not_found', 'user_not_visible'].includes(safeCode(error.data.error));
}
