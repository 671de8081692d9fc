import type { SlackReplies, SlackRequests } from '../../slack-side/wire.ts';

/** Asks the workspace's server to do what a person did in Slack. Throws when the server is not there. */
export async function request<K extends keyof SlackRequests>(
  name: K,
  body: SlackRequests[K],
): Promise<SlackReplies[K]> {
  const response = await fetch(`/practice/api/slack/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${name}: ${String(response.status)}`);
  return (await response.json()) as SlackReplies[K];
}
