import type { webApi } from '@slack/bolt';
import { createEgressFetch, isLoopback } from './egress-fetch.ts';

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

/** As `createEgressFetch`, and the socket it is told to open must be Slack's, or on this machine in tests. */
export function createSocketFetch(apiUrl: URL): Fetch {
  const egress = createEgressFetch(apiUrl);
  return async (input, init) => {
    const response = await egress(input, init);
    if (response.status !== 200) return response;
    const text = await response.text();
    return new Response(
      isAllowedAnswer(text, apiUrl) ? text : '{"ok":false,"error":"socket_not_allowed"}',
    );
  };
}

function isAllowedAnswer(text: string, apiUrl: URL): boolean {
  const url = urlIn(text);
  return url === null || isAllowedSocket(url, apiUrl);
}

function urlIn(text: string): string | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('url' in answer)) return null;
    return String(answer.url);
  } catch {
    return null;
  }
}

/** Slack's own hosts over TLS; with a stand-in on this machine, a socket on this machine. */
export function isAllowedSocket(address: string, apiUrl: URL): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  if (isLoopback(apiUrl)) return url.protocol === 'ws:' && isLoopback(url);
  return url.protocol === 'wss:' && /^([a-z0-9-]+\.)+slack(-gov)?\.com$/.test(url.hostname);
}
