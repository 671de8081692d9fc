import type { ServerResponse } from 'node:http';

/*
 * What can go wrong at Slack's end, one call at a time and in the order given.
 */

export type Fault =
  /** ok: false with this code. */
  | { type: 'refuses'; error: string }
  | { type: 'rate-limits'; retryAfter: string | null }
  | { type: 'status'; status: number }
  | { type: 'html' }
  | { type: 'truncates' }
  /** The call takes effect and is answered without what it made. */
  | { type: 'forgets-ts' }
  | { type: 'redirects'; to: string }
  | { type: 'resets' }
  /** The call takes effect, then the connection breaks. */
  | { type: 'accepts-then-resets' }
  | { type: 'answers-after'; ms: number }
  | { type: 'never-answers' };

export type Faults = {
  /** The next calls of this method meet these, one each. */
  next(method: string, ...faults: Fault[]): void;
  /** From now on, or no longer. */
  always(method: string, fault: Fault | null): void;
  take(method: string): Fault | null;
};

export function createFaults(): Faults {
  const scripted = new Map<string, Fault[]>();
  const standing = new Map<string, Fault>();
  return {
    next: (method, ...faults) => {
      scripted.set(method, [...(scripted.get(method) ?? []), ...faults]);
    },
    always: (method, fault) => {
      if (fault === null) standing.delete(method);
      else standing.set(method, fault);
    },
    take: (method) => scripted.get(method)?.shift() ?? standing.get(method) ?? null,
  };
}

/** Whether the call still does what it should before the fault shows. */
export function takesEffect(fault: Fault | null): boolean {
  const effective = ['answers-after', 'accepts-then-resets', 'forgets-ts', 'truncates'];
  return fault === null || effective.includes(fault.type);
}

/** Answers a call, faultily if it must. */
export async function answerWith(
  response: ServerResponse,
  fault: Fault | null,
  answer: object,
): Promise<void> {
  const json = JSON.stringify(answer);
  switch (fault?.type) {
    case undefined:
      send(response, 200, json);
      return;
    case 'refuses':
      send(response, 200, JSON.stringify({ ok: false, error: fault.error }));
      return;
    case 'rate-limits':
      if (fault.retryAfter !== null) response.setHeader('retry-after', fault.retryAfter);
      send(response, 429, JSON.stringify({ ok: false, error: 'ratelimited' }));
      return;
    case 'status':
      send(response, fault.status, 'upstream connect error');
      return;
    case 'html':
      send(response, 200, '<!doctype html><title>Slack</title>', 'text/html');
      return;
    case 'truncates':
      send(response, 200, json.slice(0, json.length / 2));
      return;
    case 'forgets-ts':
      send(response, 200, '{"ok":true}');
      return;
    case 'redirects':
      response.setHeader('location', fault.to);
      send(response, 302, '');
      return;
    case 'resets':
    case 'accepts-then-resets':
      response.socket?.destroy();
      return;
    case 'answers-after':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      send(response, 200, json);
      return;
    case 'never-answers':
      return;
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'application/json',
): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
