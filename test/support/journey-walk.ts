import { expect } from 'vitest';
import { openStep, openSteps, seen, walkOf } from './journey-acts.ts';
import type { JourneyPerson } from './journey-person.ts';
import type { Journey } from './journey.ts';
import type { Filling, SeenField } from './person-driver.ts';

/*
 * Walking a whole case as the holder does: reads which steps are on offer, opens one, fills in its boxes,
 * saves. A journey says only what matters to its scenario; everything else is written down somehow.
 */

type Left = { left: 'We will not do this' | 'Does not apply'; reason: string };
type Children = { children: { name: string; parts: string[]; year?: string }[] };

/**
 * How one step is settled: the option or options of a question, what is written into its boxes, why it is not
 * done, or who the children are.
 */
export type Settled = string | string[] | { boxes: Filling } | Left | Children;

/** By the title of the step as it reads, with or without `: child 1`. */
export type Plan = Readonly<Record<string, Settled>>;

export const notDoing = (reason: string): Left => ({ left: 'We will not do this', reason });
export const doesNotApply = (reason: string): Left => ({ left: 'Does not apply', reason });
export const writing = (boxes: Filling): Settled => ({ boxes });

/** How long the walk of a whole case may take on a slow machine; longer than a test has by default. */
export const walkMs = 300_000;

/** A first look that finds no danger, no adult, no crime and nobody elsewhere, about these children. */
export function calmLook(...children: Children['children']): Plan {
  return {
    'Is any child at risk right now?': 'No',
    'May an adult here have done something?': 'No',
    'Is any child affected?': 'Yes, or we do not know yet',
    'Name each child involved': { children },
    'Where is the child now?': 'In school',
    'Is home part of the worry?': 'No',
    'Whose devices are involved?': ['None'],
    'Could it be a crime?': 'No',
    'Are children elsewhere, or others, involved?': 'No',
  };
}

/** The titles of the steps that can be worked on now, the next one first. The list stays open. */
export async function offered(person: JourneyPerson, reference: string): Promise<string[]> {
  const { buttons } = await openSteps(person, reference);
  return buttons.filter((label) => label !== 'Back');
}

const marks: Record<string, string> = {
  '☐': 'To do',
  '▶': 'Now',
  '🔒': 'Locked',
  '⏳': 'Waiting',
  '☑': 'Done',
  '–': 'Set aside',
};
const words = new Set(Object.values(marks));

/** Where a step stands on the list of all steps, and the remark beside it; null when it is not on the list. */
export function standing(text: string, title: string): { state: string; note: string } | null {
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const [before = '', after = ''] = [lines[at - 1], lines[at + 1]];
    if (line === title && words.has(before))
      return { state: before, note: words.has(after) ? '' : after };
    const state = marks[Array.from(line)[0] ?? ''];
    const [head = '', note = ''] = line
      .replace(/^\S+ ((Locked|Waiting|Set aside): )?/, '')
      .split(' — ');
    if (state !== undefined && head === title) return { state, note };
  }
  return null;
}

/** Settles the steps that the plan names, each as soon as it is on offer, and no other. */
export async function take(person: JourneyPerson, reference: string, plan: Plan): Promise<void> {
  const waiting = new Set(Object.keys(plan));
  const taken = new Set<string>();
  for (;;) {
    const title = await find(
      person,
      reference,
      (one) => !taken.has(one) && keyIn(plan, one) !== null,
    );
    if (title === undefined) break;
    const key = keyIn(plan, title) ?? title;
    await settle(person, title, plan[key]);
    taken.add(title);
    waiting.delete(key);
  }
  const on = person.screen()?.buttons.join('; ') ?? '';
  expect([...waiting], `never on offer, where there are: ${on}`).toEqual([]);
  person.close();
}

/** A step that is one tap away on the open walk, else one on the list of all steps. */
async function find(
  person: JourneyPerson,
  reference: string,
  isWanted: (title: string) => boolean,
): Promise<string | undefined> {
  const near = person.screen()?.buttons.find(isWanted);
  return near ?? (await offered(person, reference)).find(isWanted);
}

function keyIn(plan: Plan, title: string): string | null {
  return [title, withoutChild(title)].find((key) => key in plan) ?? null;
}

/**
 * Settles every step that must be settled, by the plan or somehow, until nothing needed is on offer any more.
 * A needed question must be in the plan. `leaving`: titles that are left alone.
 */
