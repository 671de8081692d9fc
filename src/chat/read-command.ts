import { readReference } from '../domain/reference.ts';

/** What somebody typed to the bot, as far as it is a command. */
export type TypedCommand =
  | { type: 'mine' | 'cases' | 'help' | 'other' }
  /** `text`: what stood behind the word; it begins the form, and is kept with the draft alone. */
  | { type: 'raise'; text: string }
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
  if (second === 'mine' || second === 'cases' || second === 'help') return { type: second };
  return { type: 'raise', text: text.trim().replace(/^\/?\S+\s*/, '') };
}
