import type { App, Receiver } from '@slack/bolt';
import express, { type Router } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guarded } from './guard.ts';
import type { SlackLog } from './log.ts';
import { readPayload } from './payload.ts';
import { createHttpAck, replyWith } from './reply-http.ts';

export type HttpReceiverDeps = {
  guard: (request: IncomingMessage) => Promise<Guarded>;
  log: SlackLog;
};

/**
 * Bolt's door for HTTP, behind our guard. The router must stand before any body parser: the signature
 * is over the raw bytes.
 */
export function createHttpReceiver(deps: HttpReceiverDeps): { receiver: Receiver; router: Router } {
  let app: App | null = null;
  const receiver: Receiver = {
    init: (initialised) => {
      app = initialised;
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const router = express.Router();
  router.post('/slack/events', (request, response) => {
    void receive(deps, app, request, response);
  });
  return { receiver, router };
}

/** Never throws: a request that cannot be handled must not take the process with it. */
async function receive(
  deps: HttpReceiverDeps,
  app: App | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const guarded = await deps.guard(request);
    if (guarded.type === 'answer') {
      if (guarded.status >= 400)
        deps.log({ what: 'request', code: codes[guarded.status] ?? 'refused' });
      replyWith(request, response, guarded.status, guarded.text);
      return;
    }
    await handOver(deps, app, guarded, request, response);
  } catch {
    deps.log({ what: 'request', code: 'failed' });
    if (!response.headersSent) replyWith(request, response, 500, '');
  }
}

const codes: Record<number, string> = {
  400: 'unreadable',
  401: 'not_signed',
  408: 'too_slow',
  413: 'too_large',
  415: 'content_type',
};

async function handOver(
  { log }: HttpReceiverDeps,
  app: App | null,
  { body, standing }: Extract<Guarded, { type: 'accepted' }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const payload = readPayload(body);
  if (payload === null || app === null) {
    log({ what: 'payload', code: 'unreadable' });
    replyWith(request, response, 400, '');
    return;
  }
  const ack = createHttpAck(response);
  await app.processEvent({ body, ack, customProperties: { incoming: { payload, standing } } });
  if (ack.given()) return;
  log({ what: 'payload', code: 'refused' });
  replyWith(request, response, 400, '');
}
