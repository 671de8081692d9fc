import { useRef } from 'react';
import type { SlackChat, SlackMessage } from '../../slack-side/wire.ts';
import type { WireDirectory } from '../../wire.ts';
import { dayName } from '../time.ts';
import { useFollowing } from '../use-following.ts';
import { Message } from './message.tsx';
import type { Attempt } from './slack-desk.tsx';

type MessagesProps = {
  directory: WireDirectory;
  person: string;
  chat: SlackChat;
  messages: SlackMessage[];
  attempt: Attempt;
};

/** What was said, oldest first. */
export function Messages({ directory, person, chat, messages, attempt }: MessagesProps) {
  const root = useRef<HTMLDivElement>(null);
  useFollowing(root);
  return (
    <div
      className="messages"
      ref={root}
      role="log"
      aria-label={`Messages in ${chat.name}`}
      tabIndex={0}
    >
      {messages.length === 0 && <p className="quiet-text empty">{emptyText(chat, directory)}</p>}
      <div>
        {messages.map((message, at) => (
          <div key={message.id} className="post">
            {isNewDay(messages, at) && <p className="day">{dayName(message.at)}</p>}
            <Message {...{ directory, person, message, attempt }} />
          </div>
        ))}
      </div>
    </div>
  );
}

function emptyText({ kind }: SlackChat, { slack }: WireDirectory): string {
  const command = slack?.command.name ?? '';
  if (kind === 'app') return `Type ${command} to raise a concern. It opens a window.`;
  return `Nothing here yet. Type ${command}: that opens a window and sends nothing to this channel.`;
}

function isNewDay(messages: SlackMessage[], at: number): boolean {
  const [before, here] = [messages[at - 1], messages[at]];
  return before === undefined || here === undefined || dayName(before.at) !== dayName(here.at);
}
