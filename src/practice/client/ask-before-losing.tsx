import { useEffect, useRef } from 'react';

/** What was typed is not thrown away without asking. */
export function AskBeforeLosing({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    stay.current?.focus();
  }, []);
  return (
    <div className="ask" role="alert">
      <p>Close this? What you have filled in here will be lost.</p>
      <div className="row">
        <button type="button" className="primary" ref={stay} onClick={onStay}>
          Keep writing
        </button>
        <button type="button" className="danger" onClick={onLeave}>
          Close and lose it
        </button>
      </div>
    </div>
  );
}
