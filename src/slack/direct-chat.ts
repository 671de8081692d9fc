import type { SlackClient } from './slack-client.ts';

/** The channel of the person's own chat with the bot, opened if need be. */
export type DirectChat = (user: string) => Promise<string>;

export function createDirectChat(client: SlackClient): DirectChat {
  return async (user) => {
    const { channel } = await client.conversations.open({ users: user });
    if (channel?.id === undefined) throw new Error('Slack opened a chat without naming it');
    return channel.id;
  };
}
