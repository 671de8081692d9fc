import type { Platform, WireDirectory } from '../wire.ts';
import { findPerson, initials } from './people.ts';
import type { Side } from './seats.ts';

type SelectProps = {
  directory: WireDirectory;
  person: string | null;
  onSit: (person: string | null) => void;
};

/** Who sits in this pane, and changing it. */
export function PersonSelect({ directory, person, onSit }: SelectProps) {
  return (
    <label className="person-select">
      <span className="only-heard">You are</span>
      <select
        value={person ?? ''}
        onChange={({ target }) => {
          onSit(target.value === '' ? null : target.value);
        }}
      >
        <option value="">Nobody yet</option>
        {directory.schools.map(({ id, name, people }) => (
          <optgroup key={id} label={name}>
            {people.map(({ key, name: who, role }) => (
              <option key={key} value={key}>
                {`${who}, ${role}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

const platformNames: Record<Platform, string> = { teams: 'Teams', slack: 'Slack' };

type PlatformSelectProps = {
  directory: WireDirectory;
  person: string;
  platform: Platform;
  onChoose: (platform: Platform) => void;
};

/** Where they sit, for those who can sit in either. */
export function PlatformSelect({ directory, person, platform, onChoose }: PlatformSelectProps) {
  const found = findPerson(directory, person);
  if (found === null || found.platforms.length < 2) return null;
  return (
    <label className="platform-select">
      <span className="only-heard">Where {found.name} sits</span>
      <select
        value={platform}
        onChange={({ target }) => {
          onChoose(target.value as Platform);
        }}
      >
        {found.platforms.map((each) => (
          <option key={each} value={each}>
            {platformNames[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Everybody, for an empty chair. */
export function PersonPicker({
  directory,
  side,
  onSit,
}: Omit<SelectProps, 'person'> & { side: Side }) {
  return (
    <div
      className="picker"
      tabIndex={0}
      role="region"
      aria-label={`Choose who sits on the ${side}`}
    >
      {directory.schools.map(({ id, name, people }) => (
        <div key={id}>
          <h3>{name}</h3>
          <ul>
            {people.map(({ key, name: who, role }) => (
              <li key={key}>
                <button
                  type="button"
                  className="person"
                  onClick={() => {
                    onSit(key);
                  }}
                >
                  <span className="face" aria-hidden="true">
                    {initials(who)}
                  </span>
                  <span className="person-name">
                    <strong>{who}</strong>
                    <span className="quiet-text">{role}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
