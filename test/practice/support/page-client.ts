import type { Requests, WireEvent, WireMessage } from '../../../src/practice/wire.ts';

export type Watching = {
  events: WireEvent[];
  /** The newest state of every message that this person sees. */
  messages(person: string): WireMessage[];
  /** Waits until the condition holds and gives what it gave; fails after two seconds. */
  until<T>(what: () => T | undefined | false): Promise<T>;
  stop(): void;
};

/** Does what the page does, without a browser. */
export async function ask<K extends keyof Requests>(
  url: string,
  name: K,
  body: Requests[K],
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/practice/api/teams/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** Follows these people's event stream. */
export async function watch(url: string, ...people: string[]): Promise<Watching> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const response = await fetch(`${url}/practice/api/events?people=${people.join(',')}`, { signal });
  const events: WireEvent[] = [];
  void collect(response, events).catch(() => undefined);
  return {
    events,
    messages: (person) => messagesIn(events, person),
    until: (what) => until(what),
    stop: () => {
      stopping.abort();
    },
  };
}

async function collect(response: Response, events: WireEvent[]): Promise<void> {
  let rest = '';
  for await (const bytes of response.body ?? []) {
    const parts = (rest + Buffer.from(bytes).toString()).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as WireEvent);
    }
  }
}

function messagesIn(events: WireEvent[], person: string): WireMessage[] {
  const newest = new Map<string, WireMessage>();
  for (const event of events) {
    if (event.type === 'snapshot' && event.person === person) {
      for (const message of event.messages) newest.set(message.id, message);
    }
    if (event.type === 'message' && event.person === person)
      newest.set(event.message.id, event.message);
  }
  return [...newest.values()];
}

async function until<T>(what: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = what();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come to that');
}
