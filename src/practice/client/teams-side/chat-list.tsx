import type { WireChat } from '../../wire.ts';
import type { Desk } from '../workspace.ts';
import { UnreadMark } from '../unread-mark.tsx';

type ChatListProps = {
  name: string;
  desk: Desk;
  chosen: string | null;
  onChoose: (chat: string) => void;
};

/** Somebody's chats and channels, with what is new in them. */
export function ChatList({ name, desk, chosen, onChoose }: ChatListProps) {
  return (
    <nav className="chat-list" aria-label={`Chats of ${name}`}>
      <ul>
        {desk.chats.map((chat) => (
          <li key={chat.id}>
            <button
              type="button"
              className="chat-link"
              aria-current={chat.id === chosen ? 'true' : undefined}
              onClick={() => {
                onChoose(chat.id);
              }}
            >
              <span className="chat-name">
                {chat.kind === 'channel' ? '# ' : ''}
                {chat.name}
              </span>
              <UnreadMark count={chat.unread} />
              <span className="quiet-text clip">{lastWords(desk, chat)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function lastWords(desk: Desk, { id }: WireChat): string {
  const last = desk.messages.findLast(({ chat, gone }) => chat === id && !gone);
  if (last === undefined) return 'Nothing yet';
  if (last.push !== null) return last.push;
  return last.text === '' ? 'You sent a file' : `You: ${last.text}`;
}
