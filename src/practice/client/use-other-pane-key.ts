import { useEffect } from 'react';
import { sides, type Side } from './seats.ts';

/**
 * F6 goes to the other pane, as between the parts of a window. A dialog keeps Tab to itself, so this
 * is how the keyboard reaches the other person while one of them fills a form in.
 */
export function useOtherPaneKey(show: (side: Side) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F6') return;
      event.preventDefault();
      const here = document.activeElement?.closest<HTMLElement>('[data-side]')?.dataset['side'];
      const other = sides.find((side) => side !== here) ?? 'left';
      show(other);
      requestAnimationFrame(() => {
        focusPane(other);
      });
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [show]);
}

function focusPane(side: Side): void {
  const pane = document.querySelector<HTMLElement>(`[data-side="${side}"]`);
  const dialog = pane?.querySelector<HTMLElement>('[role=dialog] h3');
  (dialog ?? pane)?.focus();
}
