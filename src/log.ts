import { pino } from 'pino';

/** The values that a log line may hold: ids, enumerations, counts, durations. */
export type LogFields = Record<string, string | number | boolean>;

export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/**
 * The fields that are ever written. Anything else is dropped, so that a careless line cannot carry a name,
 * a text, a token or an address.
 */
const allowed = new Set([
  ...['code', 'count', 'id', 'job', 'mode', 'ms', 'name', 'outcome', 'platform', 'port', 'reason'],
  ...['school', 'state', 'status', 'type', 'version', 'what', 'error', 'kind', 'migration'],
]);
/** Ids, codes and words of our own: no spaces, no line breaks, nothing long. */
const harmless = /^[\w:./@-]{0,80}$/;

/** Logs as JSON lines on standard output. */
export function createLog(level: string, write?: (line: string) => void): Log {
  const sink = write === undefined ? undefined : { write };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = sink === undefined ? pino(options) : pino(options, sink);
  return {
    info: (event, fields = {}) => {
      logger.info(safe(fields), event);
    },
    warn: (event, fields = {}) => {
      logger.warn(safe(fields), event);
    },
    error: (event, fields = {}) => {
      logger.error(safe(fields), event);
    },
  };
}

function safe(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => allowed.has(field))
      .map(([field, value]) => [
        field,
        typeof value === 'string' && !harmless.test(value) ? '[kept out]' : value,
      ]),
  );
}

/** What of a fault may be logged: its kind and code, never its message. */
export function codeOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown';
  const code = (fault as { code?: unknown }).code;
  return typeof code === 'string' ? `${fault.name}:${code}` : fault.name;
}
