import { useEffect, useRef, useState } from 'react';
import type { SlackChat, SlackPressReply, SlackWindow } from '../../slack-side/wire.ts';
import type { WireDirectory } from '../../wire.ts';
import { serverGone } from '../api.ts';
import { findPerson } from '../people.ts';
import { useIsNarrow } from '../use-is-narrow.ts';
import { useRemembered } from '../use-remembered.ts';
import { ChatView } from './chat-view.tsx';
import { Sidebar } from './sidebar.tsx';
import type { SlackDesk as Desk } from './slack-desks.ts';
import { Window } from './window.tsx';

type SlackDeskProps = { directory: WireDirectory; person: string; desk: Desk };

/** Does what a person did, and says in the chat what did not work. */
export type Attempt = (act: () => Promise<SlackPressReply | object>) => Promise<void>;

/** One person's Slack: their channels and apps, the one that is open, and a window over it. */
export function SlackDesk({ directory, person, desk }: SlackDeskProps) {
  const root = useRef<HTMLDivElement>(null);
  const narrow = useIsNarrow(root);
  const [chosen, choose] = useRemembered(`practice-slack ${person}`);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const top = desk.windows.at(-1) ?? null;
  useFocusBack(top, root);
  const name = findPerson(directory, person)?.name ?? person;
  const chat = openChat(desk, chosen, narrow);
  const attempt: Attempt = async (act) => {
    const reply = await act().catch((): SlackPressReply => serverGone);
    setTrouble('type' in reply && reply.type === 'failed' ? reply.text : null);
  };

  return (
    <div className="desk" ref={root} data-narrow={narrow}>
      <div className="desk-chats" inert={top !== null}>
        {!(narrow && chat) && (
          <Sidebar {...{ directory, name, desk, chosen: chat?.id ?? null, onChoose: choose }} />
        )}
        {chat !== null && (
          <ChatView
            key={chat.id}
            {...{ directory, person, name, desk, chat, narrow, trouble, attempt }}
            draft={drafts[chat.id] ?? ''}
            onDraft={(text) => {
              setDrafts((all) => ({ ...all, [chat.id]: text }));
            }}
            onBack={() => {
              choose(null);
            }}
          />
        )}
      </div>
      {top !== null && (
        <Window key={top.id} person={person} shown={top} isPushed={desk.windows.length > 1} />
      )}
    </div>
  );
}

/** Beside the list there is always a chat; where there is room for one thing, the list comes first. */
function openChat({ chats }: Desk, chosen: string | null, narrow: boolean): SlackChat | null {
  const known = chats.find(({ id }) => id === chosen);
  return known ?? (narrow ? null : chats[0]) ?? null;
}

/** When the last window closes, the focus goes back to where it was when the first one opened. */
function useFocusBack(top: SlackWindow | null, root: React.RefObject<HTMLElement | null>): void {
  const opener = useRef<Element | null>(null);
  const isOpen = top !== null;
  const wasOpen = useRef(false);
  if (isOpen && !wasOpen.current) {
    // Before the window takes the focus for itself.
    opener.current = document.activeElement;
  }
  useEffect(() => {
    const closed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    const back = opener.current;
    if (closed && back instanceof HTMLElement && root.current?.contains(back)) back.focus();
  }, [isOpen, root]);
}
