import { useLayoutEffect, useState, type RefObject } from 'react';

/** Below this a list and a chat do not fit beside each other. */
const roomForBoth = 560;

/** Whether this element has room for one thing only. */
export function useIsNarrow(element: RefObject<HTMLElement | null>): boolean {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const measure = () => {
      // A pane that is not shown has no width, and nothing to decide.
      if (watched.clientWidth > 0) setNarrow(watched.clientWidth < roomForBoth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return narrow;
}
