import type { SlackClient } from './slack-client.ts';

/** Whose bot this is. `team` is null for an app installed on a whole Enterprise organisation. */
export type Identity = { team: string | null; enterprise: string | null; botUser: string };

/**
 * Asks Slack who the token belongs to, once; after a failure the next call asks again.
 */
export function createIdentity(client: SlackClient): () => Promise<Identity> {
  let known: Promise<Identity> | null = null;
  return () => {
    known ??= ask(client).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}

async function ask(client: SlackClient): Promise<Identity> {
  const answer = await client.auth.test();
  if (answer.user_id === undefined) throw new Error('auth.test named no bot user');
  return {
    team: answer.is_enterprise_install === true ? null : (answer.team_id ?? null),
    enterprise: answer.enterprise_id ?? null,
    botUser: answer.user_id,
  };
}
