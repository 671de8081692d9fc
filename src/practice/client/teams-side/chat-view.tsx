import { useEffect, useRef, useState } from 'react';
import type { PressReply, WireChat, WireDirectory } from '../../wire.ts';
import { request, serverGone } from '../api.ts';
import { dropZone, kindOf } from '../drop-zone.ts';
import { useReading } from '../use-reading.ts';
import type { Desk } from '../workspace.ts';
import { Composer } from './composer.tsx';
import { Messages } from './messages.tsx';
import type { StartDialog } from './use-dialog.ts';

type ChatViewProps = {
  directory: WireDirectory;
  person: string;
  name: string;
  desk: Desk;
  chat: WireChat;
  narrow: boolean;
  draft: string;
  onDraft: (text: string) => void;
  onBack: () => void;
  openDialog: StartDialog;
};

/** The open chat: who can read it, what was said, and where to write. */
export function ChatView(props: ChatViewProps) {
  const { directory, person, desk, chat, narrow, openDialog } = props;
  const root = useRef<HTMLElement>(null);
  const [thread, setThread] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const messages = desk.messages.filter((message) => message.chat === chat.id);
  const context = {
    directory,
    person,
    chat,
    openDialog,
    onReply: setThread,
    onTrouble: setTrouble,
  };
  useReading(root, chat, () => request('read', { person, chat: chat.id }));

  const attempt = async (act: () => Promise<PressReply | object>) => {
    const reply = await act().catch(() => serverGone);
    setTrouble('type' in reply && reply.type === 'failed' ? reply.text : null);
  };
  const drop = (file: File) =>
    attempt(() => {
      const where = { person, chat: chat.id, thread };
      return request('drop', { ...where, name: file.name, kind: kindOf(file) });
    });

  return (
    <section
      className="chat"
      ref={root}
      aria-label={`${chat.name}, as ${props.name} sees it`}
      {...dropZone((file) => void drop(file))}
    >
      <header className="chat-head">
        {narrow && (
          <button
            type="button"
            className="icon"
            aria-label="Back to the chats"
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
      <Messages context={context} messages={messages} />
      <div className="typing" role="status">
        {desk.typingIn === chat.id && <TypingMark key={messages.length} name={directory.botName} />}
      </div>
      <div role="alert">{trouble !== null && <p className="alert danger">{trouble}</p>}</div>
      <Composer
        {...{ directory, chat, thread }}
        draft={props.draft}
        onDraft={props.onDraft}
        onEndReply={() => {
          setThread(null);
        }}
        onSay={(text) => attempt(() => request('say', { person, chat: chat.id, thread, text }))}
        onDrop={drop}
        onCommand={() => attempt(() => openDialog({ type: 'command' }, null))}
      />
    </section>
  );
}

/** Teams shows it for a few seconds, unless a message comes first. */
function TypingMark({ name }: { name: string }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setOver(true);
    }, 4000);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return over ? null : <p className="quiet-text">{name} is writing.</p>;
}
