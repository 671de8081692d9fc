import { described, type FieldProps } from './field.tsx';
import { textOf } from './text.ts';

/** Words, in one line or several. */
export function TextInput({ element, labels, state, onChange }: FieldProps) {
  const value = state?.['value'];
  const common = {
    ...described(labels),
    className: 'field',
    value: typeof value === 'string' ? value : '',
    maxLength: Number(element['max_length'] ?? 3000),
    placeholder: textOf(element['placeholder']),
    onChange: ({ target }: { target: { value: string } }) => {
      const typed = target.value === '' ? null : target.value;
      onChange({ type: 'plain_text_input', value: typed });
    },
  };
  return element['multiline'] === true ? (
    <textarea rows={3} {...common} />
  ) : (
    <input type="text" autoComplete="off" {...common} />
  );
}
