import type { WireDirectory } from '../wire.ts';
import { findPerson } from './people.ts';
import { sides, type Seats, type Side } from './seats.ts';
import { UnreadMark } from './unread-mark.tsx';
import type { Workspace } from './workspace.ts';

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
        const chats = workspace.desks[seats[side] ?? '']?.chats ?? [];
        const unread = chats.reduce((sum, chat) => sum + chat.unread, 0);
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
              {findPerson(directory, seats[side])?.name ?? `Nobody (${side})`}
            </span>
            <UnreadMark count={unread} />
          </button>
        );
      })}
    </nav>
  );
}
