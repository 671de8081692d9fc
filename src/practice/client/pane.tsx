import { useId, useState } from 'react';
import type { WireDirectory } from '../wire.ts';
import { findPerson } from './people.ts';
import { PersonPicker, PersonSelect, PlatformSelect } from './person-picker.tsx';
import { Phone } from './phone.tsx';
import type { Seat, Side } from './seats.ts';
import { SlackDesk } from './slack-side/slack-desk.tsx';
import { TeamsDesk } from './teams-side/teams-desk.tsx';
import { deskOf, type Workspace } from './workspace.ts';

type PaneProps = {
  side: Side;
  directory: WireDirectory;
  seat: Seat | null;
  workspace: Workspace;
  hiddenWhenNarrow: boolean;
  onSit: (seat: Seat | null) => void;
};

/** One half of the screen: one person's own. */
export function Pane({ side, directory, seat, workspace, hiddenWhenNarrow, onSit }: PaneProps) {
  const [phoneOpen, setPhoneOpen] = useState(false);
  const phoneId = useId();
  const person = seat?.person ?? null;
  const name = findPerson(directory, person)?.name ?? 'nobody yet';
  const title = `${side === 'left' ? 'Left' : 'Right'}: ${name}`;
  const desk = deskOf(workspace, seat);
  const sitDown = (key: string | null) => {
    onSit(key === null ? null : { person: key, platform: platformFor(directory, key, seat) });
  };
  return (
    <section
      className="pane"
      data-side={side}
      data-platform={seat?.platform}
      data-hidden-when-narrow={hiddenWhenNarrow}
      aria-label={title}
      tabIndex={-1}
    >
      <div className="pane-head">
        <h2 className="only-heard">{title}</h2>
        <PersonSelect {...{ directory, person, onSit: sitDown }} />
        {seat !== null && (
          <>
            <PlatformSelect
              {...{ directory, ...seat }}
              onChoose={(platform) => {
                onSit({ ...seat, platform });
              }}
            />
            <button
              type="button"
              aria-expanded={phoneOpen}
              aria-controls={phoneId}
              onClick={() => {
                setPhoneOpen(!phoneOpen);
              }}
            >
              <span className="only-heard-when-narrow">Locked</span> phone
            </button>
          </>
        )}
      </div>
      <div id={phoneId}>
        {phoneOpen && desk !== null && <Phone messages={desk.messages} name={name} />}
      </div>
      {seat === null ? (
        <PersonPicker {...{ directory, side, onSit: sitDown }} />
      ) : (
        <Desk {...{ directory, seat, workspace }} />
      )}
    </section>
  );
}

function Desk({
  directory,
  seat,
  workspace,
}: Pick<PaneProps, 'directory' | 'workspace'> & { seat: Seat }) {
  const { person, platform } = seat;
  if (platform === 'slack') {
    const desk = workspace.slackDesks[person];
    return desk === undefined ? null : <SlackDesk {...{ directory, person, desk }} />;
  }
  const desk = workspace.desks[person];
  return desk === undefined ? null : <TeamsDesk {...{ directory, person, desk }} />;
}

/** Whoever takes somebody's place sits where they sat, if that is possible. */
function platformFor(directory: WireDirectory, person: string, before: Seat | null) {
  const possible = findPerson(directory, person)?.platforms ?? [];
  const wanted = before?.platform ?? 'teams';
  return possible.includes(wanted) ? wanted : 'teams';
}
