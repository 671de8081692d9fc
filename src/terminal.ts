import { readFileSync } from 'node:fs';
import { readConfig, type Config } from './config.ts';

/*
 * What the commands for the person at a terminal have in common.
 */

/** A file's text; null, with a sentence, when it cannot be read. */
export function readFileOrSay(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    console.error(`${path} cannot be read.`);
    return null;
  }
}

/**
 * The settings of production; null, with what is missing, in practice mode or when they are half set.
 * @param inPractice what to say to somebody who has no production
 */
export function productionOrSay(inPractice: string): (Config & { mode: 'production' }) | null {
  const result = readConfig(process.env);
  if (result.ok && result.config.mode === 'production') return result.config;
  const needed =
    'Set DATABASE_URL, KEY_ENCRYPTION_KEY and the credentials of Slack or Teams first.';
  console.error(result.ok ? `${inPractice} ${needed}` : result.problems.join('\n'));
  return null;
}
