import type { Activity } from './activity.ts';

/** What the bot's HTTP answer was. `body` is undefined when it was empty or no JSON. */
export type BotAnswer =
  | { type: 'answered'; status: number; body: unknown }
  | { type: 'no-answer'; why: 'too slow' | 'not reachable' };

/** Sends an activity to the bot and waits for its HTTP answer. Never throws. */
export type Bot = (activity: Activity) => Promise<BotAnswer>;

/** Teams gives up on an invoke after about this long. */
const patienceMs = 15_000;

/** Talks to the bot as Teams' servers would, but unsigned: the bot takes that from loopback only. */
export function createBot(url: string, timeoutMs = patienceMs): Bot {
  return async (activity) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { type: 'answered', status: response.status, body: parsed(await response.text()) };
    } catch (fault) {
      const slow = fault instanceof DOMException && fault.name === 'TimeoutError';
      return { type: 'no-answer', why: slow ? 'too slow' : 'not reachable' };
    }
  };
}

/** Why a message did not reach the bot, in words; null when it did. */
export function troubleIn(answer: BotAnswer): string | null {
  if (answer.type === 'no-answer')
    return `The bot is ${answer.why === 'too slow' ? 'too slow' : 'not reachable'}.`;
  return answer.status < 300 ? null : `The bot answered with an error (${String(answer.status)}).`;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
