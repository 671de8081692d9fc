import { useId } from 'react';
import type { Json } from '../../../wire.ts';
import type { SurfaceHost } from '../use-surface.ts';
import { Field } from './field.tsx';
import { textOf } from './text.ts';

/** A field with its label, what is wrong with it, and its hint. The error stands above: a list may be long. */
export function InputBlock({ block, host }: { block: Json; host: SurfaceHost }) {
  const ids = useId();
  const id = String(block['block_id']);
  const element = block['element'] as Json;
  const action = String(element['action_id']);
  const { form } = host;
  const error = form.errors[id];
  const hint = textOf(block['hint']);
  const optional = block['optional'] === true;
  const described = [
    hint === '' ? [] : [`${ids}hint`],
    error === undefined ? [] : [`${ids}error`],
  ].flat();
  return (
    <div className="input-block" data-wrong={error !== undefined}>
      <label className="input-label" htmlFor={`${ids}field`}>
        <span id={`${ids}label`}>{textOf(block['label'])}</span>
        {optional && <span className="quiet-text"> (optional)</span>}
      </label>
      {error !== undefined && (
        <p className="input-error" id={`${ids}error`}>
          {error}
        </p>
      )}
      <Field
        element={element}
        labels={{
          id: `${ids}field`,
          name: { 'aria-labelledby': `${ids}label` },
          describedBy: described.length === 0 ? undefined : described.join(' '),
          invalid: error !== undefined,
          required: !optional,
        }}
        state={form.values[id]?.[action]}
        onChange={(state) => {
          form.set(id, action, state);
        }}
        options={(query) => host.options(id, action, query)}
      />
      {hint !== '' && (
        <p className="quiet-text input-hint" id={`${ids}hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
