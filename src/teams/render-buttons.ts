import type { Button } from '../chat/elements.ts';
import { limits } from '../chat/limits.ts';
import type { Action, ActionSet, ActionStyle } from './adaptive-card.ts';
import { executes, opensDialog } from './action-data.ts';

/**
 * Where a button stands decides how Teams wants it. `message`: in a chat message; `plain-message`:
 * the same in a client without dialogs; `form`: whether that message is a screen to fill in;
 * `dialog`: in a dialog, where `screen` is that dialog, packed.
 */
export type Surface =
  { type: 'message' | 'plain-message'; form: boolean } | { type: 'dialog'; screen: string | null };

/** Rows of buttons; Teams folds more than a few of one row away. */
export function renderButtons(buttons: readonly Button[], surface: Surface): ActionSet[] {
  return rowsOf(buttons.map((button) => renderButton(button, surface)));
}

/** The same rows from actions that are drawn already. */
export function rowsOf(actions: readonly Action[]): ActionSet[] {
  const rows: ActionSet[] = [];
  for (let first = 0; first < actions.length; first += limits.buttonsInARow) {
    const row = actions.slice(first, first + limits.buttonsInARow);
    rows.push({ type: 'ActionSet', actions: row });
  }
  return rows;
}

function renderButton(button: Button, surface: Surface): Action {
  const base = { title: button.label, style: STYLES[button.style] };
  const carries = { verb: 'press', handle: button.handle } as const;
  if (surface.type === 'dialog') {
    return { type: 'Action.Submit', ...base, data: { ...carries, ...echo(surface) } };
  }
  if (surface.type === 'message' && button.opens === 'dialog') {
    return { type: 'Action.Submit', ...base, data: opensDialog(carries) };
  }
  return { type: 'Action.Execute', ...base, verb: 'press', data: executes(button.handle, surface) };
}

/** The button that sends a form. */
export function renderSubmit(submit: { label: string; handle: string }, surface: Surface): Action {
  const base = { title: submit.label, style: 'positive' as const };
  if (surface.type === 'dialog') {
    const data = { verb: 'submit', handle: submit.handle, ...echo(surface) };
    return { type: 'Action.Submit', ...base, data };
  }
  return {
    type: 'Action.Execute',
    ...base,
    verb: 'submit',
    data: executes(submit.handle, surface),
  };
}

function echo({ screen }: { screen: string | null }) {
  return screen === null ? {} : { screen };
}

const STYLES: Record<Button['style'], ActionStyle> = {
  plain: 'default',
  primary: 'positive',
  danger: 'destructive',
};
