import type { SlackChat } from '../../slack-side/wire.ts';
import type { WireDirectory } from '../../wire.ts';
import { UnreadMark } from '../unread-mark.tsx';
import type { SlackDesk } from './slack-desks.ts';

type SidebarProps = {
  directory: WireDirectory;
  name: string;
  desk: SlackDesk;
  chosen: string | null;
  onChoose: (chat: string) => void;
};

const marks: Record<SlackChat['kind'], string> = { app: '', private: '🔒 ', public: '# ' };

/** The workspace's name, its channels and its apps, with what is new in them. */
export function Sidebar({ directory, name, desk, chosen, onChoose }: SidebarProps) {
  const apps = desk.chats.filter(({ kind }) => kind === 'app');
  const channels = desk.chats.filter(({ kind }) => kind !== 'app');
  return (
    <nav className="chat-list sidebar" aria-label={`Slack of ${name}`}>
      <p className="workspace-name">{directory.slack?.school}</p>
      {[
        { title: 'Apps', chats: apps },
        { title: 'Channels', chats: channels },
      ].map(({ title, chats }) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul>
            {chats.map((chat) => (
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
                    <span aria-hidden="true">{marks[chat.kind]}</span>
                    {chat.name}
                  </span>
                  <UnreadMark count={chat.unread} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
