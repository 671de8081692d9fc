import { useRef, useState } from 'react';
import type { WireChat, WireDirectory } from '../../wire.ts';
import { findPerson } from '../people.ts';
import type { Desk } from '../workspace.ts';
import { ChatList } from './chat-list.tsx';
import { ChatView } from './chat-view.tsx';
import { Dialog } from './dialog.tsx';
import { useDialog } from './use-dialog.ts';
import { useIsNarrow } from '../use-is-narrow.ts';
import { useRemembered } from '../use-remembered.ts';

type TeamsDeskProps = { directory: WireDirectory; person: string; desk: Desk };

/** One person's Teams: their chats, the one that is open, and a dialog over it. */
export function TeamsDesk({ directory, person, desk }: TeamsDeskProps) {
  const root = useRef<HTMLDivElement>(null);
  const narrow = useIsNarrow(root);
  const [chosen, choose] = useRemembered(`practice-chat ${person}`);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const dialog = useDialog(person);
  const name = findPerson(directory, person)?.name ?? person;
  const chat = openChat(desk, chosen, narrow);

  return (
    <div className="desk" ref={root} data-narrow={narrow}>
      <div className="desk-chats" inert={dialog.open !== null}>
        {!(narrow && chat) && (
          <ChatList {...{ name, desk, chosen: chat?.id ?? null, onChoose: choose }} />
        )}
        {chat !== null && (
          <ChatView
            key={chat.id}
            {...{ directory, person, name, desk, chat, narrow }}
            draft={drafts[chat.id] ?? ''}
            onDraft={(text) => {
              setDrafts((all) => ({ ...all, [chat.id]: text }));
            }}
            onBack={() => {
              choose(null);
            }}
            openDialog={(origin, data) => dialog.start(chat.id, origin, data)}
          />
        )}
      </div>
      {dialog.open !== null && <Dialog person={person} {...dialog.open} onClose={dialog.close} />}
    </div>
  );
}

/** Beside the list there is always a chat; where there is room for one thing, the list comes first. */
function openChat({ chats }: Desk, chosen: string | null, narrow: boolean): WireChat | null {
  const known = chats.find(({ id }) => id === chosen);
  return known ?? (narrow ? null : chats[0]) ?? null;
}
