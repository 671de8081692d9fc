import { z } from 'zod';

/*
 * The values of Teams' invokes, reduced to what we read. Each reader gives null for anything else.
 */

const data = z.record(z.string(), z.unknown());
const withData = z.object({ data });

const execute = z.object({
  action: z.object({ type: z.literal('Action.Execute'), verb: z.string().max(50), data }),
});

const query = z.object({
  queryText: z.string().max(200),
  dataset: z.string().min(1).max(2000),
});

const raise = z.object({
  commandId: z.string().max(100),
  messagePayload: z.object({ linkToMessage: z.string().max(2000).nullish() }).nullish(),
});

/** The data of the button that opens a dialog or stands in one, with the inputs. */
export function dialogData(value: unknown): unknown {
  return withData.safeParse(value).data?.data;
}

/** Verb, data and inputs of an `Action.Execute`. */
export function execution(value: unknown) {
  return execute.safeParse(value).data?.action ?? null;
}

/** What is being looked for, and in which list. */
export function search(value: unknown) {
  return query.safeParse(value).data ?? null;
}

/** Which command, and the link of the message it was chosen on. Nothing else of the message is read. */
export function raising(value: unknown) {
  const read = raise.safeParse(value).data;
  if (!read) return null;
  return { commandId: read.commandId, messageLink: teamsLink(read.messagePayload?.linkToMessage) };
}

const TEAMS_LINK = /^https:\/\/teams\.(?:microsoft\.com|cloud\.microsoft)\/l\/message\/\S+$/;

function teamsLink(link: string | null | undefined): string | null {
  return link && TEAMS_LINK.test(link) ? link : null;
}
