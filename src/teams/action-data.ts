import { z } from 'zod';
import type { Handle, Values } from '../chat/elements.ts';

/*
 * What our own buttons carry and bring back. The client can change any of it, so it is read strictly
 * and means nothing until the handle in it has been resolved and authorised.
 */

const handle = z.string().min(1).max(2000);
const screen = z.string().max(60_000);
const pressed = { handle, screen: screen.optional(), form: z.literal(true).optional() };

const carried = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('press'), ...pressed }),
  z.strictObject({ verb: z.literal('submit'), ...pressed }),
  z.strictObject({ verb: z.literal('raise') }),
  z.strictObject({ verb: z.literal('say'), command: z.string().min(1).max(100) }),
]);

/**
 * `press` and `submit` name a handle; `screen` is the packed dialog they stood in, so that it can be
 * drawn again; `form`: they stood on a screen in a message, whose place the next one takes. `raise` and `say` ask the same thing again in a dialog, where there is no handle yet.
 */
export type Carried = z.infer<typeof carried>;

/** A field's input id: ours are kept apart from everything Teams may add by their prefix. */
export function inputId(field: { id: string; type: string }): string {
  return `${field.type === 'choices' ? 'choices' : 'field'}.${field.id}`;
}

/** Data of a button that opens a dialog. */
export function opensDialog(carries: Carried): Record<string, unknown> {
  return { ...carries, msteams: { type: 'task/fetch' } };
}

/** Data of an `Action.Execute`, whose verb Teams carries apart. */
export function executes(handle: Handle, { form }: { form: boolean }): Record<string, unknown> {
  return { handle, ...(form && { form }) };
}

/** Null when the data is not what one of our buttons carries. */
export function readActionData(data: unknown): { carries: Carried; values: Values } | null {
  const all = z.record(z.string(), z.unknown()).safeParse(data);
  if (!all.success) return null;
  const { ours, inputs } = parted(all.data);
  const carries = carried.safeParse(ours);
  const values = readValues(inputs);
  return carries.success && values ? { carries: carries.data, values } : null;
}

const INPUT = /^(field|choices)\.(?!__proto__$)(\S{1,200})$/;

function parted(data: Record<string, unknown>) {
  const ours: Record<string, unknown> = {};
  const inputs: [string, unknown][] = [];
  for (const [key, value] of Object.entries(data)) {
    if (INPUT.test(key)) inputs.push([key, value]);
    // Teams leaves its own marks of a dialog button in the data.
    else if (key !== 'msteams' && !(key === 'type' && value === 'task/fetch')) ours[key] = value;
  }
  return { ours, inputs };
}

function readValues(inputs: [string, unknown][]): Values | null {
  const values: Values = {};
  for (const [key, value] of inputs) {
    const [, kind, id] = INPUT.exec(key) ?? [];
    if (id === undefined || typeof value !== 'string') return null;
    values[id] = kind === 'choices' ? value.split(',').filter((one) => one !== '') : value;
  }
  return values;
}
