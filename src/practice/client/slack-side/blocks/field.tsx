import type { Json } from '../../../wire.ts';
import type { InputState } from '../../../slack-side/wire.ts';
import { OneOf, SeveralOf } from './choices.tsx';
import { SearchMany, SearchOne } from './search-select.tsx';
import { Select } from './select.tsx';
import { TextInput } from './text-input.tsx';

/** What a field is called and what is said about it. */
export type FieldLabels = {
  /** The control's own id, for its label to point at. */
  id: string;
  name: { 'aria-labelledby': string } | { 'aria-label': string };
  /** The ids of the hint and the error. */
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
};

export type FieldProps = {
  element: Json;
  labels: FieldLabels;
  state: InputState | undefined;
  onChange: (state: InputState) => void;
  options: (query: string) => Promise<Json[]>;
};

/** One thing to fill in or choose. */
export function Field(props: FieldProps) {
  const { element } = props;
  switch (element['type']) {
    case 'plain_text_input':
      return <TextInput {...props} />;
    case 'static_select':
      return <Select {...props} />;
    case 'external_select':
      return <SearchOne {...props} />;
    case 'multi_external_select':
      return <SearchMany {...props} />;
    case 'radio_buttons':
      return <OneOf {...props} />;
    case 'checkboxes':
    case 'multi_static_select':
      return <SeveralOf {...props} />;
    case 'datepicker':
      return <Picker {...props} type="date" holds="selected_date" />;
    case 'timepicker':
      return <Picker {...props} type="time" holds="selected_time" />;
    default:
      return (
        <p className="quiet-text">A field that cannot be drawn here: {String(element['type'])}</p>
      );
  }
}

/** What a control says of itself to those who cannot see it. */
export function described({ id, name, describedBy, invalid, required }: FieldLabels) {
  return {
    id,
    ...name,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    'aria-required': required || undefined,
  };
}

type PickerProps = FieldProps & {
  type: 'date' | 'time';
  holds: 'selected_date' | 'selected_time';
};

function Picker({ element, labels, state, onChange, type, holds }: PickerProps) {
  const value = state?.[holds];
  return (
    <input
      type={type}
      className="field"
      {...described(labels)}
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => {
        const chosen = target.value === '' ? null : target.value;
        onChange({ type: String(element['type']), [holds]: chosen });
      }}
    />
  );
}
