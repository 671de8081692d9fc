import { useCallback, useEffect, useState } from 'react';
import type { WireDirectory } from '../wire.ts';
import { Guide, useGuide } from './guide.tsx';
import { Pane } from './pane.tsx';
import { findPerson } from './people.ts';
import {
  seatsFromUrl,
  seatsWith,
  sides,
  urlWithSeats,
  type Seat,
  type Seats,
  type Side,
} from './seats.ts';
import { Switcher } from './switcher.tsx';
import { TopBar } from './top-bar.tsx';
import { useOtherPaneKey } from './use-other-pane-key.ts';
import { useWorkspace } from './use-workspace.ts';
import type { Workspace } from './workspace.ts';

/** The whole page: the practice mark, the guide, and two panes for two people. */
export function App({ directory }: { directory: WireDirectory }) {
  const [seats, sit] = useSeats(directory);
  const [shown, show] = useState<Side>('left');
  const guide = useGuide();
  const workspace = useWorkspace(seats);
  useOtherPaneKey(show);

  return (
    <div className="app">
      <TopBar onGuide={guide.toggle} guideOpen={guide.open}>
        <Switcher {...{ directory, seats, shown, workspace }} onShow={show} />
      </TopBar>
      <main>
        {guide.open && (
          <Guide
            directory={directory}
            onSeat={(proposed) => {
              sit(proposed);
              guide.close();
            }}
            onClose={guide.close}
          />
        )}
        <Alerts {...workspace} />
        <div className="panes">
          {sides.map((side) => (
            <Pane
              key={`${side} ${seats[side]?.person ?? ''} ${seats[side]?.platform ?? ''}`}
              {...{ side, directory, workspace }}
              hiddenWhenNarrow={side !== shown}
              seat={seats[side]}
              onSit={(seat) => {
                sit(seatsWith(seats, side, seat));
              }}
            />
          ))}
        </div>
      </main>
    </div>
  );
}

function Alerts({ connected, fetched, refused }: Workspace) {
  return (
    <div role="status">
      {!connected && (
        <p className="alert">The line to the practice workspace is cut. Trying again.</p>
      )}
      {fetched > 0 && (
        <p className="alert danger">
          A file that was dropped into a chat was fetched. Nobody may do that: please report it.
        </p>
      )}
      {refused !== null && (
        <p className="alert danger">
          Slack would have refused what the bot sent ({refused}). Please report it.
        </p>
      )}
    </div>
  );
}

function useSeats(directory: WireDirectory): [Seats, (seats: Seats) => void] {
  const [seats, setSeats] = useState(() => onlyKnown(directory, seatsFromUrl(location.href)));
  useEffect(() => {
    const back = () => {
      setSeats(onlyKnown(directory, seatsFromUrl(location.href)));
    };
    addEventListener('popstate', back);
    return () => {
      removeEventListener('popstate', back);
    };
  }, [directory]);
  const sit = useCallback((next: Seats) => {
    history.pushState(null, '', urlWithSeats(location.href, next));
    setSeats(next);
  }, []);
  return [seats, sit];
}

function onlyKnown(directory: WireDirectory, seats: Seats): Seats {
  const known = (seat: Seat | null): Seat | null => {
    const person = findPerson(directory, seat?.person ?? null);
    if (seat === null || person === null) return null;
    return person.platforms.includes(seat.platform) ? seat : { ...seat, platform: 'teams' };
  };
  return { left: known(seats.left), right: known(seats.right) };
}
