import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { PressReply } from '../../wire.ts';
import { Card } from '../cards/card.tsx';
import { dialogCardHost } from './card-hosts.ts';
import { AskBeforeLosing } from '../ask-before-losing.tsx';
import { keepTabInside } from '../keep-tab-inside.ts';
import type { OpenDialog } from './use-dialog.ts';

type DialogProps = OpenDialog & { person: string; onClose: () => void };

/**
 * A dialog over one pane. It keeps the keyboard to itself but leaves the other pane alone, because
 * another person sits there. What was typed is not thrown away without asking.
 */
export function Dialog({ person, chat, origin, first, onClose }: DialogProps) {
  const [shown, setShown] = useState(first);
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();

  // At once: behind the dialog everything is inert, so that until then the keyboard is nowhere.
  useLayoutEffect(() => {
    title.current?.focus();
    root.current?.querySelector('.dialog-content')?.scrollTo(0, 0);
  }, [shown]);

  const leave = () => {
    if (dirty) setAsking(true);
    else onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
    if (root.current !== null) keepTabInside(root.current, event);
  };
  const host = dialogCardHost(person, chat, origin, (reply): PressReply => {
    if (reply.type === 'failed') return reply;
    if (reply.type === 'closed') onClose();
    else setShown(reply);
    return { type: 'done' };
  });

  return (
    <div className="dialog-place">
      <div className="dialog" role="dialog" aria-labelledby={id} ref={root} onKeyDown={onKey}>
        <div className="dialog-head">
          <h3 id={id} ref={title} tabIndex={-1}>
            {shown.type === 'card' && shown.title !== '' ? shown.title : 'Concern'}
          </h3>
          <button type="button" className="icon" aria-label="Close" onClick={leave}>
            ×
          </button>
        </div>
        <div className="dialog-content" tabIndex={0} role="region" aria-labelledby={id}>
          {shown.type === 'card' ? (
            <Card card={shown.card} label="Form" host={host} onDirty={setDirty} />
          ) : (
            <p>{shown.text}</p>
          )}
        </div>
        {asking && (
          <AskBeforeLosing
            onStay={() => {
              setAsking(false);
              title.current?.focus();
            }}
            onLeave={onClose}
          />
        )}
      </div>
    </div>
  );
}
