import type { webApi } from '@slack/bolt';

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

const slackApi = 'https://slack.com/api/';

/** Slack's own address, or the given stand-in. Throws for anything but https, or http on this machine. */
export function apiUrlFrom(configured: string | null | undefined): URL {
  const url = new URL(configured ?? slackApi);
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  if (!allowed || url.username !== '' || url.password !== '')
    throw new Error('SLACK_API_URL must be https, or http on this machine, without credentials');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/**
 * The only way out of this adapter: nothing but the API's address, no redirects, and a Retry-After
 * that is always a number within reason (Slack's SDK otherwise turns a 429 without one into an
 * unnamed error).
 */
export function createEgressFetch(apiUrl: URL): Fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== apiUrl.origin || !url.pathname.startsWith(apiUrl.pathname))
      throw new Error('refused to call anything but the Slack API');
    const response = await fetch(url, { ...init, redirect: 'error' });
    return response.status === 429 ? tooMany(response) : response;
  };
}

async function tooMany(response: Response): Promise<Response> {
  await response.body?.cancel();
  const wait = clampSeconds(response.headers.get('retry-after'));
  return new Response(null, { status: 429, headers: { 'retry-after': String(wait) } });
}

const defaultWait = 30;

/** Seconds to wait, between 1 and 300 whatever the header says. */
export function clampSeconds(header: string | null): number {
  if (header === null || !/^-?\d{1,15}$/.test(header.trim())) return defaultWait;
  return Math.min(Math.max(Number(header), 1), 300);
}
