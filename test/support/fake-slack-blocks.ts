/*
 * Slack's rules for blocks, as its reference states them (checked November 2026). Every rule names
 * itself, as Slack does in response_metadata.messages. Stricter than Slack in one thing: a key that the
 * reference does not have is a problem, since Slack drops some and refuses others.
 */

export type Json = Record<string, unknown>;
export type Surface = 'message' | 'modal' | 'home';

type Report = (problem: string) => void;
type Check = (value: unknown, report: Report) => void;

/** What Slack would say against the blocks; empty when it would take them. */
export function blockProblems(blocks: unknown, surface: Surface): string[] {
  const problems: string[] = [];
  const report: Report = (problem) => problems.push(`[ERROR] ${problem}`);
  if (!Array.isArray(blocks)) return ['[ERROR] blocks must be an array'];
  const most = surface === 'message' ? 50 : 100;
  if (blocks.length > most) report(`no more than ${String(most)} items allowed`);
  for (const [at, block] of blocks.entries())
    checkBlock(block, surface, under(report, `/blocks/${String(at)}`));
  const ids = blocks.flatMap((block: Json) =>
    block['block_id'] === undefined ? [] : [block['block_id']],
  );
  if (new Set(ids).size !== ids.length) report('block_id must be unique');
  return problems;
}

function under(report: Report, path: string): Report {
  return (problem) => {
    report(`${path}: ${problem}`);
  };
}

function checkBlock(block: unknown, surface: Surface, report: Report): void {
  if (!isObject(block)) {
    report('must be an object');
    return;
  }
  const check = blockChecks[String(block['type'])];
  if (check === undefined) {
    report(`unsupported type: ${String(block['type'])}`);
    return;
  }
  const type = String(block['type']);
  if (surface !== 'message' && (type === 'plan' || type === 'data_visualization'))
    report(`unsupported type: ${type}`);
  shape({ type: any, 'block_id?': text(1, 255), ...check })(block, report);
}

/** A shape: every key named, `key?` for one that may be missing. */
function shape(keys: Record<string, Check>): Check {
  return (value, report) => {
    if (!isObject(value)) {
      report('must be an object');
      return;
    }
    for (const [name, check] of Object.entries(keys)) {
      const key = name.replace('?', '');
      if (value[key] !== undefined) check(value[key], under(report, key));
      else if (key === name) report(`missing required field: ${key}`);
    }
    const known = Object.keys(keys).map((name) => name.replace('?', ''));
    for (const key of Object.keys(value))
      if (!known.includes(key)) report(`invalid additional property: ${key}`);
  };
}

const any: Check = () => undefined;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(least: number, most: number): Check {
  return (value, report) => {
    if (typeof value !== 'string') {
      report('must be a string');
      return;
    }
    if (value.length < least) report(`must be more than ${String(least - 1)} characters`);
    if (value.length > most) report(`must be less than ${String(most + 1)} characters`);
  };
}

function oneOf(...allowed: unknown[]): Check {
  return (value, report) => {
    if (!allowed.includes(value)) report('must be a valid enum value');
  };
}

function list(item: Check, least: number, most: number): Check {
  return (value, report) => {
    if (!Array.isArray(value)) {
      report('must be an array');
      return;
    }
    if (value.length < least || value.length > most)
      report(`must have ${String(least)} to ${String(most)} items`);
    for (const [at, one] of value.entries()) item(one, under(report, String(at)));
  };
}

function byType(checks: Record<string, Record<string, Check>>): Check {
  return (value, report) => {
    if (!isObject(value)) {
      report('must be an object');
      return;
    }
    const check = checks[String(value['type'])];
    if (check === undefined) {
      report(`unsupported type: ${String(value['type'])}`);
      return;
    }
    shape({ type: any, ...check })(value, report);
  };
}

const flag = oneOf(true, false);
const plain = (most: number): Check =>
  byType({ plain_text: { text: text(1, most), 'emoji?': flag } });
const anyText = (most: number): Check =>
  byType({
    plain_text: { text: text(1, most), 'emoji?': flag },
    mrkdwn: { text: text(1, most), 'verbatim?': flag },
  });

