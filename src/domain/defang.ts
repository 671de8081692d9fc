/*
 * Addresses are kept so that nothing can follow them by itself: link unfurlers, previewers and log
 * shippers fetch what they see, and fetching can be an offence. Source: procedures.md 2.5; scenario S5.
 */

const scheme = /\b(h)(tt)(ps?)(:\/\/)/gi;
const bareHost = /\b((?:[a-z0-9-]+\.)+)([a-z]{2,24})(?=[/:?#\s]|$)/gi;
/** Lines of at least forty characters: no word is that long, so that what was written after it stays. */
const embeddedImage =
  /data:[a-z]+\/[a-z0-9.+-]+;base64,\s*[a-z0-9+/]{40,}={0,2}(?:\s+[a-z0-9+/]{40,}={0,2})*/gi;
const otherScheme = /\b(javascript|data|file|slack|msteams|ftp):/gi;

/**
 * Makes every address in a text inert: `http://bad.example/x` becomes `hxxp://bad[.]example/x`. A picture
 * pasted as text is taken out whole. Doing it twice changes nothing.
 */
export function defang(text: string): string {
  return text
    .replace(embeddedImage, '[removed: embedded image]')
    .replace(scheme, (_, h: string, _tt: string, p: string, rest: string) => `${h}xx${p}${rest}`)
    .replace(otherScheme, (_, name: string) => `${name}[:]`)
    .replace(
      bareHost,
      (_, labels: string, top: string) => `${labels.replaceAll('.', '[.]')}${top}`,
    );
}

/** Every text of a form or record made inert. */
export function defangAll(words: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([field, text]) => [field, defang(text)]));
}
