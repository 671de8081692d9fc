import { readReference } from '../domain/reference.ts';

/** What somebody typed to the bot, as far as it is a command. */
export type TypedCommand =
  | { type: 'raise' | 'mine' | 'cases' | 'help' | 'other' }
  | { type: 'reference'; reference: string };

const greetings = new Set(['', 'hi', 'hello', 'hey', 'help', '?', 'start', 'thanks', 'thank you']);

/**
 * Reads `concern`, `/concern`, `concern mine`, `concern cases`, `help`, or a reference. Anything else is no
 * command, and is not kept.
 */
export function readCommand(text: string): TypedCommand {
  const words = text.trim().toLowerCase().replace(/^\//, '').replace(/[.!]$/, '').split(/\s+/);
  const [first = '', second = ''] = words;
  const reference = readReference(text);
  if (reference !== null && words.length <= 2) return { type: 'reference', reference };
  if (greetings.has(words.join(' '))) return { type: 'help' };
  if (first !== 'concern') return { type: 'other' };
  if (words.length === 1 || second === 'new' || second === 'raise') return { type: 'raise' };
  if (second === 'mine') return { type: 'mine' };
  if (second === 'cases') return { type: 'cases' };
  if (second === 'help') return { type: 'help' };
  // `/concern something happened`: the form opens; what stood behind the word is not kept.
  return { type: 'raise' };
}
