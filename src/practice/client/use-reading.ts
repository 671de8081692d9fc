import { useEffect, useRef, type RefObject } from 'react';
import type { WireChat } from '../wire.ts';

/** A chat that is before somebody's eyes counts as read. `markRead` may be called more than once. */
export function useReading(
  root: RefObject<HTMLElement | null>,
  { id, unread }: Pick<WireChat, 'id' | 'unread'>,
  markRead: () => Promise<unknown>,
): void {
  const mark = useRef(markRead);
  useEffect(() => {
    mark.current = markRead;
  });
  useEffect(() => {
    const read = () => {
      const seen = root.current?.checkVisibility() === true && !document.hidden;
      if (unread > 0 && seen) void mark.current().catch(() => undefined);
    };
    read();
    // The pane may come into sight later, on a narrow screen or when the tab is opened again.
    const timer = setInterval(read, 500);
    return () => {
      clearInterval(timer);
    };
  }, [root, id, unread]);
}
