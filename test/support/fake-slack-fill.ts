import type { Json } from './fake-slack-blocks.ts';
import { inputNamed, optionLabel, optionsOf } from './fake-slack-seen.ts';
import { elementOf } from './fake-slack-windows.ts';
import type { SlackWindow } from './fake-slack-world.ts';

/*
 * Typing and choosing in an open window. Only what is offered can be chosen, and no more can be typed
 * than Slack takes.
 */

export function typeInto(
  window: SlackWindow,
  name: string,
  value: string | string[],
  searched: Map<string, Json[]>,
): void {
  const block = inputNamed(window, name);
  const id = String(block['block_id']);
  const element = elementOf(block);
  const offered = [...optionsOf(element), ...(searched.get(id) ?? [])];
  const pick = (wanted: string): Json => {
    const found = offered.find((one) => optionLabel(one) === wanted || one['value'] === wanted);
    if (found === undefined) throw new Error(`"${wanted}" is not offered at "${name}"`);
    return found;
  };
  window.typed.set(id, { type: element['type'], ...held(element, value, pick) });
  window.errors.delete(id);
}

function held(element: Json, value: string | string[], pick: (wanted: string) => Json): Json {
  const list = Array.isArray(value) ? value : [value];
  const [one = ''] = list;
  switch (element['type']) {
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: list.map(pick) };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { selected_option: one === '' ? null : pick(one) };
    case 'datepicker':
      return { selected_date: one === '' ? null : one };
    case 'timepicker':
      return { selected_time: one === '' ? null : one };
    default:
      return { value: one === '' ? null : typed(element, one) };
  }
}

function typed(element: Json, text: string): string {
  const most = Number(element['max_length'] ?? 3000);
  if (text.length > most) throw new Error(`Slack takes no more than ${String(most)} characters`);
  return text;
}
