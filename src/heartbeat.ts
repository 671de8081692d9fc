import { codeOf, type Log } from './log.ts';

const patienceMs = 5_000;

/**
 * Tells a watch outside (HEARTBEAT_URL) that the auditor has found all well. It rings somebody when it hears
 * nothing: what has stopped altogether cannot say so itself.
 */
export function createHeartbeat(url: string | null, log: Log): () => Promise<void> {
  return async () => {
    if (url === null) return;
    try {
      const signal = AbortSignal.timeout(patienceMs);
      const answer = await fetch(url, { redirect: 'error', signal });
      await answer.body?.cancel();
      if (!answer.ok) log.warn('heartbeat', { status: answer.status });
    } catch (error) {
      log.warn('heartbeat', { code: codeOf(error) });
    }
  };
}
