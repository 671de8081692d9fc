/**
 * All that this adapter ever says of itself: the name of what happened with ids, enumerations and
 * numbers. There is no place for a payload, a token, a name or a text.
 */
export type Log = (event: LogEvent, fields: Record<string, string | number>) => void;

export type LogEvent =
  | 'teams-refused'
  | 'teams-unregistered-tenant'
  | 'teams-unreadable'
  | 'teams-unknown-invoke'
  | 'teams-answered'
  | 'teams-slow'
  | 'teams-fault'
  | 'teams-not-shown';
