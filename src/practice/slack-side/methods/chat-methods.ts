import type { Json } from '../../wire.ts';
import { blockProblems } from '../blocks.ts';
import type { Channel, Roster } from '../roster.ts';
import { isMember } from '../roster.ts';
import { jsonIn, refuse, textIn, unescaped, type Args, type Methods } from './arguments.ts';

/** Writing and redrawing messages. */
export const chatMethods: Methods = {
  'chat.postMessage': ({ roster, messages }, args) => {
    const channel = roster.channel(textIn(args, 'channel'));
    const refused = mayPost(roster, channel) ?? badContent(args);
    if (refused !== null || channel === undefined) return refused ?? refuse('channel_not_found');
    const { id } = messages.add({
      ...contentOf(args),
      chat: channel.id,
      author: { type: 'bot' },
    });
    return { ok: true, channel: channel.id, ts: id };
  },

  /** A message from before this process started is unknown here; updating it brings it back. */
  'chat.update': ({ roster, messages }, args) => {
    const channel = roster.channel(textIn(args, 'channel'));
    const refused = mayPost(roster, channel) ?? badContent(args);
    if (refused !== null || channel === undefined) return refused ?? refuse('channel_not_found');
    const ts = textIn(args, 'ts');
    const known = messages.get(channel.id, ts);
    if (known !== undefined && known.author.type !== 'bot') return refuse('cant_update_message');
    if (known === undefined && !messages.isEarlier(ts)) return refuse('message_not_found');
    const content = { ...contentOf(args), edited: true };
    if (known === undefined)
      messages.add({ ...content, id: ts, chat: channel.id, author: { type: 'bot' } });
    else messages.change(channel.id, ts, content);
    return { ok: true, channel: channel.id, ts, text: textIn(args, 'text') };
  },

  'chat.postEphemeral': ({ roster, messages }, args) => {
    const channel = roster.channel(textIn(args, 'channel'));
    const refused = mayPost(roster, channel) ?? badContent(args);
    if (refused !== null || channel === undefined) return refused ?? refuse('channel_not_found');
    const person = roster.user(textIn(args, 'user'));
    if (person === undefined) return refuse('user_not_found');
    if (!isMember(channel, person.key)) return refuse('user_not_in_channel');
    const { id } = messages.add({
      ...contentOf(args),
      chat: channel.id,
      author: { type: 'bot' },
      onlyFor: person.key,
    });
    return { ok: true, message_ts: id };
  },
};

/** Null when the bot may write there. Nobody can be written to whose account is not active. */
function mayPost(roster: Roster, channel: Channel | undefined): (Json & { ok: false }) | null {
  if (channel === undefined) return refuse('channel_not_found');
  if (channel.kind === 'public') return refuse('not_in_channel');
  const gone = channel.kind === 'app' && roster.present(channel).length === 0;
  return gone ? refuse('channel_not_found') : null;
}

function badContent(args: Args): (Json & { ok: false }) | null {
  const text = textIn(args, 'text');
  const blocks = jsonIn(args, 'blocks') ?? [];
  if (text.length > 40_000) return refuse('msg_too_long');
  if (text === '' && Array.isArray(blocks) && blocks.length === 0) return refuse('no_text');
  const messages = blockProblems(blocks);
  return messages.length === 0
    ? null
    : refuse('invalid_blocks', { response_metadata: { messages } });
}

function contentOf(args: Args): { text: string; blocks: Json[] } {
  const blocks = (jsonIn(args, 'blocks') ?? []) as Json[];
  return { text: unescaped(textIn(args, 'text')), blocks };
}
