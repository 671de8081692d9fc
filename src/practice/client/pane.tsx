import { useId, useState } from 'react';
import type { WireDirectory } from '../wire.ts';
import { findPerson } from './people.ts';
import { PersonPicker, PersonSelect } from './person-picker.tsx';
import { Phone } from './phone.tsx';
import type { Side } from './seats.ts';
import { TeamsDesk } from './teams-side/teams-desk.tsx';
import type { Desk } from './workspace.ts';

type PaneProps = {
  side: Side;
  directory: WireDirectory;
  person: string | null;
  desk: Desk | null;
  hiddenWhenNarrow: boolean;
  onSit: (person: string | null) => void;
};

/** One half of the screen: one person's own. */
export function Pane({ side, directory, person, desk, hiddenWhenNarrow, onSit }: PaneProps) {
  const [phoneOpen, setPhoneOpen] = useState(false);
  const phoneId = useId();
  const name = findPerson(directory, person)?.name ?? 'nobody yet';
  const title = `${side === 'left' ? 'Left' : 'Right'}: ${name}`;
  return (
    <section
      className="pane"
      data-side={side}
      data-hidden-when-narrow={hiddenWhenNarrow}
      aria-label={title}
      tabIndex={-1}
    >
      <div className="pane-head">
        <h2 className="only-heard">{title}</h2>
        <PersonSelect {...{ directory, person, onSit }} />
        {person !== null && (
          <button
            type="button"
            aria-expanded={phoneOpen}
            aria-controls={phoneId}
            onClick={() => {
              setPhoneOpen(!phoneOpen);
            }}
          >
            Locked phone
          </button>
        )}
      </div>
      <div id={phoneId}>{phoneOpen && desk !== null && <Phone desk={desk} name={name} />}</div>
      {person === null && <PersonPicker {...{ directory, side, onSit }} />}
      {person !== null && desk !== null && <TeamsDesk {...{ directory, person, desk }} />}
    </section>
  );
}
