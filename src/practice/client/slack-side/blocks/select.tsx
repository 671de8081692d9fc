import type { Json } from '../../../wire.ts';
import { described, type FieldProps } from './field.tsx';
import { inOneLine, optionOf, optionsIn, textOf } from './text.ts';

/** One of a list that came with the element. */
export function Select({ element, labels, state, onChange }: FieldProps) {
  const options = optionsIn(element);
  const chosen = state?.['selected_option'] as Json | null | undefined;
  return (
    <select
      className="field"
      {...described(labels)}
      value={chosen ? optionOf(chosen).value : ''}
      onChange={({ target }) => {
        const option = options.find(({ value }) => value === target.value);
        onChange({ type: 'static_select', selected_option: option?.json ?? null });
      }}
    >
      <option value="">{textOf(element['placeholder']) || 'Choose an option'}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {inOneLine(option)}
        </option>
      ))}
    </select>
  );
}
