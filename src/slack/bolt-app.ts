import { App, type Receiver } from '@slack/bolt';
import type { Delivered } from './deliver.ts';
import type { AckBody, Incoming } from './incoming.ts';
import { inputAction } from './field-block.ts';
import type { SlackLog } from './log.ts';
import { nullLogger } from './null-logger.ts';
import type { Payload } from './payload.ts';
import { screenCallback } from './render-screen.ts';
import { clientOptions } from './slack-client.ts';

export type BoltDeps = {
  botToken: string;
  apiUrl: URL;
  command: string;
  receiver: Receiver;
  deliver: (incoming: Incoming) => Promise<Delivered>;
  log: SlackLog;
};

/** The callback ids of the two shortcuts in the manifest. */
export const shortcuts = { global: 'raise_concern', message: 'raise_from_message' } as const;

const events = [
  'message',
  'app_home_opened',
  'user_change',
  'member_joined_channel',
  'member_left_channel',
  'app_uninstalled',
  'tokens_revoked',
] as const;

/** Bolt with one listener for each thing that the manifest asks for. What nothing listens to is refused. */
export function createBoltApp(deps: BoltDeps): App {
  const app = new App({
    receiver: deps.receiver,
    // The token is checked by `identity`; asking here would delay the window that must open at once.
    authorize: () => Promise.resolve({ botToken: deps.botToken }),
    clientOptions: clientOptions(deps.apiUrl),
    logger: nullLogger,
    convoStore: false,
    // Bolt would need the bot's id for it; `receive-event` knows it.
    ignoreSelf: false,
  });
  app.error((error) => {
    deps.log({ what: 'payload', code: error.code });
    return Promise.resolve();
  });
  const listener = createListener(deps);
  app.command(deps.command, listener);
  app.shortcut({ type: 'shortcut', callback_id: shortcuts.global }, listener);
  app.shortcut({ type: 'message_action', callback_id: shortcuts.message }, listener);
  app.action(/^((dialog|inline)\.\w{1,20}|raise)$/, listener);
  app.view({ type: 'view_submission', callback_id: screenCallback }, listener);
  app.view({ type: 'view_closed', callback_id: /[^]*/ }, listener);
  app.options({ action_id: inputAction }, listener);
  for (const event of events) app.event(event, listener);
  return app;
}

type BoltArgs = { ack?: unknown; context: Record<string, unknown> };

/** What our receivers put into Bolt's context. */
type Carried = { incoming?: Omit<Incoming, 'ack' | 'payload'> & { payload: Payload | null } };

/** Hands on what the receiver has read; Bolt's own reading of the payload is not used. */
function createListener({ deliver, log }: BoltDeps): (args: BoltArgs) => Promise<void> {
  return async ({ ack, context }) => {
    const { incoming } = context as Carried;
    const payload = incoming?.payload ?? null;
    if (incoming === undefined || payload === null) {
      log({ what: 'payload', code: 'unreadable' });
      return;
    }
    await deliver({ ...incoming, payload, ack: (body) => acknowledge(ack, body) });
  };
}

/** Events have no acknowledgement left to give: Bolt has given it. */
async function acknowledge(ack: unknown, body: AckBody | undefined): Promise<void> {
  if (typeof ack === 'function') await (ack as (response?: AckBody) => Promise<void>)(body);
}
