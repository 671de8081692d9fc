import type { ChecklistItem } from '../chat/elements.ts';
import type { Block, RichPart, RichRun, TaskCard } from './block-kit.ts';
import { bullets, run, section } from './rich-text.ts';
import { words } from './words.ts';

type State = ChecklistItem['state'];

/** Slack's own checklist: a plan of task cards. Messages only; `checklistParts` is for everywhere else. */
export function checklistPlan(items: ChecklistItem[]): Block {
  return { type: 'plan', title: words.steps, tasks: items.map(taskCard) };
}

function taskCard(item: ChecklistItem, index: number): TaskCard {
  const card: TaskCard = {
    type: 'task_card',
    task_id: `step-${String(index + 1)}`,
    title: `${labels[item.state]}${item.title}`,
    status: statuses[item.state],
  };
  if (item.note === null || item.note === '') return card;
  return { ...card, details: { type: 'rich_text', elements: [section(run(item.note))] } };
}

/** The same checklist as a plain list, for the places and workspaces where Slack has no plan block. */
export function checklistParts(items: ChecklistItem[]): RichPart[] {
  return bullets(items.map(checklistLine));
}

function checklistLine({ title, state, note }: ChecklistItem): RichRun[] {
  const head = run(
    `${marks[state]} ${labels[state]}${title}`,
    state === 'now' ? { bold: true } : undefined,
  );
  return note === null || note === '' ? head : [...head, ...run(` — ${note}`, { italic: true })];
}

const statuses: Record<State, TaskCard['status']> = {
  open: 'pending',
  now: 'in_progress',
  locked: 'pending',
  waiting: 'pending',
  done: 'complete',
  'set-aside': 'complete',
};

/** Slack has four states for our six, so the other two are said in words. */
const labels: Record<State, string> = {
  open: '',
  now: '',
  locked: 'Locked: ',
  waiting: 'Waiting: ',
  done: '',
  'set-aside': 'Set aside: ',
};

const marks: Record<State, string> = {
  open: '☐',
  now: '▶',
  locked: '🔒',
  waiting: '⏳',
  done: '☑',
  'set-aside': '–',
};
