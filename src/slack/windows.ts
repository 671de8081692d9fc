import type { HomeView, ModalView } from './block-kit.ts';
import type { SlackLog } from './log.ts';
import type { SlackClient } from './slack-client.ts';
import { codeOf } from './slack-error.ts';

/** Slack's modals and App Home. Nothing here throws: what fails is logged as a code. */
export type Windows = {
  /** The window's id; null when it could not be opened, most often because three seconds were over. */
  open(trigger: string, view: ModalView): Promise<string | null>;
  /** False when the person has closed the window or Slack would not draw it. */
  show(viewId: string, view: ModalView): Promise<boolean>;
  publish(user: string, view: HomeView): Promise<boolean>;
};

export function createWindows(client: SlackClient, log: SlackLog): Windows {
  const attempt = async <T>(call: () => Promise<T>): Promise<T | null> => {
    try {
      return await call();
    } catch (error) {
      log({ what: 'drawing', code: codeOf(error) });
      return null;
    }
  };
  return {
    open: (trigger_id, view) =>
      attempt(async () => (await client.views.open({ trigger_id, view })).view?.id ?? null),
    show: async (view_id, view) =>
      (await attempt(() => client.views.update({ view_id, view }))) !== null,
    publish: async (user_id, view) =>
      (await attempt(() => client.views.publish({ user_id, view }))) !== null,
  };
}
