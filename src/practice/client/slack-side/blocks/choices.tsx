import { useId } from 'react';
import type { Json } from '../../../wire.ts';
import type { FieldProps } from './field.tsx';
import { optionsIn, type Option } from './text.ts';

/** One of a few, all of them in sight. */
export function OneOf({ element, labels, state, onChange }: FieldProps) {
  const name = useId();
  const chosen = (state?.['selected_option'] as Json | null | undefined)?.['value'];
  return (
    <div
      role="radiogroup"
      className="choices"
      {...labels.name}
      aria-describedby={labels.describedBy}
      aria-invalid={labels.invalid || undefined}
      aria-required={labels.required || undefined}
    >
      {optionsIn(element).map((option) => (
        <Choice key={option.value} option={option}>
          <input
            type="radio"
            name={name}
            checked={option.value === chosen}
            onChange={() => {
              onChange({ type: 'radio_buttons', selected_option: option.json });
            }}
          />
        </Choice>
      ))}
    </div>
  );
}

/** Several of a list, all of them in sight. */
export function SeveralOf({ element, labels, state, onChange }: FieldProps) {
  const chosen = ((state?.['selected_options'] ?? []) as Json[]).map(({ value }) => String(value));
  const options = optionsIn(element);
  const toggle = (toggled: string) => {
    const next = options.filter(({ value }) => chosen.includes(value) !== (value === toggled));
    const selected = next.map(({ json }) => json);
    onChange({ type: String(element['type']), selected_options: selected });
  };
  return (
    <div role="group" className="choices" {...labels.name} aria-describedby={labels.describedBy}>
      {options.map((option) => (
        <Choice key={option.value} option={option}>
          <input
            type="checkbox"
            aria-invalid={labels.invalid || undefined}
            checked={chosen.includes(option.value)}
            onChange={() => {
              toggle(option.value);
            }}
          />
        </Choice>
      ))}
    </div>
  );
}

/** A row wide enough for a thumb. */
function Choice({
  option: { label, description },
  children,
}: {
  option: Option;
  children: React.ReactNode;
}) {
  return (
    <label className="choice">
      {children}
      <span>
        {label}
        {description !== '' && <span className="quiet-text"> {description}</span>}
      </span>
    </label>
  );
}
