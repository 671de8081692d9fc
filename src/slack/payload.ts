import { z } from 'zod';

/*
 * What Slack sends, as far as we read it. Unknown keys are dropped (Slack adds some at any time);
 * what we read must be of the right type and length, else the payload is refused whole.
 */

const id = z.string().min(1).max(255);
const optionalTeam = z
  .object({ id: id.nullish(), domain: z.string().max(255).nullish() })
  .nullish();
const user = z.object({ id, team_id: id.nullish() });
const enterprise = z.object({ id: id.nullish() }).nullish();
const trigger = z.string().min(1).max(500);

/** A modal or App Home as Slack echoes it. Blocks are read by `view-state`. */
export const viewSchema = z.object({
  id,
  type: z.enum(['modal', 'home']),
  callback_id: z.string().max(255).default(''),
  private_metadata: z.string().max(3000).default(''),
  title: z.object({ text: z.string() }).nullish(),
  submit: z.object({ text: z.string() }).nullish(),
  close: z.object({ text: z.string() }).nullish(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().max(255).default('') })),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }).nullish(),
});
export type ViewPayload = z.output<typeof viewSchema>;

const commandSchema = z.object({
  command: z.string().regex(/^\/\S{1,31}$/u),
  text: z.string().max(20_000).default(''),
  team_id: id,
  enterprise_id: id.nullish(),
  user_id: id,
  channel_id: id,
  trigger_id: trigger,
});

const interactive = { team: optionalTeam, enterprise, user };

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
  message: z.object({ ts: id, thread_ts: id.nullish() }),
});

const actionSchema = z.object({
  type: z.literal('button'),
  action_id: z.string().min(1).max(255),
  value: z.string().max(2000).nullish(),
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
  view: viewSchema.nullish(),
  // Bolt silently takes the first of several; one press is one action.
  actions: z.array(actionSchema).length(1),
});

const submissionSchema = z.object({
  type: z.literal('view_submission'),
  ...interactive,
  trigger_id: trigger.nullish(),
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
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  context_team_id: id.nullish(),
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
