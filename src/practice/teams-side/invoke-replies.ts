import { z } from 'zod';
import type { DialogReply, Json, SearchReply } from '../wire.ts';
import type { BotAnswer } from '../post-to-bot.ts';

/** What came of Action.Execute: a card for the one who pressed, a sentence, or an error. */
export type CardReply =
  | { type: 'card'; card: Json }
  | { type: 'notice'; text: string }
  | { type: 'nothing' }
  | { type: 'failed'; text: string };

const json = z.record(z.string(), z.unknown());
const cardActionReply = z.union([
  z.object({ type: z.literal('application/vnd.microsoft.card.adaptive'), value: json }),
  z.object({ type: z.literal('application/vnd.microsoft.activity.message'), value: z.string() }),
  z.object({
    type: z.literal('application/vnd.microsoft.error'),
    value: z.object({ message: z.string() }),
  }),
]);
const taskReply = z.object({
  task: z.union([
    z.object({ type: z.literal('message'), value: z.string() }),
    z.object({
      type: z.literal('continue'),
      value: z.object({
        title: z.string().default(''),
        card: z.object({ content: json }),
      }),
    }),
  ]),
});
const searchReply = z.object({
  value: z.object({ results: z.array(z.object({ title: z.string(), value: z.string() })) }),
});

/** Teams says no more than this when an answer is late, broken or not understood. */
const somethingWrong = 'Something went wrong. Please try again.';

/** Reads the answer to an `adaptiveCard/action` invoke. */
export function readCardReply(answer: BotAnswer): CardReply {
  if (!wentWell(answer)) return { type: 'failed', text: somethingWrong };
  if (answer.body === undefined) return { type: 'nothing' };
  const reply = cardActionReply.safeParse(answer.body);
  if (!reply.success) return { type: 'failed', text: somethingWrong };
  switch (reply.data.type) {
    case 'application/vnd.microsoft.card.adaptive':
      return { type: 'card', card: reply.data.value };
    case 'application/vnd.microsoft.activity.message':
      return { type: 'notice', text: reply.data.value };
    case 'application/vnd.microsoft.error':
      return { type: 'failed', text: reply.data.value.message };
  }
}

/** Reads the answer to a `task/…` or `composeExtension/…` invoke; an empty one closes the dialog. */
export function readDialogReply(answer: BotAnswer): DialogReply {
  if (!wentWell(answer)) return { type: 'failed', text: somethingWrong };
  if (closes(answer.body)) return { type: 'closed' };
  const reply = taskReply.safeParse(answer.body);
  if (!reply.success) return { type: 'failed', text: somethingWrong };
  const { task } = reply.data;
  if (task.type === 'message') return { type: 'message', text: task.value };
  const { title, card } = task.value;
  return { type: 'card', title, card: card.content };
}

/** Reads the answer to an `application/search` invoke; Teams shows at most 15. */
export function readSearchReply(answer: BotAnswer): SearchReply {
  const reply = wentWell(answer) ? searchReply.safeParse(answer.body) : null;
  return { results: reply?.success ? reply.data.value.results.slice(0, 15) : [] };
}

function wentWell(answer: BotAnswer): answer is BotAnswer & { type: 'answered' } {
  return answer.type === 'answered' && answer.status < 300;
}

function closes(body: unknown): boolean {
  return (
    body === undefined ||
    body === null ||
    (typeof body === 'object' && Object.keys(body).length === 0)
  );
}
