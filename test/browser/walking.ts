import type { Locator } from 'playwright-core';

/** What a person does at a step: which button, and what they put into the form that it opens. */
export type AtStep = { press: string; form?: Record<string, string | true> };

/** Buttons that are always there and lead nowhere new. */
const standing = ['All steps', 'Details', 'Note', 'Change an answer', 'Hand over', 'Close', 'Back'];

/**
 * Walks a case in a pane of the practice workspace as a person would: reads the title of the step that stands on
 * the card or in the dialog, presses what `steps` says for it, and fills in the form. Ends where `until` stands;
 * stops with the title when a step comes that nobody said what to do about. A list is for a step that is come to
 * more than once. Returns the titles in their order.
 */
export async function walk(
  where: Locator,
  steps: Record<string, AtStep | AtStep[]>,
  until: string,
): Promise<string[]> {
  const walked: string[] = [];
  const visits = new Map<string, number>();
  for (let taken = 0; taken < 60; taken++) {
    const at = await surfaceOf(where);
    if (await at.getByText(until).count()) return walked;
    const title = (await at.getByRole('heading').allInnerTexts()).at(-1)?.trim() ?? '';
    const key = Object.keys(steps).find((one) => title.startsWith(one));
    const visit = visits.get(title) ?? 0;
    visits.set(title, visit + 1);
    const step = key === undefined ? undefined : [steps[key] ?? []].flat()[visit];
    if (step === undefined)
      throw new Error(
        `Nobody said what to do at “${title}” (${(await buttonsOf(at)).join(' / ')})`,
      );
    walked.push(title);
    await doStep(where, at, title, step);
  }
  throw new Error(`Never came to “${until}”: ${walked.join(' | ')}`);
}

/** The dialog while one is open, otherwise the card. */
async function surfaceOf(where: Locator): Promise<Locator> {
  const dialog = where.getByRole('dialog');
  return (await dialog.count()) > 0 ? dialog : walkCard(where);
}

/** The newest card that shows a walk. */
export function walkCard(where: Locator): Locator {
  const allSteps = where.page().getByRole('button', { name: 'All steps' });
  return where.getByRole('article').filter({ has: allSteps }).last();
}

async function doStep(where: Locator, at: Locator, title: string, step: AtStep): Promise<void> {
  const before = await faceOf(at);
  await at.getByRole('button', { name: step.press, exact: true }).first().click();
  await changed(where, before);
  if (step.form === undefined) return;
  const dialog = where.getByRole('dialog');
  await fillIn(dialog, step.form);
  const form = await faceOf(dialog);
  const [send] = (await buttonsOf(dialog)).filter((name) => !standing.includes(name));
  await dialog
    .getByRole('button', { name: send ?? 'Save', exact: true })
    .first()
    .click();
  await changed(where, form);
  const refused = await dialog.getByRole('alert').allInnerTexts();
  if (refused.some((words) => words.trim() !== ''))
    throw new Error(`Refused at “${title}”: ${refused.join(' ')}`);
}

/**
 * Fills the form by the labels of its fields; `true` ticks the choice that has that label, and `Question > Choice`
 * names a choice that more than one question has.
 */
export async function fillIn(form: Locator, values: Record<string, string | true>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const [choice = '', question] = label.split(' > ').toReversed();
    const within = question === undefined ? form : form.getByRole('radiogroup', { name: question });
    if (value === true) await within.getByLabel(choice, { exact: true }).first().check();
    else await form.getByLabel(label).first().fill(value);
  }
}

async function buttonsOf(at: Locator): Promise<string[]> {
  const names = await at.getByRole('button').allInnerTexts();
  return names.map((name) => name.trim()).filter((name) => name !== '' && name !== '×');
}

/** What one sees that something happened by: the headings and what can be pressed. */
async function faceOf(at: Locator): Promise<string> {
  return [...(await at.getByRole('heading').allInnerTexts()), ...(await buttonsOf(at))].join('\n');
}

/** Waits until something else stands there than before. */
async function changed(where: Locator, before: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const now = await surfaceOf(where)
      .then(faceOf)
      .catch(() => before);
    if (now !== before) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error('Nothing happened after the press.');
}
