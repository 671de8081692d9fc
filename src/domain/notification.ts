import { z } from 'zod';

/*
 * What a person or channel is told, in domain terms. The words and buttons are made at sending time from
 * what is true then; nothing here holds a name, a person's words or an address.
 */

const aboutCase = [
  /** In the lead's channel. */
  z.strictObject({ type: z.literal('new-concern-in-channel') }),
  /** To one of the safeguarding team, or to leadership on call. */
  z.strictObject({ type: z.literal('new-concern') }),
  /** To the case manager: says nothing but that there is something. */
  z.strictObject({ type: z.literal('confidential') }),
  z.strictObject({ type: z.literal('receipt'), concern: z.string() }),
  z.strictObject({ type: z.literal('seen'), concern: z.string() }),
  z.strictObject({ type: z.literal('closed'), concern: z.string() }),
  z.strictObject({ type: z.literal('nobody-answered'), concern: z.string() }),
  /** What came out since makes it the reporter's own duty to tell the police or social care. */
  z.strictObject({ type: z.literal('own-duty') }),
  /** The holder's walk card. */
  z.strictObject({ type: z.literal('walk') }),
  z.strictObject({ type: z.literal('task'), task: z.string() }),
  /** IT has finished a task, or sent it back. */
  z.strictObject({
    type: z.literal('task-over'),
    task: z.string(),
    how: z.enum(['done', 'declined']),
  }),
  z.strictObject({ type: z.literal('please-sign') }),
  z.strictObject({ type: z.literal('closing-returned') }),
  z.strictObject({ type: z.literal('still-worried') }),
  z.strictObject({ type: z.literal('words-added') }),
  z.strictObject({ type: z.literal('handed-to-you') }),
  z.strictObject({ type: z.literal('back-unclaimed') }),
  /** A reminder about a clock: which timer, how far. */
  z.strictObject({ type: z.literal('reminder'), timer: z.string(), stage: z.int() }),
  z.strictObject({ type: z.literal('picture-in-chat') }),
  /** The channel is not as closed as it must be; nothing was posted there. */
  z.strictObject({ type: z.literal('channel-held'), trouble: z.string() }),
  z.strictObject({ type: z.literal('not-delivered'), concern: z.string() }),
  /** A message about it could not be delivered to somebody who must act, by any way there is. */
  z.strictObject({ type: z.literal('unreachable'), who: z.enum(['holder', 'signer', 'it']) }),
] as const;

/** About a case. */
export const caseMessageSchema = z.discriminatedUnion('type', aboutCase);
export type Message = z.output<typeof caseMessageSchema>;

const platform = z.enum(['teams', 'slack']);
const week = z.string().regex(/^\d{4}-W\d{2}$/);

const aboutSchool = [
  /** What is open, to the leads. `week`: ISO week. */
  z.strictObject({ type: z.literal('weekly-summary'), week }),
  /** To a case manager: their confidential matters, by reference. */
  z.strictObject({ type: z.literal('private-list'), week }),
  /** To IT: was this week's monitoring report read? */
  z.strictObject({ type: z.literal('monitoring-question'), week }),
  /** To the lead: nobody has answered that. */
  z.strictObject({ type: z.literal('monitoring-unconfirmed'), week }),
  /** To the lead: the channel is not as closed as it must be, or is again (`trouble` null). */
  z.strictObject({
    type: z.literal('channel-alarm'),
    platform,
    trouble: z.string().nullable(),
    /** When it was seen: the same trouble a second time is another message. */
    at: z.string(),
  }),
  /** To the lead: somebody of the team has left, with so many cases in hand. */
  z.strictObject({ type: z.literal('colleague-left'), cases: z.int(), at: z.string() }),
  /** To the lead: the bot can no longer write on this platform. */
  z.strictObject({ type: z.literal('platform-ended'), platform, at: z.string() }),
  /** To the lead team and the case managers: what was recorded since `copiedAt` may be missing. */
  z.strictObject({ type: z.literal('restored'), copiedAt: z.string(), at: z.string() }),
  /** More is coming in than is announced one by one. */
  z.strictObject({ type: z.literal('many-waiting'), at: z.string() }),
] as const;

/** About a school and no case. */
export const schoolMessageSchema = z.discriminatedUnion('type', aboutSchool);
export type SchoolMessage = z.output<typeof schoolMessageSchema>;

/** Whatever may stand in a delivery. */
export const messageSchema = z.discriminatedUnion('type', [...aboutCase, ...aboutSchool]);
export type AnyMessage = z.output<typeof messageSchema>;

/** Whether it is about a case. */
export function isAboutCase(message: AnyMessage): message is Message {
  return caseMessageSchema.options.some(({ shape }) => shape.type.value === message.type);
}

/**
 * Messages by which somebody learns of a case that waits for them. Until one of these has arrived, nobody who
 * could act knows of it.
 */
export const alarms = [
  'new-concern-in-channel',
  'new-concern',
  'confidential',
  'picture-in-chat',
  'back-unclaimed',
] as const satisfies readonly Message['type'][];

/** Whether the message is one of those by which somebody learns of a case. */
export function isAlarm(message: AnyMessage): boolean {
  return alarms.some((type) => type === message.type);
}
