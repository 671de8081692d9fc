/** What somebody typed: Slack sends three characters escaped, in messages and commands alike. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
