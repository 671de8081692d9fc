import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, openPage, pane, say, startBrowser } from './practice-browser.ts';
import { startRealPractice, type RealPractice } from './real-practice.ts';
import { fillIn, walk, walkCard, type AtStep } from './walking.ts';

/*
 * The main job in a browser, on what `npm start` starts: a teacher raises a concern, the lead walks it, IT does
 * its task without a name, a deputy confirms the closing, and the teacher hears that it is closed.
 */

const seats = '/?left=hillside.amy.lowe&right=hillside.priya.nair';
const child = 'Zebedee Quill';
let browser: Browser;
let practice: RealPractice;
let page: Page;
let left: Locator;
let right: Locator;
let errors: string[];
let reference: string;

beforeAll(async () => {
  browser = await startBrowser();
  practice = await startRealPractice();
  ({ page, errors } = await openPage(browser, `${practice.url}${seats}`));
  page.setDefaultTimeout(20_000);
  left = pane(page, 'left');
  right = pane(page, 'right');
}, 180_000);
afterAll(async () => {
  await browser.close();
  await practice.stop();
});

const day = '2026-11-27';
const seenAt = (label: string) => ({ [`${label}: day`]: day, [`${label}: time`]: '10:40' });

/** What the lead does at each step, by its title. */
const steps: Record<string, AtStep | AtStep[]> = {
  'Is any child at risk right now?': { press: 'No' },
  'May an adult here have done something?': { press: 'No' },
  'Is any child affected?': { press: 'Yes, or we do not know yet' },
  'Name each child involved': [
    {
      press: 'Name a child',
      form: { 'Full name': child, 'Saw or heard it': true, Yes: true },
    },
    { press: 'That is everybody' },
  ],
  'Where is the child now?': { press: 'Answer', form: { 'In school': true } },
  'Is home part of the worry?': { press: 'No' },
  'Whose devices are involved?': { press: 'Answer', form: { 'A school device or account': true } },
  'Could it be a crime?': { press: 'No' },
  'What got through, or is blocked?': {
    press: 'Answer',
    form: { 'Legal but not right for children': true },
  },
  'By chance, or looked for?': { press: 'By chance' },
  'Is a child upset, or was it self-harm?': { press: 'No' },
  'Screen off, computer on': { press: 'Done' },
  'Are children elsewhere, or others, involved?': { press: 'No' },
  'Write the breach down': {
    press: 'Done, record it',
    form: { 'Device number': '14', ...seenAt('When it was seen'), Yes: true },
  },
  'Block it and find out why': {
    press: 'Give it to IT',
    form: { 'What they need to know': 'Device 14, about 10:40.' },
  },
  'Will the filter be changed?': { press: 'No' },
  'Tell the leadership team': {
    press: 'Done, record it',
    form: { 'Who was told': 'The headteacher', ...seenAt('Date and time') },
  },
  'Shall this child’s parents be told?': { press: 'Answer', form: { 'Tell them now': true } },
  'Tell this child’s parents': {
    press: 'Done, record it',
    form: {
      'Who was told': 'Both parents',
      'Who told them': 'Priya Nair',
      ...seenAt('Date and time'),
      'By phone': true,
      'What they were told': 'What was seen, and that it was by chance.',
      'What they said': 'They thanked us.',
    },
  },
  'Help for this child': {
    press: 'Done, record it',
    form: {
      'What help was offered': 'A talk with the form tutor.',
      'Who gives it': 'The form tutor',
      'When this is looked at again': '2026-12-04',
    },
  },
  'How do you know?': { press: 'Answer', form: { 'I saw it': true } },
  'Are you unsure what to do?': { press: 'No, I know what to do' },
  'Talk with the children involved': {
    press: 'We will not do this',
    form: { 'Why will you not do this?': 'It was by chance and is settled.' },
  },
  'Ask how the reporter is': { press: 'Done, record it', form: {} },
  'Which kinds of online risk were there?': {
    press: 'Answer',
    form: { 'Commerce (gambling, scams, adverts)': true },
  },
  'Look back at how it went': {
    press: 'Done, record it',
    form: {
      'Summary of the concern': 'A page for bets opened by chance.',
      'Actions, decisions and reasons': 'Blocked; parents told.',
      'How it ended for each child': 'Well.',
      'Was it handled well?': 'Yes.',
    },
  },
  Debrief: {
    press: 'Done, record it',
    form: { 'What worked': 'It was quick.', 'What we learnt': 'Nothing new.', Nothing: true },
  },
};

