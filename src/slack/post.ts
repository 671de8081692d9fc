import { webApi } from '@slack/bolt';
import type { Card } from '../chat/elements.ts';
import type { Block } from './block-kit.ts';
import { safeCode } from './log.ts';
import { openFormBlocks } from './raise-button.ts';
import { messageBlocks } from './render-card.ts';
import type { SlackClient } from './slack-client.ts';
import { words } from './words.ts';

/*
 * The only file that may call chat.postMessage, chat.update or chat.postEphemeral (a test looks).
 * Every message goes out without unfurling, with a fixed sentence as its notification text, and with
 * nothing in it that Slack would parse.
 */

/** A message that Slack has taken. */
export type Posted = { channel: string; ts: string };

export type Post = {
  card(channel: string, card: Card): Promise<Posted>;
  redraw(message: Posted, card: Card): Promise<Posted>;
  /** A message with one button that opens the form. */
  openForm(channel: string): Promise<Posted>;
  /** One sentence that only this person sees, in that place. */
  whisper(channel: string, user: string, text: string): Promise<void>;
};

/** Throws what Slack's client throws, and an error when Slack said ok without naming the message. */
export function createPost(client: SlackClient): Post {
  // Slack brings new blocks to workspaces one by one; what was refused once is not tried again.
  const known = { plan: true, chart: true };
  const withBlocks = async (card: Card, call: (blocks: Block[]) => Promise<Posted>) => {
    for (;;) {
      const blocks = messageBlocks(card, known);
      try {
        return await call(blocks);
      } catch (error) {
        const refused = isInvalidBlocks(error) ? newestIn(blocks) : null;
        if (refused === null) throw error;
        known[refused] = false;
      }
    }
  };
  return {
    card: (channel, card) =>
      withBlocks(card, async (blocks) =>
        posted(await client.chat.postMessage({ channel, blocks, ...quiet(card.summary) })),
      ),
    redraw: ({ channel, ts }, card) =>
      withBlocks(card, async (blocks) =>
        posted(await client.chat.update({ channel, ts, blocks, ...literal(card.summary) })),
      ),
    openForm: async (channel) =>
      posted(
        await client.chat.postMessage({
          channel,
          blocks: openFormBlocks(),
          ...quiet(words.openForm),
        }),
      ),
    whisper: async (channel, user, text) => {
      await client.chat.postEphemeral({ channel, user, ...literal(text) });
    },
  };
}

function quiet(text: string) {
  return { ...literal(text), mrkdwn: false, unfurl_links: false, unfurl_media: false };
}

function literal(text: string) {
  return { text: escapeControl(text), parse: 'none' as const, link_names: false };
}

/** The `text` of a message knows three control characters, whatever else is switched off. */
function escapeControl(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function posted(answer: { channel?: string; ts?: string }): Posted {
  if (answer.channel === undefined || answer.ts === undefined)
    throw new Error('Slack said ok without naming the message');
  return { channel: answer.channel, ts: answer.ts };
}

/** Which of the blocks that not every workspace knows is in it; the newer one first. */
function newestIn(blocks: Block[]): 'plan' | 'chart' | null {
  const types = blocks.map(({ type }) => type as string);
  if (types.includes('data_visualization')) return 'chart';
  return types.includes('plan') ? 'plan' : null;
}

function isInvalidBlocks(error: unknown): boolean {
  if (!(error instanceof webApi.WebAPIPlatformError)) return false;
  return ['invalid_blocks', 'invalid_blocks_format'].includes(safeCode(error.data.error));
}
