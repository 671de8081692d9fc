import { type Json, viewProblems } from './fake-slack-blocks.ts';
import { newId, type SlackWindow, type SlackWorld } from './fake-slack-world.ts';

/*
 * Windows as Slack keeps them: a stack per person, at most three high; what was typed survives an
 * update when a block keeps its block_id and action_id, and then the new initial value is ignored.
 */

const stackAtMost = 3;

/** Opens a window for whoever the trigger was minted for. */
export function openWindow(
  world: SlackWorld,
  user: string,
  view: Json,
): SlackWindow | { error: string } {
  const stack = world.windows.filter((window) => window.user === user);
  if (stack.length > 0) world.violations.push('opened a window while one was open');
  if (stack.length >= stackAtMost) return { error: 'push_limit_reached' };
  const window: SlackWindow = {
    id: newId('V'),
    user,
    view: {},
    hash: '',
    typed: new Map(),
    errors: new Map(),
  };
  drawInto(window, view);
  world.windows.push(window);
  return window;
}

export function closeWindow(world: SlackWorld, window: SlackWindow): void {
  world.windows = world.windows.filter((one) => one !== window);
}

/** Puts a view into a window, keeping what Slack keeps. */
export function drawInto(window: SlackWindow, view: Json): void {
  const before = new Map(inputsOf(window.view).map((block) => [String(block['block_id']), block]));
  const blocks = blocksOf(view).map((block, at) => completed(block, at));
  const typed = new Map<string, Json>();
  for (const block of blocks.filter(({ type }) => type === 'input')) {
    const id = String(block['block_id']);
    const old = before.get(id);
    const kept = old !== undefined && sameInput(old, block) ? window.typed.get(id) : undefined;
    typed.set(id, kept ?? initialState(elementOf(block)));
  }
  window.view = { ...view, blocks };
  window.typed = typed;
  window.errors = new Map();
  window.hash = newId('H');
}

/** Slack names every block and fills in defaults, and echoes them so. */
function completed(block: Json, at: number): Json {
  const named = { ...block, block_id: block['block_id'] ?? `auto${String(at)}` };
  if (block['type'] !== 'input') return named;
  return {
    optional: false,
    dispatch_action: false,
    ...named,
    element: { ...elementOf(block), focus_on_load: false },
  };
}

function sameInput(a: Json, b: Json): boolean {
  const [old, now] = [elementOf(a), elementOf(b)];
  return old['type'] === now['type'] && old['action_id'] === now['action_id'];
}

export function blocksOf(view: Json): Json[] {
  return Array.isArray(view['blocks']) ? (view['blocks'] as Json[]) : [];
}

export function inputsOf(view: Json): Json[] {
  return blocksOf(view).filter(({ type }) => type === 'input');
}

export function elementOf(block: Json): Json {
  return (block['element'] ?? {}) as Json;
}

function initialState(element: Json): Json {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
      return { type, value: element['initial_value'] ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: element['initial_options'] ?? [] };
    case 'datepicker':
      return { type, selected_date: element['initial_date'] ?? null };
    case 'timepicker':
      return { type, selected_time: element['initial_time'] ?? null };
    default:
      return { type, selected_option: element['initial_option'] ?? null };
  }
}

export function isEmpty(state: Json | undefined): boolean {
  const { type: _, ...held } = state ?? { type: '' };
  return Object.values(held).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

/** The view as payloads carry it. */
export function echoOf(world: SlackWorld, window: SlackWindow): Json {
  const values = [...window.typed].map(([block, state]) => {
    const action = String(
      elementOf(inputsOf(window.view).find(({ block_id }) => block_id === block) ?? {})[
        'action_id'
      ],
    );
    return [block, { [action]: state }];
  });
  return {
    private_metadata: '',
    callback_id: '',
    ...window.view,
    id: window.id,
    team_id: world.team,
    state: { values: Object.fromEntries(values) as Json },
    hash: window.hash,
    clear_on_close: false,
    notify_on_close: false,
    previous_view_id: null,
    root_view_id: window.id,
    app_id: 'A0APP',
    external_id: '',
    app_installed_team_id: world.team,
    bot_id: 'B0BOT',
  };
}

/** Notes what Slack would refuse, and says whether it would. */
export function refusesView(world: SlackWorld, view: unknown, where: string): string[] {
  const problems = viewProblems(view);
  world.violations.push(...problems.map((problem) => `${where}: ${problem}`));
  return problems;
}

/** The window as it is now, as another instance. */
export function copyWindow(window: SlackWindow): SlackWindow {
  return { ...structuredClone(window), id: newId('V') };
}
