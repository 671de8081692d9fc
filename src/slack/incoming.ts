import type { Payload } from './payload.ts';

/**
 * Whether these bytes came before. `unknown`: the cache could not be asked, so nothing may be done and
 * nothing is said to be saved.
 */
export type Standing = 'new' | 'replayed' | 'unknown';

/** What Slack is answered within three seconds: nothing, or how the window or list goes on. */
export type AckBody =
  | { response_action: 'update'; view: object }
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'clear' }
  | { options: object[] }
  | { response_type: 'ephemeral'; text: string };

export type Ack = (body?: AckBody) => Promise<void>;

/** One verified payload on its way through the adapter, from HTTP or from the socket. */
export type Incoming = { payload: Payload; ack: Ack; standing: Promise<Standing> };
