import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import type { Log } from './log.ts';

/** A file that was dropped into a chat and then fetched by somebody. */
export type FetchedFile = { file: string; at: string };

export type Files = {
  /** Mounted at /practice/files. */
  router: Router;
  /** An address for a dropped file, relative to the mount. There is nothing behind it. */
  address: () => string;
  fetched: () => FetchedFile[];
};

/**
 * Where files dropped into chats would lie. The page keeps the files themselves; here is only an
 * address that remembers being asked for, because the bot must never look at what somebody sent.
 */
export function createFiles(now: () => Date, log: Log, alarm: (file: string) => void): Files {
  const fetched: FetchedFile[] = [];
  const router = Router();
  router.all('/:file', (req, res) => {
    const { file } = req.params;
    fetched.push({ file, at: now().toISOString() });
    log.warn({ file }, 'a file dropped into a practice chat was fetched');
    alarm(file);
    res.status(410).end();
  });
  return { router, address: () => randomUUID(), fetched: () => [...fetched] };
}
