import { useEffect, useRef, useState } from 'react';
import type { Json, PressReply } from '../../wire.ts';
import { serverGone } from '../api.ts';
import type { Search } from './choice-set.ts';
import { drawCard, type DrawnCard, type Press } from './draw-card.ts';

/** What a card can ask of where it stands. */
export type CardHost = {
  press: (press: Exclude<Press, { type: 'link' }>) => Promise<PressReply>;
  search: Search;
};

type CardProps = {
  card: Json;
  host: CardHost;
  label: string;
  /** Told whenever something was typed: whether it would be lost. */
  onDirty?: (dirty: boolean) => void;
};

/**
 * An Adaptive Card. It is drawn again only when its content changes, so that other messages cannot
 * disturb what is being typed; the focus stays in it when it changes under the hand.
 */
export function Card({ card, host, label, onDirty }: CardProps) {
  const place = useRef<HTMLDivElement>(null);
  const now = useRef({ host, onDirty });
  const content = JSON.stringify(card);
  const { reply, busy, press, forget } = usePress(now);
  const [drawable, setDrawable] = useState(true);

  useEffect(() => {
    now.current = { host, onDirty };
  });
  useEffect(() => {
    const drawn: DrawnCard | null = drawCard(JSON.parse(content) as Json, {
      press,
      search: (dataset, query) => now.current.host.search(dataset, query),
      changed: () => {
        now.current.onDirty?.(drawn?.isDirty() ?? false);
      },
    });
    setDrawable(drawn !== null);
    now.current.onDirty?.(false);
    putInto(place.current, drawn);
    return forget;
  }, [content, press, forget]);

  return (
    <div className="card" role="group" aria-label={label} aria-busy={busy}>
      <div ref={place} tabIndex={-1} className="card-content" />
      {!drawable && <p className="card-reply danger">This card cannot be drawn.</p>}
      <div role="status">
        {busy && <p className="card-reply">Sending.</p>}
        {!busy && reply?.type === 'notice' && <p className="card-reply">{reply.text}</p>}
      </div>
      <div role="alert">
        {!busy && reply?.type === 'failed' && <p className="card-reply danger">{reply.text}</p>}
      </div>
    </div>
  );
}

/** One press at a time; a second one while the first is on its way is not sent. */
function usePress(now: React.RefObject<{ host: CardHost }>) {
  const [reply, setReply] = useState<PressReply | null>(null);
  const [busy, setBusy] = useState(false);
  const onItsWay = useRef(false);
  const [press] = useState(() => (asked: Press): void => {
    if (asked.type === 'link') {
      setReply({
        type: 'notice',
        text: `In Teams this opens ${asked.url}. Practice opens nothing.`,
      });
      return;
    }
    if (onItsWay.current) return;
    onItsWay.current = true;
    setBusy(true);
    void now.current.host
      .press(asked)
      .catch(() => serverGone)
      .then((answer) => {
        onItsWay.current = false;
        setBusy(false);
        setReply(answer);
      });
  });
  const [forget] = useState(() => () => {
    setReply(null);
  });
  return { reply, busy, press, forget };
}

function putInto(place: HTMLDivElement | null, drawn: DrawnCard | null): void {
  if (place === null) return;
  const hadFocus =
    place.contains(document.activeElement) && document.activeElement !== document.body;
  place.replaceChildren(...(drawn === null ? [] : [drawn.element]));
  if (hadFocus) place.focus();
}
