import type {
  SlackEvent,
  SlackMessage,
  SlackWindow,
} from '../../../src/practice/slack-side/wire.ts';
import type { WireEvent } from '../../../src/practice/wire.ts';

export type WatchingSlack = {
  events: WireEvent[];
  messages(person: string): SlackMessage[];
  windows(person: string): SlackWindow[];
  home(person: string): SlackWindow | null;
  unread(person: string, chat: string): number;
  until<T>(what: () => T | undefined | false | null): Promise<T>;
  stop(): void;
};

/** Sits these people down in Slack and those in Teams, and follows what they see. */
export async function sitInSlack(
  url: string,
  slack: string[],
  teams: string[] = [],
): Promise<WatchingSlack> {
  const stopping = new AbortController();
  const query = new URLSearchParams({ slack: slack.join(','), people: teams.join(',') });
  const response = await fetch(`${url}/practice/api/events?${query.toString()}`, {
    signal: stopping.signal,
  });
  const events: WireEvent[] = [];
  void collect(response, events).catch(() => undefined);
  const of = (person: string) =>
    events.filter((event): event is SlackEvent & { person: string } => {
      return 'person' in event && event.person === person && event.type.startsWith('slack-');
    });
  const watching: WatchingSlack = {
    events,
    messages: (person) => messagesIn(of(person)),
    windows: (person) => of(person).findLast((e) => 'windows' in e)?.windows ?? [],
    home: (person) => of(person).findLast((e) => 'home' in e)?.home ?? null,
    unread: (person, chat) => unreadIn(of(person), chat),
    until,
    stop: () => {
      stopping.abort();
    },
  };
  await until(() => slack.every((person) => of(person).length > 0));
  return watching;
}

function messagesIn(events: SlackEvent[]): SlackMessage[] {
  const newest = new Map<string, SlackMessage>();
  for (const event of events) {
    const messages = event.type === 'slack-desk' ? event.messages : [];
    const one = event.type === 'slack-message' ? [event.message] : [];
    for (const message of [...messages, ...one]) newest.set(message.id, message);
  }
  return [...newest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function unreadIn(events: SlackEvent[], chat: string): number {
  const counts = events.flatMap((event) => {
    if (event.type === 'slack-desk')
      return event.chats.filter(({ id }) => id === chat).map((c) => c.unread);
    if (event.type === 'slack-message' && event.message.chat === chat) return [event.unread];
    return event.type === 'slack-read' && event.chat === chat ? [0] : [];
  });
  return counts.at(-1) ?? 0;
}

async function collect(response: Response, events: WireEvent[]): Promise<void> {
  let rest = '';
  for await (const bytes of response.body ?? []) {
    const parts = (rest + Buffer.from(bytes).toString()).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts)
      if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as WireEvent);
  }
}

async function until<T>(what: () => T | undefined | false | null): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const found = what();
    if (found !== undefined && found !== false && found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come to that');
}
