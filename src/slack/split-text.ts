/**
 * The text in pieces of at most `max` UTF-16 units, cut after white space where there is some.
 * Joined again they are the text: nothing is cut away.
 */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = cutBefore(rest, max);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutBefore(text: string, max: number): number {
  const space = text.slice(0, max).search(/\s\S*$/u);
  if (space > max / 2) return space + 1;
  return isInsideSurrogatePair(text, max) ? max - 1 : max;
}

function isInsideSurrogatePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

/** The text if it fits, else its beginning and an ellipsis that shows that more was there. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${splitText(text, max - 1)[0]?.trimEnd() ?? ''}…`;
}
