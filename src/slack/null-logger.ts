import { type Logger, LogLevel } from '@slack/bolt';

/**
 * Given to every part of Slack's SDK: at some levels it logs whole payloads. What is worth knowing is
 * logged by us, as codes.
 */
export const nullLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  setName: () => undefined,
  getLevel: () => LogLevel.ERROR,
};