describe('from /concern to closure, as three people and IT', () => {
  test('a teacher raises it', async () => {
    await say(left, '/concern');
    await left.getByRole('button', { name: /^No, or I’m not sure/ }).click();
    await left.getByRole('checkbox', { name: 'A child here' }).check();
    await left.getByRole('checkbox', { name: /^A website got through the filter/ }).check();
    await left.getByRole('button', { name: 'Next' }).last().click();
    await fillIn(left, {
      'What was said or seen, in their words': `${child} saw a page for bets in the library.`,
      'Not yet': true,
    });
    await left.getByRole('button', { name: 'Send' }).first().click();
    const log = left.getByRole('log');
    await log.getByText(/^Reference HS-/).waitFor();
    reference = /HS-\w{5}-\w{5}/.exec(await log.innerText())?.[0] ?? '';
    expect(reference).not.toBe('');
  });

  test(
    'the lead claims it and walks it until only IT is missing',
    { timeout: 240_000 },
    async () => {
      await right.getByRole('button', { name: /Safeguarding/ }).click();
      await right.getByRole('button', { name: 'Claim' }).click();
      await right.getByText(/^Claimed by P\. Nair/).waitFor();
      await openChat(right);
      await right.getByRole('heading', { name: 'Is any child at risk right now?' }).waitFor();
      const walked = await walk(right, steps, 'IT has it, as task');
      expect(walked).toContain('Shall this child’s parents be told?: child 1');
      expect(walked).not.toContain('Look back at how it went');
      await closeDialog(right);
    },
  );

  test('IT gets a task that holds no name, and does it', async () => {
    await sit(left, 'hillside.ben.okoro');
    await openChat(left);
    await left.getByRole('button', { name: 'Open' }).click();
    const dialog = left.getByRole('dialog');
    await dialog.getByText('Device 14, about 10:40.').waitFor();
    expect(await left.innerText()).not.toMatch(/Zebedee|Quill|HS-/);
    await fillIn(dialog, {
      'Why it got through': 'A new address.',
      'Yes, tested': true,
      'Did others reach it? > No': true,
      'What the provider was told': 'The address.',
    });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await right.getByText(/IT is done with task T-\d{4}/).waitFor();
    await walkCard(right).getByText('IT has it').waitFor({ state: 'detached' });
  });

  test('nobody closes a case alone: a deputy confirms it', { timeout: 120_000 }, async () => {
    await walk(right, steps, 'Every step is settled');
    await closeDialog(right);
    await walkCard(right).getByRole('button', { name: 'Close', exact: true }).click();
    const closing = right.getByRole('dialog');
    await fillIn(closing, {
      'Handled in school': true,
      'Summary: what the concern was and what was done': 'A page for bets opened by chance.',
      Outcome: 'Blocked.',
    });
    await closing.getByRole('button', { name: 'Ask to close it' }).click();
    await right.getByText('waiting for a second person').first().waitFor();
    await sit(left, 'hillside.tom.hale');
    await openChat(left);
    await left.getByRole('button', { name: 'Read it' }).click();
    await left.getByRole('dialog').getByText(child).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await closeDialog(left);
    await left.getByRole('button', { name: 'Confirm and close' }).click();
    await right
      .getByText(/closed \w{3} \d+ \w{3}/)
      .first()
      .waitFor();
  });

  test('the teacher hears that it is closed, and nothing else', async () => {
    await sit(left, 'hillside.amy.lowe');
    await openChat(left);
    const log = left.getByRole('log');
    await log.getByText(`${reference} is closed.`).waitFor();
    expect(await log.innerText()).not.toMatch(/Blocked|Handled in school|Ben Okoro/);
  });

  test('nothing went wrong on the way, and no name is in the log', () => {
    expect(errors).toEqual([]);
    expect(practice.logged.join('\n')).not.toContain(child);
    expect(practice.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

async function sit(where: Locator, who: string): Promise<void> {
  await where.getByRole('combobox', { name: 'You are' }).selectOption(who);
}

async function openChat(where: Locator): Promise<void> {
  await where
    .getByRole('button', { name: /^Concern/ })
    .first()
    .click();
}

async function closeDialog(where: Locator): Promise<void> {
  const dialog = where.getByRole('dialog');
  if ((await dialog.count()) === 0) return;
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await dialog.waitFor({ state: 'detached' });
}
