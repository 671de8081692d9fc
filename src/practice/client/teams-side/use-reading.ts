import { useEffect, type RefObject } from 'react';
import type { WireChat } from '../../wire.ts';
import { request } from '../api.ts';

/** A chat that is before somebody's eyes counts as read. */
export function useReading(
  root: RefObject<HTMLElement | null>,
  person: string,
  chat: WireChat,
): void {
  const { id, unread } = chat;
  useEffect(() => {
    const read = () => {
      const seen = root.current?.checkVisibility() === true && !document.hidden;
      if (unread > 0 && seen) void request('read', { person, chat: id }).catch(() => undefined);
    };
    read();
    // The pane may come into sight later, on a narrow screen or when the tab is opened again.
    const timer = setInterval(read, 500);
    return () => {
      clearInterval(timer);
    };
  }, [root, person, id, unread]);
}
