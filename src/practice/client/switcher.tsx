import type { WireDirectory } from '../wire.ts';
import { findPerson } from './people.ts';
import { sides, type Seat, type Seats, type Side } from './seats.ts';
import { UnreadMark } from './unread-mark.tsx';
import { deskOf, type Workspace } from './workspace.ts';

type SwitcherProps = {
  directory: WireDirectory;
  seats: Seats;
  shown: Side;
  workspace: Workspace;
  onShow: (side: Side) => void;
};

/** On a narrow screen one pane is shown; this says which, and where something new waits. */
export function Switcher({ directory, seats, shown, workspace, onShow }: SwitcherProps) {
  return (
    <nav className="switcher" aria-label="Whose screen">
      {sides.map((side) => {
        const seat = seats[side];
        return (
          <button
            type="button"
            key={side}
            aria-current={side === shown ? 'true' : undefined}
            onClick={() => {
              onShow(side);
            }}
          >
            <span className="clip">
              {findPerson(directory, seat?.person ?? null)?.name ?? `Nobody (${side})`}
            </span>
            <UnreadMark count={unreadOf(workspace, seat)} />
          </button>
        );
      })}
    </nav>
  );
}

function unreadOf(workspace: Workspace, seat: Seat | null): number {
  const chats = deskOf(workspace, seat)?.chats ?? [];
  return chats.reduce((sum, chat) => sum + chat.unread, 0);
}
