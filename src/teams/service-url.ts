/*
 * The addresses at which Teams is called back. A forged one would make the bot hand its token, and the
 * cards, to somebody else.
 */

/** Which addresses are Teams, beyond Microsoft's own: further ones, and any on this machine for practice. */
export type ServiceUrls = { configured: readonly string[]; practice: boolean };

/** No user information, no port, no backslash, no other alphabet, no dot at the end: just a name. */
const PLAIN_HTTPS = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:\/[A-Za-z0-9._~/-]*)?$/i;
const LOOPBACK =
  /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/i;

/** Whether the bot may send anything to this address. */
export function isTeams(url: string, { configured, practice }: ServiceUrls): boolean {
  if (practice) return LOOPBACK.test(url);
  const host = PLAIN_HTTPS.exec(url)?.[1]?.toLowerCase();
  if (host === 'smba.trafficmanager.net' || host?.endsWith('.botframework.com')) return true;
  return configured.some((one) => isUnder(url, one));
}

/** Reports what is wrong with a configured address, or null. Plain http is for this machine alone. */
export function troubleWithServiceUrl(url: string): string | null {
  if (PLAIN_HTTPS.test(url) || LOOPBACK.test(url)) return null;
  return `${url}: a service URL must be https://<host>/…, or http on this machine for a test`;
}

function isUnder(url: string, configured: string): boolean {
  if (!PLAIN_HTTPS.test(url) && !LOOPBACK.test(url)) return false;
  const base = configured.endsWith('/') ? configured : `${configured}/`;
  return url === configured || url === base || url.startsWith(base);
}

/** Whether an address is of this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(url);
}

/**
 * Whether the client there opens dialogs. Microsoft's Agents Playground, which is recognised by the
 * path of its connector on this machine, answers `task/fetch` with an error.
 */
export function hasDialogs(url: string): boolean {
  return !(LOOPBACK.test(url) && new URL(url).pathname.startsWith('/_connector'));
}
