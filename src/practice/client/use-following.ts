import { useLayoutEffect, type RefObject } from 'react';

/**
 * Keeps the newest message in view while it grows, unless somebody has scrolled up to read. A message
 * taller than the view is shown from its beginning. `box` scrolls and holds one element with the messages.
 */
export function useFollowing(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const view = box.current;
    const content = view?.querySelector(':scope > div');
    if (!view || !content) return;
    let following = true;
    const onScroll = () => {
      following =
        view.scrollHeight - view.scrollTop - view.clientHeight < 40 || isNewestAtTop(view);
    };
    const observer = new ResizeObserver(() => {
      if (following) showNewest(view);
    });
    view.addEventListener('scroll', onScroll);
    observer.observe(content);
    return () => {
      view.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [box]);
}

function showNewest(view: HTMLElement): void {
  const newest = topOfNewest(view);
  if (newest !== null) view.scrollTop = Math.min(newest, view.scrollHeight - view.clientHeight);
}

function isNewestAtTop(view: HTMLElement): boolean {
  const newest = topOfNewest(view);
  return newest !== null && Math.abs(view.scrollTop - newest) < 40;
}

/** How far to scroll for the newest message to begin at the top. */
function topOfNewest(view: HTMLElement): number | null {
  const newest = [...view.querySelectorAll('article')].at(-1);
  if (newest === undefined) return null;
  return newest.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop - 8;
}
