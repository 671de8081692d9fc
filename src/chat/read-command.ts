import { readReference } from '../domain/reference.ts';

/** What somebody typed to the bot, as far as it is a command. */
export type TypedCommand =
  | { type: 'mine' | 'cases' | 'help' | 'other' }
  /** `text`: what stood behind the word; it begins the form, and is kept with the draft alone. */
  | { type: 'raise'; text: string }
  | { type: 'reference'; reference: string }
  | DutyCommand;

/** What only people of some office have a use for. `day`: as typed. */
export type DutyCommand = { type: 'numbers' | 'back' } | { type: 'away'; day: string };

const greetings = new Set(['', 'hi', 'hello', 'hey', 'help', '?', 'start', 'thanks', 'thank you']);

/**
 * Reads `concern`, `/concern`, `concern mine`, `concern cases`, `concern numbers`, `concern away until Friday`,
 * `concern back`, `help`, or a reference. Anything else is no command, and is not kept.
 */
export function readCommand(text: string): TypedCommand {
  const words = text.trim().toLowerCase().replace(/^\//, '').replace(/[.!]$/, '').split(/\s+/);
  const [first = '', second = '', ...rest] = words;
  const reference = readReference(text);
  if (reference !== null && words.length <= 2) return { type: 'reference', reference };
  if (greetings.has(words.join(' '))) return { type: 'help' };
  if (first !== 'concern') return { type: 'other' };
  if (second === 'mine' || second === 'cases' || second === 'help') return { type: second };
  return duty(second, rest) ?? { type: 'raise', text: text.trim().replace(/^\/?\S+\s*/, '') };
}

/** Only exactly these words: "concern back door left open" is a concern. */
function duty(second: string, rest: readonly string[]): DutyCommand | null {
  if (second === 'away' && (rest.length === 0 || rest[0] === 'until'))
    return { type: 'away', day: rest.slice(1).join(' ') };
  return (second === 'numbers' || second === 'back') && rest.length === 0 ? { type: second } : null;
}
