import { z } from 'zod';
import { troubleIn, type BotAnswer } from '../post-to-bot.ts';
import type { Json } from '../wire.ts';
import { viewProblems } from './blocks.ts';
import { blocksIn } from './form-state.ts';
import type { Parts } from './parts.ts';
import { interactivePayload } from './payloads.ts';
import { windowOf } from './press.ts';
import type { SlackPerson } from './roster.ts';
import type { SlackRequests, SubmitReply } from './wire.ts';
import { echoOf, type Window } from './windows.ts';

const trouble: SubmitReply = {
  type: 'failed',
  text: 'We had some trouble connecting. Please try again.',
};

const view = z.record(z.string(), z.unknown());
const action = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('clear') }),
  z.strictObject({ response_action: z.literal('update'), view }),
  z.strictObject({ response_action: z.literal('push'), view }),
  z.strictObject({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string().min(1)),
  }),
]);
type Action = z.output<typeof action>;

/** A window is sent, and what the bot says at once is done with it. */
export async function submit(
  parts: Parts,
  person: SlackPerson,
  { view: id, values }: SlackRequests['submit'],
): Promise<SubmitReply> {
  const window = windowOf(parts, person, id);
  if (window?.view['submit'] === undefined) return trouble;
  const payload = {
    ...interactivePayload(parts.post, 'view_submission', person),
    trigger_id: parts.post.trigger(person),
    view: echoOf(window, parts.roster.team, values),
    response_urls: [],
  };
  return obey(parts, window, await parts.line('interactive', payload));
}

/** Takes a window away. The bot hears of it when it asked to. */
export function close(
  parts: Parts,
  person: SlackPerson,
  { view: id, all }: SlackRequests['close'],
): Json {
  const window = windowOf(parts, person, id);
  if (window === undefined) return {};
  parts.windows.close(window, all);
  if (window.view['notify_on_close'] !== true) return {};
  const payload = {
    ...interactivePayload(parts.post, 'view_closed', person),
    view: echoOf(window, parts.roster.team),
    is_cleared: all,
  };
  void parts.line('interactive', payload);
  return {};
}

/** An empty answer closes the window; one that Slack does not understand leaves it as it is. */
function obey(parts: Parts, window: Window, answer: BotAnswer): SubmitReply {
  if (troubleIn(answer) !== null || answer.type !== 'answered') return trouble;
  if (answer.body === undefined) return closed(parts, window, false);
  const read = action.safeParse(answer.body);
  if (!read.success) {
    parts.onMistake('view_submission:not_understood', ['[ERROR] no response_action of Slack’s']);
    return trouble;
  }
  return act(parts, window, read.data);
}

function act(parts: Parts, window: Window, asked: Action): SubmitReply {
  switch (asked.response_action) {
    case 'clear':
      return closed(parts, window, true);
    case 'errors':
      return shownBeside(parts, window, asked.errors);
    case 'update':
    case 'push': {
      const problems = viewProblems(asked.view);
      if (problems.length > 0) {
        parts.onMistake(`view_submission:${asked.response_action}`, problems);
        return trouble;
      }
      if (asked.response_action === 'update') parts.windows.draw(window, asked.view);
      else if (parts.windows.open(window.person, asked.view) === null) return trouble;
      return { type: 'done' };
    }
  }
}

function closed({ windows }: Parts, window: Window, all: boolean): SubmitReply {
  windows.close(window, all);
  return { type: 'done' };
}

/** Slack shows an error beside an input, and nowhere else. */
function shownBeside(
  parts: Parts,
  { view: drawn }: Window,
  errors: Record<string, string>,
): SubmitReply {
  const inputs = blocksIn(drawn).filter(({ type }) => type === 'input');
  const known = inputs.map(({ block_id }) => String(block_id));
  const stray = Object.keys(errors).filter((block) => !known.includes(block));
  if (stray.length > 0 || Object.keys(errors).length === 0) {
    parts.onMistake(
      'view_submission:errors',
      stray.map((block) => `[ERROR] no input: ${block}`),
    );
    return trouble;
  }
  return { type: 'errors', errors };
}
