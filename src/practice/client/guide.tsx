import { useState } from 'react';
import type { WireDirectory } from '../wire.ts';
import { findPerson } from './people.ts';
import type { Seats } from './seats.ts';

const key = 'practice-guide-seen';

/** Open on the first visit, and again whenever asked for. */
export function useGuide(): { open: boolean; close: () => void; toggle: () => void } {
  const [open, setOpen] = useState(() => localStorage.getItem(key) === null);
  const close = () => {
    localStorage.setItem(key, 'yes');
    setOpen(false);
  };
  const toggle = () => {
    if (open) close();
    else setOpen(true);
  };
  return { open, close, toggle };
}

type GuideProps = { directory: WireDirectory; onSeat: (seats: Seats) => void; onClose: () => void };

/** Three sentences for somebody who has never been here. */
export function Guide({ directory, onSeat, onClose }: GuideProps) {
  const { guide, botName, slack } = directory;
  const left = findPerson(directory, guide?.left ?? null);
  const right = findPerson(directory, guide?.right ?? null);
  return (
    <section className="guide" aria-labelledby="guide-title">
      <h2 id="guide-title">How to practise</h2>
      <ol>
        <li>
          Two people sit side by side:{' '}
          {left && right
            ? `choose ${left.name} (${left.role}) on the left and ${right.name} (${right.role}) on the right`
            : 'choose who they are'}
          .
        </li>
        <li>
          On the left, in the chat with {botName}, type <kbd>/concern</kbd> and send it.
        </li>
        <li>On the right, see what arrives, press its buttons, and look at the locked phone.</li>
      </ol>
      <div className="row">
        {guide && left && right && (
          <button
            type="button"
            className="primary"
            onClick={() => {
              onSeat({
                left: { person: guide.left, platform: 'teams' },
                right: { person: guide.right, platform: 'teams' },
              });
            }}
          >
            Seat {left.name} and {right.name}
          </button>
        )}
        <button type="button" onClick={onClose}>
          Close the guide
        </button>
      </div>
      {slack !== null && (
        <p className="quiet-text">
          {slack.school} is on Teams and on Slack: beside each name you choose where that person
          sits, and the bot writes to them there. The other schools are on Teams alone.
        </p>
      )}
      <p className="quiet-text">With the keyboard, F6 goes from one pane to the other.</p>
    </section>
  );
}