const actionId = text(1, 255);
const option = shape({ text: plain(75), value: text(1, 75), 'description?': plain(75) });
const options = (most: number) => list(option, 1, most);
const date: Check = (value, report) => {
  const isDate =
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(value));
  if (!isDate) report('must be a date');
};
const time: Check = (value, report) => {
  if (typeof value !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
    report('must be a time');
};

const button = {
  text: plain(75),
  action_id: actionId,
  'value?': text(1, 2000),
  'style?': oneOf('primary', 'danger'),
};
const focusable = { action_id: actionId, 'focus_on_load?': flag };

const inputElement: Check = (value, report) => {
  byType({
    plain_text_input: {
      ...focusable,
      'multiline?': flag,
      'initial_value?': text(1, 3000),
      'min_length?': any,
      'max_length?': number(1, 3000),
    },
    radio_buttons: { ...focusable, options: options(10), 'initial_option?': option },
    checkboxes: { ...focusable, options: options(10), 'initial_options?': list(option, 1, 10) },
    static_select: {
      ...focusable,
      options: options(100),
      'initial_option?': option,
      'placeholder?': plain(150),
    },
    multi_static_select: {
      ...focusable,
      options: options(100),
      'initial_options?': list(option, 1, 100),
    },
    external_select: {
      ...focusable,
      'min_query_length?': number(0, 3000),
      'initial_option?': option,
    },
    datepicker: { ...focusable, 'initial_date?': date },
    timepicker: { ...focusable, 'initial_time?': time },
  })(value, report);
  if (isObject(value)) initialAmongOptions(value, report);
};

function number(least: number, most: number): Check {
  return (value, report) => {
    if (typeof value !== 'number' || value < least || value > most)
      report('must be a number within range');
  };
}

/** "An option object that exactly matches one of the options." */
function initialAmongOptions(element: Json, report: Report): void {
  if (!Array.isArray(element['options'])) {
    tooLongInitial(element, report);
    return;
  }
  const offered = element['options'].map((one) => JSON.stringify(one));
  const chosen = [element['initial_option'] ?? [], element['initial_options'] ?? []].flat();
  if (chosen.some((one) => !offered.includes(JSON.stringify(one))))
    report('initial option is not among the options');
  if (new Set(element['options'].map((one: Json) => one['value'])).size !== offered.length)
    report('option values must be unique');
}

function tooLongInitial(element: Json, report: Report): void {
  const typed = element['initial_value'];
  if (typeof typed === 'string' && typed.length > Number(element['max_length'] ?? 3000))
    report('initial_value is longer than max_length');
}

const richText = {
  type: any,
  text: text(1, 4000),
  'style?': shape({ 'bold?': flag, 'italic?': flag, 'strike?': flag }),
};
const runs = list(byType({ text: richText }), 1, 1000);
const richSection = byType({ rich_text_section: { elements: runs } });
const richParts = list(
  byType({
    rich_text_section: { elements: runs },
    rich_text_quote: { elements: runs },
    rich_text_list: { elements: list(richSection, 1, 1000), style: oneOf('bullet', 'ordered') },
  }),
  1,
  1000,
);

const buttons: Check = (value, report) => {
  list(byType({ button }), 1, 25)(value, report);
  const ids = Array.isArray(value) ? value.map((one: Json) => one['action_id']) : [];
  if (new Set(ids).size !== ids.length) report('action_id must be unique in its block');
};

const taskCard = shape({
  type: oneOf('task_card'),
  task_id: text(1, 255),
  title: text(1, 3000),
  status: oneOf('pending', 'in_progress', 'complete', 'error'),
  'details?': shape({ type: oneOf('rich_text'), elements: richParts }),
});

const points = list(shape({ label: text(1, 20), value: any }), 1, 20);
const bars = shape({
  type: oneOf('bar'),
  series: list(shape({ name: text(1, 20), data: points }), 1, 6),
  axis_config: shape({ categories: list(text(1, 20), 1, 20) }),
});
const barChart: Check = (value, report) => {
  bars(value, report);
  const chart = value as { series: { data: Json[] }[]; axis_config: { categories: unknown[] } };
  for (const { data } of chart.series)
    if (data.map(({ label }) => label).join() !== chart.axis_config.categories.join())
      report('every category needs a value');
};

const blockChecks: Record<string, Record<string, Check>> = {
  header: { text: plain(150) },
  section: { text: anyText(3000) },
  context: { elements: list(anyText(2000), 1, 10) },
  divider: {},
  actions: { elements: buttons },
  input: {
    label: plain(2000),
    element: inputElement,
    'hint?': plain(2000),
    'optional?': flag,
    'dispatch_action?': flag,
  },
  rich_text: { elements: richParts },
  plan: { title: text(1, 3000), tasks: list(taskCard, 1, 100) },
  data_visualization: { title: text(1, 50), chart: barChart },
};

const modal = {
  type: oneOf('modal'),
  title: plain(24),
  blocks: any,
  'submit?': plain(24),
  'close?': plain(24),
  'private_metadata?': text(0, 3000),
  'callback_id?': text(1, 255),
  'clear_on_close?': flag,
  'notify_on_close?': flag,
};
const home = {
  type: oneOf('home'),
  blocks: any,
  'private_metadata?': text(0, 3000),
  'callback_id?': text(1, 255),
};

/** What Slack would say against a modal or an App Home. */
export function viewProblems(view: unknown): string[] {
  if (!isObject(view)) return ['[ERROR] view must be an object'];
  const problems: string[] = [];
  const isHome = view['type'] === 'home';
  shape(isHome ? home : modal)(view, (problem) => problems.push(`[ERROR] ${problem}`));
  problems.push(...blockProblems(view['blocks'], isHome ? 'home' : 'modal'));
  const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as Json[]) : [];
  if (!isHome && view['submit'] === undefined && blocks.some(({ type }) => type === 'input'))
    problems.push('[ERROR] missing required field: submit');
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) problems.push('[ERROR] view_too_large');
  return problems;
}
