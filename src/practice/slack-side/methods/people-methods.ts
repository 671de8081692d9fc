import type { Json } from '../../wire.ts';
import { emailOf, userObject } from '../payloads.ts';
import { bot, type Channel, type Roster, type SlackPerson } from '../roster.ts';
import { refuse, textIn, type Args, type Methods } from './arguments.ts';

/** Who and what there is. */
export const peopleMethods: Methods = {
  'auth.test': ({ roster }) => ({
    ok: true,
    url: `https://${roster.domain}.slack.com/`,
    team: roster.schoolName,
    team_id: roster.team,
    user: 'concern',
    user_id: bot.user,
    bot_id: bot.id,
    is_enterprise_install: false,
  }),

  'users.info': ({ roster }, args) => userAnswer(roster, roster.user(textIn(args, 'user'))),

  'users.lookupByEmail': ({ roster }, args) => {
    const found = roster.people.find((person) => emailOf(person) === textIn(args, 'email'));
    return found === undefined ? refuse('users_not_found') : userAnswer(roster, found);
  },

  'conversations.open': ({ roster }, args) => {
    const asked = textIn(args, 'users');
    if (asked === '') return refuse('users_list_not_supplied');
    if (asked === bot.user) return refuse('cannot_dm_bot');
    const person = roster.user(asked);
    if (person === undefined) return refuse('user_not_found');
    if (!roster.isActive(person)) return refuse('user_disabled');
    return { ok: true, channel: { id: roster.direct(person).id } };
  },

  'conversations.info': ({ roster }, args) => {
    const channel = roster.channel(textIn(args, 'channel'));
    return channel === undefined
      ? refuse('channel_not_found')
      : (outOfScope(channel) ?? { ok: true, channel: channelObject(channel) });
  },

  'conversations.members': ({ roster }, args) => {
    const channel = roster.channel(textIn(args, 'channel'));
    if (channel === undefined) return refuse('channel_not_found');
    const refused = outOfScope(channel);
    if (refused !== null) return refused;
    const all = [...roster.present(channel).map(({ slackUser }) => slackUser), bot.user];
    return { ok: true, ...paged(all, args) };
  },
};

function userAnswer(roster: Roster, person: SlackPerson | undefined): Json & { ok: boolean } {
  if (person === undefined) return refuse('user_not_found');
  return { ok: true, user: userObject(roster, person) };
}

/** `groups:read` does not cover public channels. */
function outOfScope({ kind }: Channel): (Json & { ok: false }) | null {
  if (kind !== 'public') return null;
  return refuse('missing_scope', { needed: 'channels:read', provided: 'groups:read' });
}

function channelObject({ id, name, kind }: Channel): Json {
  return {
    id,
    name,
    is_channel: false,
    is_group: kind === 'private',
    is_im: kind === 'app',
    is_mpim: false,
    is_private: true,
    is_archived: false,
    is_member: true,
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
  };
}

function paged(all: string[], args: Args): Json {
  const from = Number(Buffer.from(textIn(args, 'cursor'), 'base64url').toString() || 0);
  const limit = Number(textIn(args, 'limit') || 100);
  const next = from + limit < all.length ? String(from + limit) : '';
  return {
    members: all.slice(from, from + limit),
    response_metadata: { next_cursor: Buffer.from(next).toString('base64url') },
  };
}
