import { useEffect, useRef } from 'react';
import type { Json } from '../../../wire.ts';
import { createCombobox } from '../../cards/combobox.ts';
import type { FieldLabels, FieldProps } from './field.tsx';
import { inOneLine, optionOf, textOf, type Option } from './text.ts';

/** One of a list that the bot holds. */
export function SearchOne({ element, labels, state, onChange, options }: FieldProps) {
  const chosen = state?.['selected_option'] as Json | null | undefined;
  return (
    <Search
      {...{ labels, options }}
      placeholder={textOf(element['placeholder'])}
      initial={chosen ? optionOf(chosen) : null}
      onChoose={(option) => {
        onChange({ type: 'external_select', selected_option: option?.json ?? null });
        return 'shown';
      }}
    />
  );
}

/** Several of a list that the bot holds. */
export function SearchMany({ element, labels, state, onChange, options }: FieldProps) {
  const chosen = ((state?.['selected_options'] ?? []) as Json[]).map(optionOf);
  const change = (next: Option[]) => {
    const selected = next.map(({ json }) => json);
    onChange({ type: 'multi_external_select', selected_options: selected });
  };
  return (
    <div className="search-many">
      {chosen.length > 0 && (
        <ul>
          {chosen.map((option) => (
            <li key={option.value}>
              <button
                type="button"
                aria-label={`Remove ${option.label}`}
                onClick={() => {
                  change(chosen.filter(({ value }) => value !== option.value));
                }}
              >
                {option.label} ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <Search
        {...{ labels, options }}
        placeholder={textOf(element['placeholder'])}
        initial={null}
        onChoose={(option) => {
          const others = chosen.filter(({ value }) => value !== option?.value);
          if (option !== null) change([...others, option]);
          return 'cleared';
        }}
      />
    </div>
  );
}

type SearchProps = {
  labels: FieldLabels;
  placeholder: string;
  initial: Option | null;
  options: (query: string) => Promise<Json[]>;
  /** Whether what was chosen stays in the field. */
  onChoose: (option: Option | null) => 'shown' | 'cleared';
};

/** A searching field. What is typed and is none of the choices goes when the field is left, as in Slack. */
function Search({ labels, placeholder, initial, options, onChoose }: SearchProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef({ options, onChoose });
  const first = useRef(initial);
  useEffect(() => {
    latest.current = { options, onChoose };
  });

  useEffect(() => {
    const found = new Map<string, Option>();
    const combobox = createCombobox({
      initial: first.current && { title: inOneLine(first.current), value: first.current.value },
      placeholder: placeholder || 'Type to search',
      required: false,
      find: async (query) => {
        const answered = (await latest.current.options(query)).map(optionOf);
        for (const option of answered) found.set(option.value, option);
        return answered.map((option) => ({ title: inOneLine(option), value: option.value }));
      },
      changed: () => {
        const chosen = found.get(combobox.chosen()?.value ?? '') ?? null;
        if (latest.current.onChoose(chosen) === 'cleared' && chosen !== null) clear();
      },
    });
    const field = combobox.element.querySelector('input');
    const clear = () => {
      if (field !== null) field.value = '';
    };
    field?.classList.add('field');
    field?.addEventListener('blur', () => {
      if (combobox.isUndecided()) clear();
    });
    place.current?.replaceChildren(combobox.element);
  }, [placeholder]);

  useEffect(() => {
    const field = place.current?.querySelector('input');
    const list = place.current?.querySelector('[role=listbox]');
    for (const named of [field, list])
      for (const [attribute, value] of Object.entries(labels.name))
        named?.setAttribute(attribute, value);
    setOrRemove(field, 'id', labels.id);
    setOrRemove(field, 'aria-describedby', labels.describedBy);
    setOrRemove(field, 'aria-invalid', labels.invalid ? 'true' : undefined);
    setOrRemove(field, 'aria-required', labels.required ? 'true' : undefined);
  });
  return <div ref={place} />;
}

function setOrRemove(
  element: Element | null | undefined,
  name: string,
  value: string | undefined,
): void {
  if (value === undefined) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}
