/** Crockford's alphabet: no letter that is mistaken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A reference such as `HS-7Q2K9-M4XTW`: fifty random bits, one space for all cases, so that neither order
 * nor gaps tell anybody anything. Source: decisions.md 12.
 * @param random At least ten bytes of good randomness; five bits of each are used.
 */
export function referenceFrom(prefix: string, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('a reference needs ten random bytes');
  const characters = [...random.slice(0, 10)].map((byte) => alphabet.charAt(byte & 31));
  return `${prefix}-${characters.slice(0, 5).join('')}-${characters.slice(5).join('')}`;
}

const pattern = /\b([A-Z]{2,3})-?([0-9A-HJKMNP-TV-Z]{5})-?([0-9A-HJKMNP-TV-Z]{5})\b/;

/** Finds a reference in what somebody typed, in any case and with the usual slips (O for 0, I or L for 1). */
export function readReference(text: string): string | null {
  const upper = text.toUpperCase();
  const found = pattern.exec(upper) ?? pattern.exec(corrected(upper));
  return found === null ? null : `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
}

function corrected(text: string): string {
  return text.replace(/(?<=-)[0-9A-Z]{5}/g, (group) =>
    group.replaceAll('O', '0').replaceAll(/[IL]/g, '1'),
  );
}
