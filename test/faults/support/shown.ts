import { textOf } from '../../support/fake-teams-cards.ts';
import { seenMessage } from '../../support/fake-slack-seen.ts';
import type { SlackWorld } from '../../support/fake-slack-world.ts';
import type { World } from '../../support/fake-teams-world.ts';

/** A chat with what the bot has put there, as it reads now. A redraw makes no new message. */
export type ShownPlace = { kind: 'channel' | 'direct'; name: string; texts: string[] };

export function placesInTeams({ chats }: World): ShownPlace[] {
  return chats.map(({ kind, name, messages }) => ({
    kind: kind === 'channel' ? 'channel' : 'direct',
    name,
    texts: messages
      .filter(({ from }) => from === null)
      .map(({ card, summary }) => `${summary}\n${card === null ? '' : textOf(card)}`),
  }));
}

export function placesInSlack({ channels, users, botUser }: SlackWorld): ShownPlace[] {
  return channels.map(({ kind, name, members, messages }) => ({
    kind: kind === 'direct' ? 'direct' : 'channel',
    name: kind === 'direct' ? nameOf(users, members, botUser) : name,
    texts: messages.filter(({ user }) => user === botUser).map((one) => seenMessage(one).text),
  }));
}

function nameOf(users: SlackWorld['users'], members: readonly string[], bot: string): string {
  const other = members.find((member) => member !== bot);
  return users.find(({ id }) => id === other)?.name ?? '';
}
