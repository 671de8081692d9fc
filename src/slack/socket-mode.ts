import { type Receiver, SocketModeReceiver } from '@slack/bolt';
import { keepConnected } from './keep-connected.ts';
import type { SlackLog } from './log.ts';
import { nullLogger } from './null-logger.ts';
import { readPayload } from './payload.ts';
import { screenMessages } from './screen-messages.ts';
import { clientOptions } from './slack-client.ts';
import { createSocketFetch } from './socket-fetch.ts';

export type SocketModeDeps = { appToken: string; apiUrl: URL; log: SlackLog };

/**
 * Bolt's door for Socket Mode: the bot calls Slack, so a school's firewall need let nothing in. The
 * connection is authenticated, so there is no signature; what comes through it is screened all the same.
 */
export function createSocketMode({ appToken, apiUrl, log }: SocketModeDeps): {
  receiver: Receiver;
  start(): Promise<void>;
  stop(): Promise<void>;
} {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: nullLogger,
    // Bolt's client dies of an unhandled rejection when a reconnection fails, so we reconnect.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: { ...clientOptions(apiUrl), fetch: createSocketFetch(apiUrl) },
    },
    customPropertiesExtractor: ({ body }: { body: unknown }) => ({
      incoming: { payload: readPayload(body), standing: Promise.resolve('new') },
    }),
    processEventErrorHandler: () => {
      log({ what: 'payload', code: 'failed' });
      return Promise.resolve(false);
    },
  });
  screenMessages(receiver.client, log);
  return { receiver, ...keepConnected(receiver.client, log) };
}
