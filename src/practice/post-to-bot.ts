/** What the bot's HTTP answer was. `body` is undefined when it was empty or no JSON. */
export type BotAnswer =
  | { type: 'answered'; status: number; body: unknown }
  | { type: 'no-answer'; why: 'too slow' | 'not reachable' };

export type ToBot = { headers: Record<string, string>; body: string; patienceMs: number };

/** Sends a request as a platform's servers do, and waits as long as they would. Never throws. */
export async function postToBot(
  url: string,
  { headers, body, patienceMs }: ToBot,
): Promise<BotAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    return { type: 'answered', status: response.status, body: parsed(await response.text()) };
  } catch (fault) {
    const slow = fault instanceof DOMException && fault.name === 'TimeoutError';
    return { type: 'no-answer', why: slow ? 'too slow' : 'not reachable' };
  }
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
