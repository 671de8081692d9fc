import { useEffect, useState } from 'react';
import type { Json } from '../../wire.ts';
import type { FormState, InputState } from '../../slack-side/wire.ts';
import { initialStateOf, mergedState, nothingHeld, type Held } from './form-state.ts';

/** What is being filled in on one surface. */
export type Form = {
  values: FormState;
  /** What is wrong, by block id. */
  errors: Record<string, string>;
  /** Whether something was filled in that would be lost. */
  isDirty: boolean;
  set: (block: string, action: string, state: InputState) => void;
  setErrors: (errors: Record<string, string>) => void;
};

type Remembered = Held & { drawing: string };

/** Outlives a pane, so that changing places with somebody loses nothing. A reload forgets it, as in Slack. */
const remembered = new Map<string, Remembered>();

/** `surface` names the window, home or message; `drawing` changes whenever it is drawn anew. */
export function useForm(surface: string, drawing: string, blocks: Json[]): Form {
  const [held, setHeld] = useState<Remembered>(
    () => remembered.get(surface) ?? { ...nothingHeld, drawing: '' },
  );
  const [wrong, setWrong] = useState<{ drawing: string; errors: Record<string, string> } | null>(
    null,
  );
  const values = held.drawing === drawing ? held.state : mergedState(held, blocks);
  const errors = wrong?.drawing === drawing ? wrong.errors : {};

  const keep = (state: FormState) => {
    const next = { drawing, blocks, state };
    remembered.set(surface, next);
    setHeld(next);
  };
  useEffect(() => {
    if (held.drawing !== drawing) keep(values);
  });

  return {
    values,
    errors,
    isDirty: JSON.stringify(values) !== JSON.stringify(initialStateOf(blocks)),
    set: (block, action, state) => {
      keep({ ...values, [block]: { ...values[block], [action]: state } });
      const { [block]: _mended, ...others } = errors;
      if (block in errors) setWrong({ drawing, errors: others });
    },
    setErrors: (next) => {
      setWrong({ drawing, errors: next });
    },
  };
}

/** A window that is gone need not be remembered. */
export function forgetForm(surface: string): void {
  remembered.delete(surface);
}
