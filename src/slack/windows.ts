import type { HomeView, ModalView } from './block-kit.ts';
import type { SlackLog } from './log.ts';
import type { SlackClient } from './slack-client.ts';
import { codeOf } from './slack-error.ts';

/** `closed`: the person has closed the window. `refused`: Slack would not draw it, or did not answer. */
export type Drawn = 'shown' | 'closed' | 'refused';

/** Slack's modals and App Home. Nothing here throws: what fails is logged as a code. */
export type Windows = {
  /** The window's id; null when it could not be opened, most often because three seconds were over. */
  open(trigger: string, view: ModalView): Promise<string | null>;
  show(viewId: string, view: ModalView): Promise<Drawn>;
  publish(user: string, view: HomeView): Promise<Drawn>;
};

export function createWindows(client: SlackClient, log: SlackLog): Windows {
  const draw = async (call: () => Promise<unknown>): Promise<Drawn> => {
    try {
      await call();
      return 'shown';
    } catch (error) {
      const code = codeOf(error);
      log({ what: 'drawing', code });
      return code === 'not_found' ? 'closed' : 'refused';
    }
  };
  return {
    open: async (trigger_id, view) => {
      let id: string | null = null;
      await draw(async () => {
        id = (await client.views.open({ trigger_id, view })).view?.id ?? null;
      });
      return id;
    },
    show: (view_id, view) => draw(() => client.views.update({ view_id, view })),
    publish: (user_id, view) => draw(() => client.views.publish({ user_id, view })),
  };
}
