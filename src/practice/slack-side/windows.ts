import type { Json } from '../wire.ts';
import { blocksIn, stateFor } from './form-state.ts';
import { newId } from './ids.ts';
import { bot } from './roster.ts';
import type { FormState } from './wire.ts';

/** A modal that somebody has open, or their App Home. */
export type Window = {
  id: string;
  person: string;
  /** As drawn: every block has an id. */
  view: Json;
  hash: string;
  /** The window below it, if it was pushed. */
  previous: string | null;
  root: string;
};

export type Windows = {
  /** Puts a window on top of the person's stack; null when three are open already. */
  open(person: string, view: Json): Window | null;
  /** By id or external id, modals and homes. */
  find(wanted: { id?: string | undefined; external?: string | undefined }): Window | undefined;
  draw(window: Window, view: Json): void;
  /** Takes this one away, or all of that person. */
  close(window: Window, all: boolean): void;
  stackOf(person: string): Window[];
  publish(person: string, view: Json): Window;
  homeOf(person: string): Window | undefined;
};

export type WindowsChange = { person: string; what: 'windows' | 'home' };

const stackAtMost = 3;

/** Modals and App Homes, in memory. Slack forgets modals at a reload; these stay, for practising. */
export function createWindows(changed: (change: WindowsChange) => void): Windows {
  let modals: Window[] = [];
  const homes = new Map<string, Window>();
  const stackOf = (person: string) => modals.filter((window) => window.person === person);
  const tell = ({ id, person }: Window) => {
    changed({ person, what: homes.get(person)?.id === id ? 'home' : 'windows' });
  };
  return {
    open(person, view) {
      const below = stackOf(person);
      if (below.length >= stackAtMost) return null;
      const id = newId('V');
      const window = {
        ...{ id, person },
        ...drawn(view),
        previous: below.at(-1)?.id ?? null,
        root: below[0]?.id ?? id,
      };
      modals = [...modals, window];
      tell(window);
      return window;
    },
    find: ({ id, external }) =>
      [...modals, ...homes.values()].find((window) =>
        id === undefined
          ? external !== undefined && window.view['external_id'] === external
          : window.id === id,
      ),
    draw(window, view) {
      Object.assign(window, drawn(view));
      tell(window);
    },
    close(window, all) {
      modals = modals.filter((one) => (all ? one.person !== window.person : one !== window));
      tell(window);
    },
    stackOf,
    publish(person, view) {
      const id = homes.get(person)?.id ?? newId('V');
      const window = { id, person, ...drawn(view), previous: null, root: id };
      homes.set(person, window);
      tell(window);
      return window;
    },
    homeOf: (person) => homes.get(person),
  };
}

function drawn(view: Json): Pick<Window, 'view' | 'hash'> {
  return { view: { ...view, blocks: completed(blocksIn(view)) }, hash: newId('H') };
}

/** Slack names every block that has no name, anew at each drawing, and fills in what was left out. */
export function completed(blocks: Json[]): Json[] {
  return blocks.map((block) => {
    const named = { ...block, block_id: block['block_id'] ?? newId('b') };
    return block['type'] === 'input'
      ? { optional: false, dispatch_action: false, ...named }
      : named;
  });
}

/** The view as payloads and answers carry it. */
export function echoOf(window: Window, team: string, values: FormState = {}): Json {
  const { id, view, hash, previous, root } = window;
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    ...view,
    ...{ id, hash, team_id: team, app_id: bot.app, bot_id: bot.id },
    state: { values: stateFor(blocksIn(view), values) },
    previous_view_id: previous,
    root_view_id: root,
    app_installed_team_id: team,
  };
}
