import type {
  DialogReply,
  Json,
  PressReply,
  Requests,
  SearchReply,
  WireDirectory,
} from '../wire.ts';

/** What each request is answered with. */
type Replies = {
  say: Json;
  drop: Json;
  read: Json;
  execute: PressReply;
  submit: PressReply;
  open: DialogReply;
  fill: DialogReply;
  search: SearchReply;
};

/** Asks the workspace's server to do what a person did. Throws when the server is not there. */
export async function request<K extends keyof Requests & keyof Replies>(
  name: K,
  body: Requests[K],
): Promise<Replies[K]> {
  const response = await fetch(`/practice/api/teams/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${name}: ${String(response.status)}`);
  return (await response.json()) as Replies[K];
}

/** Everybody who can be played here. */
export async function fetchDirectory(): Promise<WireDirectory> {
  const response = await fetch('/practice/api/directory');
  return (await response.json()) as WireDirectory;
}

/** Shown when the workspace's own server is gone; nothing that was typed is lost. */
export const serverGone = {
  type: 'failed',
  text: 'The practice workspace does not answer. What you typed is still here.',
} as const;