export async function finish(
  journey: Journey,
  person: JourneyPerson,
  reference: string,
  plan: Plan,
  leaving: readonly string[] = [],
): Promise<void> {
  const settled = new Set<string>(leaving);
  for (;;) {
    const title = await find(
      person,
      reference,
      (one) => !settled.has(one) && !settled.has(withoutChild(one)) && isNeeded(journey, one, plan),
    );
    if (title === undefined) break;
    await settle(person, title, plan[keyIn(plan, title) ?? title]);
    settled.add(title);
  }
  person.close();
}

function isNeeded({ policies, file }: Journey, title: string, plan: Plan): boolean {
  const plain = withoutChild(title);
  if (title in plan || plain in plan || title.startsWith(theirAnswer)) return true;
  const steps = [...(policies.latest(file.pack)?.steps.values() ?? [])];
  return steps.some((step) => step.title === plain && 'need' in step && step.need !== 'suggested');
}

const theirAnswer = 'Their answer: ';

function withoutChild(title: string): string {
  return title.replace(/: child \d+$/, '');
}

/** From the open list of all steps. */
async function settle(
  person: JourneyPerson,
  title: string,
  how: Settled | undefined,
): Promise<void> {
  await person.press(title);
  if (typeof how === 'string' || Array.isArray(how)) person.fill({ chosen: how });
  else if (how !== undefined && 'children' in how) return nameChildren(person, title, how);
  else if (how !== undefined && 'left' in how) await leaveIt(person, how);
  else fillSomehow(person, how?.boxes ?? {});
  await person.submit();
  expectSaved(person, title);
}

async function nameChildren(
  person: JourneyPerson,
  title: string,
  { children }: Children,
): Promise<void> {
  for (const { name, parts, year = 'Year 6' } of children) {
    await pressThere(person, title, 'Name a child');
    person.fill({ name, year, parts, elsewhere: 'here' });
    await person.submit();
  }
  await pressThere(person, title, 'That is everybody');
}

/** A button of a step: on its dialog, on the walk where it is the next step, else one tap away. */
async function pressThere(person: JourneyPerson, title: string, label: string): Promise<void> {
  if (person.screen()?.buttons.includes(label) !== true) await person.press(title);
  await person.press(label);
}

async function leaveIt(person: JourneyPerson, { left, reason }: Left): Promise<void> {
  if (person.screen()?.buttons.includes(left) === true) await person.press(left);
  person.fill({ reason });
}

function fillSomehow(person: JourneyPerson, boxes: Filling): void {
  const { title = '', fields = [] } = person.screen() ?? {};
  if (fields.some(({ id }) => id === 'chosen') && !('chosen' in boxes))
    throw new Error(`no answer planned on “${title}”: ${seen(person)}`);
  const others = fields.filter(({ id }) => !(id in boxes));
  person.fill({
    ...Object.fromEntries(others.map((field) => [field.id, somehow(field)])),
    ...boxes,
  });
}

function somehow({ type, choices, label }: SeenField): string | string[] {
  switch (type) {
    case 'text':
      return 'Ethelburga wrote this down';
    case 'choice':
      return choices[0] ?? '';
    case 'choices':
      return choices.slice(0, 1);
    case 'date':
      return '2026-11-27';
    case 'time':
      return '10:15';
    case 'person':
      throw new Error(`nobody planned for “${label}”`);
  }
}

/** The dialog gave way to the walk; it does not when something was still to be filled in. */
function expectSaved(person: JourneyPerson, title: string): void {
  expect(person.screen()?.fields ?? [], `“${title}” was not saved: ${seen(person)}`).toEqual([]);
}

/** Fills in the dialog of a step without saving it. */
export async function openFilled(
  person: JourneyPerson,
  reference: string,
  title: string,
  boxes: Filling = {},
): Promise<void> {
  await openStep(person, reference, title);
  fillSomehow(person, boxes);
}

/** Answers a question of the walk again, by “Change an answer”. */
export async function changeAnswer(
  person: JourneyPerson,
  reference: string,
  title: string,
  boxes: Filling,
): Promise<void> {
  await person.press('Change an answer', walkOf(person, reference)?.at);
  await person.press(title);
  person.fill(boxes);
  await person.submit();
  expectSaved(person, title);
}

/** Opens the form that closes a case. */
export async function askToClose(person: JourneyPerson, reference: string): Promise<void> {
  await person.press('Close', walkOf(person, reference)?.at);
}

/** What a step says while it is open: opened in its dialog, read, and left. */
export async function readStep(
  person: JourneyPerson,
  reference: string,
  title: string,
): Promise<string> {
  await openStep(person, reference, title);
  const text = person.screen()?.text ?? '';
  await person.press('Back');
  return text;
}
