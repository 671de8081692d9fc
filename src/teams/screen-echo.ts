import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Field, Screen, Values } from '../chat/elements.ts';

/*
 * Teams sends back what was typed into a dialog but not the dialog. To show the same dialog again with
 * everything still in it, even when the database is down, its outline travels in its buttons. It goes
 * back to nobody but the person who sent it, and every handle in it is checked again when pressed.
 */

const handle = z.string().min(1).max(2000);
const button = z.strictObject({
  label: z.string(),
  handle,
  opens: z.enum(['dialog', 'inline']),
  style: z.enum(['plain', 'primary', 'danger']),
});
const facts = z.array(z.strictObject({ label: z.string(), value: z.string() }));
const items = z.array(z.string());
const bars = z.array(z.strictObject({ label: z.string(), value: z.number() }));
const tone = z.enum(['plain', 'strong', 'quiet', 'warning', 'danger']);
const checked = z.strictObject({
  title: z.string(),
  state: z.enum(['open', 'now', 'locked', 'waiting', 'done', 'set-aside']),
  note: z.string().nullable(),
});

const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: z.string() }),
  z.strictObject({ type: z.literal('text'), text: z.string(), tone }),
  z.strictObject({ type: z.literal('facts'), facts }),
  z.strictObject({ type: z.literal('list'), items }),
  z.strictObject({ type: z.literal('never'), items }),
  z.strictObject({ type: z.literal('checklist'), items: z.array(checked) }),
  z.strictObject({ type: z.literal('buttons'), buttons: z.array(button) }),
  z.strictObject({ type: z.literal('chart'), title: z.string(), bars }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({ type: z.literal('words'), label: z.string(), text: z.string() }),
  z.strictObject({ type: z.literal('private-facts'), facts }),
]);

const choice = z.strictObject({
  id: z.string(),
  label: z.string(),
  help: z.string().exactOptional(),
});
const base = {
  id: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  required: z.boolean(),
};
const value = z.string().nullable();
const choices = z.array(choice);

const field = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('choice'),
    choices,
    value,
    shown: z.enum(['buttons', 'list']),
  }),
  z.strictObject({ ...base, type: z.literal('choices'), choices, value: z.array(z.string()) }),
  z.strictObject({
    ...base,
    type: z.literal('person'),
    people: choices,
    value,
    search: handle,
  }),
  z.strictObject({ ...base, type: z.literal('text'), value, maxLength: z.number() }),
  z.strictObject({ ...base, type: z.literal('long-text'), value, maxLength: z.number() }),
  z.strictObject({ ...base, type: z.literal('date'), value }),
  z.strictObject({ ...base, type: z.literal('time'), value }),
]);

const screen: z.ZodType<Screen> = z.strictObject({
  title: z.string(),
  elements: z.array(element),
  fields: z.array(field),
  submit: z.strictObject({ label: z.string(), handle }).nullable(),
  buttons: z.array(button),
});

const MOST = 256 * 1024;

/** The screen without its values, small enough to travel in a button. */
export function packScreen(screen: Screen): string {
  const outline: Screen = { ...screen, fields: screen.fields.map((one) => withValue(one, {})) };
  return deflateRawSync(JSON.stringify(outline)).toString('base64url');
}

/** Null when it is not a screen we packed. */
export function unpackScreen(packed: string): Screen | null {
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST });
    return screen.safeParse(JSON.parse(text.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** The screen as the person left it: every field with what was typed, and nothing where nothing was. */
export function filledIn(screen: Screen, values: Values): Screen {
  return { ...screen, fields: screen.fields.map((one) => withValue(one, values)) };
}

function withValue(field: Field, values: Values): Field {
  const typed = values[field.id];
  if (field.type === 'choices') return { ...field, value: Array.isArray(typed) ? typed : [] };
  return { ...field, value: typeof typed === 'string' && typed !== '' ? typed : null };
}
