import { z } from 'zod';

/*
 * What Slack sends, as far as we read it. Unknown keys are dropped (Slack adds some at any time);
 * what we read must be of the right type and length, else the payload is refused whole.
 */

const id = z.string().min(1).max(255);
const maybeId = orNull(id);
const team = orNull(z.object({ id: maybeId, domain: orNull(z.string().max(255)) }));
const user = z.object({ id, team_id: maybeId });
const trigger = z.string().min(1).max(500);

/** Missing and null are one to us. */
export function orNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}

/** A modal or App Home as Slack echoes it. Blocks are read by `view-state`. */
export const viewSchema = z.object({
  id,
  type: z.enum(['modal', 'home']),
  callback_id: z.string().max(255).default(''),
  private_metadata: z.string().max(3000).default(''),
  title: orNull(z.object({ text: z.string() })),
  submit: orNull(z.object({ text: z.string() })),
  close: orNull(z.object({ text: z.string() })),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().max(255).default('') })),
  state: orNull(z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) })),
});
export type ViewPayload = z.output<typeof viewSchema>;

const commandSchema = z.object({
  command: z.string().regex(/^\/\S{1,31}$/u),
  text: z.string().max(20_000).default(''),
  team_id: id,
  user_id: id,
  channel_id: id,
  trigger_id: trigger,
});

const interactive = { team, user };

const shortcutSchema = z.object({
  type: z.literal('shortcut'),
  ...interactive,
  callback_id: id,
  trigger_id: trigger,
});

const messageShortcutSchema = z.object({
  type: z.literal('message_action'),
  ...interactive,
  callback_id: id,
  trigger_id: trigger,
  channel: z.object({ id }),
  message: z.object({ ts: id, thread_ts: maybeId }),
});

const actionSchema = z.object({
  type: z.literal('button'),
  action_id: z.string().min(1).max(255),
  value: orNull(z.string().max(2000)),
});

const containerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), channel_id: id, message_ts: id }),
  z.object({ type: z.literal('view'), view_id: id }),
]);

const actionsSchema = z.object({
  type: z.literal('block_actions'),
  ...interactive,
  trigger_id: trigger,
  container: containerSchema,
  view: orNull(viewSchema),
  // Bolt silently takes the first of several; one press is one action.
  actions: z.array(actionSchema).length(1),
});

const submissionSchema = z.object({
  type: z.literal('view_submission'),
  ...interactive,
  trigger_id: orNull(trigger),
  view: viewSchema,
});

const suggestionSchema = z.object({
  type: z.literal('block_suggestion'),
  ...interactive,
  block_id: z.string().min(1).max(255),
  value: z.string().max(3000).default(''),
  view: viewSchema,
});

const closedSchema = z.object({ type: z.literal('view_closed'), ...interactive });

/** Any of the things a person can press, submit or search. */
export const interactiveSchema = z.discriminatedUnion('type', [
  shortcutSchema,
  messageShortcutSchema,
  actionsSchema,
  submissionSchema,
  suggestionSchema,
  closedSchema,
]);

const eventSchema = z.object({
  type: z.literal('event_callback'),
  team_id: maybeId,
  context_team_id: maybeId,
  event_id: id,
  event: z.looseObject({ type: z.string().min(1).max(100) }),
});

export type CommandPayload = z.output<typeof commandSchema> & { type: 'command' };
export type EventPayload = z.output<typeof eventSchema>;
export type InteractivePayload = z.output<typeof interactiveSchema>;
export type Payload = CommandPayload | EventPayload | InteractivePayload;

/** What came in, or null when it is nothing that Slack sends us. */
export function readPayload(body: unknown): Payload | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  if ('command' in body) return command(body);
  if ('event' in body) return eventSchema.safeParse(body).data ?? null;
  return interactiveSchema.safeParse(body).data ?? null;
}

function command(body: object): CommandPayload | null {
  const read = commandSchema.safeParse(body);
  return read.success ? { ...read.data, type: 'command' } : null;
}
