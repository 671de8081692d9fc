import { useId } from 'react';
import type { Json } from '../../../wire.ts';
import type { InputState } from '../../../slack-side/wire.ts';
import { elementName, type SurfaceHost } from '../use-surface.ts';
import { Field, type FieldLabels } from './field.tsx';
import { textOf } from './text.ts';

type ElementProps = { block: string; element: Json; host: SurfaceHost };

/** Something outside an input block: the bot hears of it at once. */
export function Element(props: ElementProps) {
  return props.element['type'] === 'button' ? <Button {...props} /> : <Chooser {...props} />;
}

function Chooser({ block, element, host }: ElementProps) {
  const action = String(element['action_id']);
  const choose = (state: InputState) => {
    host.form.set(block, action, state);
    host.press(block, action, state);
  };
  const labels: FieldLabels = {
    id: useId(),
    name: { 'aria-label': textOf(element['placeholder']) || 'Choose' },
    describedBy: undefined,
    invalid: false,
    required: false,
  };
  return (
    <Field
      {...{ element, labels }}
      state={host.form.values[block]?.[action]}
      onChange={choose}
      options={(query) => host.options(block, action, query)}
    />
  );
}

function Button({ block, element, host }: ElementProps) {
  const action = String(element['action_id']);
  const isBusy = host.busy === elementName(block, action);
  return (
    <button
      type="button"
      className={`block-button ${styleOf(element)}`}
      aria-busy={isBusy}
      onClick={() => {
        host.press(block, action, null);
      }}
    >
      {textOf(element['text'])}
      {isBusy && <span className="quiet-text"> …</span>}
    </button>
  );
}

function styleOf({ style }: Json): string {
  return style === 'primary' || style === 'danger' ? style : '';
}
