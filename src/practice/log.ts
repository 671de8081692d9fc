/** As much of a logger as is needed here; pino fits. Given ids and states only, never what somebody wrote. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
};
