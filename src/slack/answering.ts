import type { Card } from '../chat/elements.ts';
import type { Ask } from './ask.ts';
import type { ModalView } from './block-kit.ts';
import type { DirectChat } from './direct-chat.ts';
import type { SlackLog } from './log.ts';
import type { Post } from './post.ts';
import { codeOf } from './slack-error.ts';
import type { Windows } from './windows.ts';

/** What every answer needs. */
export type Answering = {
  ask: Ask;
  windows: Windows;
  post: Post;
  directChat: DirectChat;
  /** Opened at once when somebody raises a concern, before anything is known: it says to ring 999. */
  firstView: ModalView;
  /** The same words under a title that fits everything else that is waited for. */
  betweenView: ModalView;
  log: SlackLog;
};

/** A call whose failure can be told to nobody: it is logged as a code. */
export async function quietly(log: SlackLog, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    log({ what: 'api-call', code: codeOf(error) });
    return false;
  }
}

/** One sentence in the person's own chat with the bot. */
export async function tellDirectly(
  answering: Answering,
  user: string,
  text: string,
): Promise<void> {
  await quietly(answering.log, async () => {
    const channel = await answering.directChat(user);
    await answering.post.card(channel, sentenceCard(text));
  });
}

/** One sentence that only this person sees, where they are; else in their own chat. */
export async function whisper(
  answering: Answering,
  channel: string,
  user: string,
  text: string,
): Promise<void> {
  const heard = await quietly(answering.log, () => answering.post.whisper(channel, user, text));
  if (!heard) await tellDirectly(answering, user, text);
}

/** A sentence as a message. */
export function sentenceCard(text: string): Card {
  return { kind: 'notice', summary: text, elements: [{ type: 'text', text, tone: 'plain' }] };
}
