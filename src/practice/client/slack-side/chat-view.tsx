import { useRef, useState } from 'react';
import type { SlackChat } from '../../slack-side/wire.ts';
import type { WireDirectory } from '../../wire.ts';
import { dropZone, kindOf } from '../drop-zone.ts';
import { useReading } from '../use-reading.ts';
import { request } from './api.ts';
import { AppTabs, type AppTab } from './app-tabs.tsx';
import { Composer } from './composer.tsx';
import { Home } from './home.tsx';
import { Messages } from './messages.tsx';
import type { Attempt } from './slack-desk.tsx';
import type { SlackDesk } from './slack-desks.ts';

type ChatViewProps = {
  directory: WireDirectory;
  person: string;
  name: string;
  desk: SlackDesk;
  chat: SlackChat;
  narrow: boolean;
  trouble: string | null;
  attempt: Attempt;
  draft: string;
  onDraft: (text: string) => void;
  onBack: () => void;
};

/** What is open: a channel, or the app with its home and its messages. */
export function ChatView(props: ChatViewProps) {
  const { person, name, desk, chat, narrow, trouble, attempt } = props;
  const root = useRef<HTMLElement>(null);
  const [tab, setTab] = useState<AppTab>('messages');
  const isApp = chat.kind === 'app';
  const drop = (file: File) => {
    const what = { person, chat: chat.id, name: file.name, kind: kindOf(file) };
    void attempt(() => request('drop', what));
  };
  const open = (next: AppTab) => {
    setTab(next);
    void attempt(() => request('opened', { person, tab: next }));
  };

  return (
    <section
      className="chat"
      ref={root}
      aria-label={`${chat.name}, as ${name} sees it`}
      {...dropZone(drop)}
    >
      <header className="chat-head">
        {narrow && (
          <button
            type="button"
            className="icon"
            aria-label="Back to the list"
            onClick={props.onBack}
          >
            ‹
          </button>
        )}
        <div>
          <h3>{chat.name}</h3>
          <p className="quiet-text">Who reads this: {chat.readers}</p>
        </div>
      </header>
      {isApp && <AppTabs {...{ tab, chat }} onOpen={open} />}
      {isApp && tab === 'home' ? (
        <Home {...{ person, chat }} home={desk.home} />
      ) : (
        <Talk {...props} root={root} drop={drop} />
      )}
      <div role="alert">{trouble !== null && <p className="alert danger">{trouble}</p>}</div>
    </section>
  );
}

type TalkProps = ChatViewProps & {
  root: React.RefObject<HTMLElement | null>;
  drop: (file: File) => void;
};

function Talk({ directory, person, desk, chat, attempt, draft, onDraft, root, drop }: TalkProps) {
  useReading(root, chat, () => request('read', { person, chat: chat.id }));
  const messages = desk.messages.filter((message) => message.chat === chat.id);
  const isApp = chat.kind === 'app';
  return (
    <div
      className="talk"
      {...(isApp ? { role: 'tabpanel', 'aria-label': `Messages with ${chat.name}` } : {})}
    >
      <Messages {...{ directory, person, chat, messages, attempt }} />
      <Composer
        {...{ directory, chat, draft, onDraft }}
        onSay={(text) => attempt(() => request('say', { person, chat: chat.id, text }))}
        onShortcut={() => attempt(() => request('shortcut', { person }))}
        onDrop={drop}
      />
    </div>
  );
}
