import type { Request, Response } from 'express';
import type { WireEvent } from './wire.ts';

type Watcher = { people: Set<string>; res: Response };

/** The pages that are open, each watching one or two people. */
export type EventStream = {
  /** Answers with server-sent events; the page reconnects by itself and then starts from snapshots. */
  open: (req: Request, res: Response, people: string[], first: WireEvent[]) => void;
  /** Tells every page on which one of these people sits. */
  tell: (people: string[], event: (person: string) => WireEvent) => void;
  tellAll: (event: WireEvent) => void;
  close: () => void;
};

/** Proxies and browsers close a stream that is silent for long. */
const heartbeatMs = 20_000;

/** Live updates for the pages. */
export function createEventStream(): EventStream {
  const watchers = new Set<Watcher>();
  const heartbeat = setInterval(() => {
    for (const { res } of watchers) res.write(': still here\n\n');
  }, heartbeatMs).unref();

  return {
    open(req, res, people, first) {
      res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      const watcher = { people: new Set(people), res };
      watchers.add(watcher);
      req.on('close', () => watchers.delete(watcher));
      for (const event of first) write(watcher, event);
    },
    tell(people, event) {
      for (const watcher of watchers) {
        for (const person of people) if (watcher.people.has(person)) write(watcher, event(person));
      }
    },
    tellAll(event) {
      for (const watcher of watchers) write(watcher, event);
    },
    close() {
      clearInterval(heartbeat);
      for (const { res } of watchers) res.end();
      watchers.clear();
    },
  };
}

function write({ res }: Watcher, event: WireEvent): void {
  res.write(`data: ${JSON.stringify(event)}\n\n`);
}
