import { useRef, type KeyboardEvent } from 'react';
import type { SlackChat } from '../../slack-side/wire.ts';
import { UnreadMark } from '../unread-mark.tsx';

const tabs = { home: 'Home', messages: 'Messages' } as const;

export type AppTab = keyof typeof tabs;

type AppTabsProps = { tab: AppTab; chat: SlackChat; onOpen: (tab: AppTab) => void };

/** An app has two pages, after the ARIA pattern "tabs". */
export function AppTabs({ tab, chat, onOpen }: AppTabsProps) {
  const root = useRef<HTMLDivElement>(null);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const next = tab === 'home' ? 'messages' : 'home';
    onOpen(next);
    root.current?.querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus();
  };
  return (
    <div className="app-tabs" role="tablist" aria-label={chat.name} ref={root} onKeyDown={onKey}>
      {(['home', 'messages'] as const).map((each) => (
        <button
          type="button"
          role="tab"
          key={each}
          data-tab={each}
          aria-selected={each === tab}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => {
            onOpen(each);
          }}
        >
          {tabs[each]}
          {each === 'messages' && tab === 'home' && <UnreadMark count={chat.unread} />}
        </button>
      ))}
    </div>
  );
}
