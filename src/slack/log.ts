/**
 * What may be logged of Slack: what was done and a code, never a payload, a token, a name or a text.
 */
export type SlackLog = (entry: SlackLogEntry) => void;

export type SlackLogEntry = {
  what:
    | 'api-call'
    | 'conversation'
    | 'drawing'
    | 'identity'
    | 'payload'
    | 'replay-check'
    | 'request'
    | 'socket';
  /** One of our own words, or Slack's error code when it looks like one. */
  code: string;
};

/** A code that is safe to log: Slack's error codes are short words, everything else is not one. */
export function safeCode(code: unknown): string {
  return typeof code === 'string' && /^[a-z][a-z_]{0,60}$/.test(code) ? code : 'unknown';
}
