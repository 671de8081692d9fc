/*
 * What can be asked of the bot from Teams' own menus. The manifest names the same (a test compares).
 */

/** The message extension's one command: it opens the form at once. */
export const raiseCommand = 'raise-concern';

/** Offered in the menu of the direct chat; Teams then sends the title as a message. */
export const chatCommands = ['concern', 'concern mine', 'concern cases', 'concern help'] as const;

/** A chosen or typed command as the conversation knows it, with its slash; other text unchanged. */
export function asCommand(text: string): string {
  const plain = text.toLowerCase().replace(/\s+/g, ' ').trim();
  const known = chatCommands.find((command) => plain === command || plain === `/${command}`);
  return known ? `/${known}` : text;
}
