import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { SlackLog } from './log.ts';
import { parseJson } from './safe-json.ts';

type SocketClient = SocketModeReceiver['client'];
type OnMessage = (data: unknown, isBinary: boolean) => unknown;

/** A view may have 250 KB; what is larger is nothing of ours. */
const messageAtMost = 512 * 1024;

const envelopeSchema = z.looseObject({
  type: z.string().min(1).max(100),
  payload: z.looseObject({}).optional(),
});
const eventSchema = z.looseObject({
  payload: z.looseObject({ event: z.looseObject({ type: z.string().min(1).max(100) }) }),
});

/**
 * Puts our screening in front of the client's own reading, which dies of `null` and of an event without
 * a type, and which announces an event under whatever name it bears.
 */
export function screenMessages(client: SocketClient, log: SlackLog): void {
  const [read] = client.listeners('ws_message') as OnMessage[];
  if (read === undefined) throw new Error('this Socket Mode client does not announce its messages');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    if (isBinary || typeof data !== 'string' || !isEnvelope(data)) {
      log({ what: 'socket', code: 'unreadable' });
      return;
    }
    Promise.resolve(read.call(client, data, isBinary)).catch(() => {
      log({ what: 'socket', code: 'failed' });
    });
  });
}

/** Names that mean something to the client itself must not come from outside. */
const ownNames = new Set([
  'close',
  'error',
  'ws_message',
  'slack_event',
  'connected',
  'disconnected',
]);

function isEnvelope(text: string): boolean {
  if (text.length > messageAtMost) return false;
  const read = parseJson(text);
  const envelope = envelopeSchema.safeParse(read.ok ? read.value : null).data;
  if (envelope === undefined || ownNames.has(envelope.type)) return false;
  if (envelope.type !== 'events_api') return true;
  const event = eventSchema.safeParse(envelope).data?.payload.event;
  return event !== undefined && !ownNames.has(event.type);
}
