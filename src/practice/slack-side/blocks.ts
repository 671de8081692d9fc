import { z } from 'zod';

/*
 * Slack's rules for the blocks that this workspace can draw, from the Block Kit reference (checked
 * November 2026). Stricter than Slack in one thing: a key or block that is not here is refused, so that
 * whoever adds one to the bot sees at once that it cannot be looked at yet.
 */

export type SlackSurface = 'message' | 'modal' | 'home';

const id = z.string().min(1).max(255);
const flag = z.boolean();
const text = (most: number) => z.string().min(1).max(most);
const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(most), emoji: flag.optional() });
const anyText = (most: number) =>
  z.discriminatedUnion('type', [
    plain(most),
    z.strictObject({ type: z.literal('mrkdwn'), text: text(most), verbatim: flag.optional() }),
  ]);

const option = z.strictObject({
  text: plain(75),
  value: text(150),
  description: plain(75).optional(),
});
const options = (most: number) => z.array(option).min(1).max(most);

const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plain(75),
  value: text(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: text(75).optional(),
});

const common = {
  action_id: id,
  placeholder: plain(150).optional(),
  focus_on_load: flag.optional(),
};
const { placeholder: _, ...shown } = common;
const oneChosen = { initial_option: option.optional() };
const someChosen = { initial_options: options(100).optional() };
const most = { max_selected_items: z.int().min(1).optional() };
const queried = { min_query_length: z.int().min(0).optional() };

const select = [
  z.strictObject({
    type: z.literal('static_select'),
    ...common,
    options: options(100),
    ...oneChosen,
  }),
  z.strictObject({ type: z.literal('external_select'), ...common, ...queried, ...oneChosen }),
  z.strictObject({
    type: z.literal('multi_static_select'),
    ...common,
    options: options(100),
    ...someChosen,
    ...most,
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...common,
    ...queried,
    ...someChosen,
    ...most,
  }),
] as const;

const picked = [
  z.strictObject({
    type: z.literal('radio_buttons'),
    ...shown,
    options: options(10),
    ...oneChosen,
  }),
  z.strictObject({ type: z.literal('checkboxes'), ...shown, options: options(10), ...someChosen }),
  z.strictObject({
    type: z.literal('datepicker'),
    ...common,
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...common,
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
  }),
] as const;

const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...common,
  multiline: flag.optional(),
  initial_value: text(3000).optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
});

const inputElement = z.discriminatedUnion('type', [textInput, ...select, ...picked]);
const actionElement = z.discriminatedUnion('type', [button, ...select, ...picked]);

const style = z.strictObject({
  bold: flag.optional(),
  italic: flag.optional(),
  strike: flag.optional(),
  code: flag.optional(),
});
const run = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: text(4000), style: style.optional() }),
  z.strictObject({ type: z.literal('emoji'), name: text(100) }),
]);
const runs = z.array(run).min(1);
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: runs });
const richPart = z.discriminatedUnion('type', [
  richSection,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: runs }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    indent: z.int().min(0).max(8).optional(),
    elements: z.array(richSection).min(1),
  }),
]);
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id.optional(),
  elements: z.array(richPart).min(1),
});

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: id.optional(),
  task_id: id,
  title: text(3000),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
});

const blockId = { block_id: id.optional() };
const anywhere = [
  richText,
  z.strictObject({ type: z.literal('header'), ...blockId, text: plain(150) }),
  z.strictObject({
    type: z.literal('section'),
    ...blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: actionElement.optional(),
  }),
  z.strictObject({
    type: z.literal('context'),
    ...blockId,
    elements: z.array(anyText(2000)).min(1).max(10),
  }),
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({
    type: z.literal('actions'),
    ...blockId,
    elements: z.array(actionElement).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal('input'),
    ...blockId,
    label: plain(2000),
    element: inputElement,
    hint: plain(2000).optional(),
    optional: flag.optional(),
    dispatch_action: flag.optional(),
  }),
] as const;
const inMessages = [
  taskCard,
  z.strictObject({
    type: z.literal('plan'),
    ...blockId,
    title: text(3000),
    tasks: z.array(taskCard).min(1).max(100),
  }),
] as const;

const messageBlocks = z.array(z.discriminatedUnion('type', [...anywhere, ...inMessages])).max(50);
const viewBlocks = z.array(z.discriminatedUnion('type', [...anywhere])).max(100);

const viewCommon = {
  blocks: viewBlocks,
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};
const view = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: flag.optional(),
    notify_on_close: flag.optional(),
    ...viewCommon,
  }),
  z.strictObject({ type: z.literal('home'), ...viewCommon }),
]);

type CheckedBlock = z.output<typeof viewBlocks>[number] | z.output<typeof messageBlocks>[number];
type CheckedElement = z.output<typeof inputElement> | z.output<typeof actionElement>;

/** What Slack would say against a message's blocks, in its manner; empty when it would take them. */
export function blockProblems(blocks: unknown): string[] {
  const read = messageBlocks.safeParse(blocks);
  return read.success ? repeated(read.data) : read.error.issues.map(inWords);
}

/** What Slack would say against a modal or an App Home. */
export function viewProblems(given: unknown): string[] {
  const read = view.safeParse(given);
  if (!read.success) return read.error.issues.map(inWords);
  const { data } = read;
  const lacksSubmit =
    data.type === 'modal' &&
    data.submit === undefined &&
    data.blocks.some(({ type }) => type === 'input');
  const tooLarge = Buffer.byteLength(JSON.stringify(given)) > 250_000;
  return [
    ...repeated(data.blocks),
    ...(lacksSubmit ? ['[ERROR] missing required field: submit [json-pointer:/view]'] : []),
    ...(tooLarge ? ['[ERROR] view_too_large'] : []),
  ];
}

function inWords({ message, path }: { message: string; path: PropertyKey[] }): string {
  return `[ERROR] ${message} [json-pointer:/${path.map(String).join('/')}]`;
}

/** Names that must be unique, and initial options that are not among the options. */
function repeated(blocks: CheckedBlock[]): string[] {
  const ids = blocks.flatMap(({ block_id }) => block_id ?? []);
  return [
    ...(isRepeated(ids) ? ['[ERROR] block_id must be unique'] : []),
    ...blocks.flatMap(elementProblems),
  ];
}

function elementProblems(block: CheckedBlock): string[] {
  const elements = elementsIn(block);
  const names = elements.map(({ action_id }) => action_id);
  return [
    ...(isRepeated(names) ? ['[ERROR] action_id must be unique within its block'] : []),
    ...elements.flatMap(initialProblems),
  ];
}

function elementsIn(block: CheckedBlock): CheckedElement[] {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements;
  return block.type === 'section' && block.accessory !== undefined ? [block.accessory] : [];
}

function initialProblems(element: CheckedElement): string[] {
  const tooLong =
    element.type === 'plain_text_input' &&
    (element.initial_value ?? '').length > (element.max_length ?? 3000);
  if (tooLong) return ['[ERROR] initial_value is longer than max_length'];
  if (!('options' in element)) return [];
  const offered = element.options.map((one) => JSON.stringify(one));
  const one = 'initial_option' in element ? [element.initial_option] : [];
  const some = 'initial_options' in element ? (element.initial_options ?? []) : [];
  const chosen = [...one, ...some].filter((option) => option !== undefined);
  return chosen.every((option) => offered.includes(JSON.stringify(option)))
    ? []
    : ['[ERROR] an initial option must be exactly one of the options'];
}

function isRepeated(names: string[]): boolean {
  return new Set(names).size !== names.length;
}
