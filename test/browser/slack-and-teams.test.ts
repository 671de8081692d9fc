import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axeViolations,
  beyondTheEdge,
  openPage,
  pane,
  say,
  startBrowser,
} from './practice-browser.ts';
import { startRealPractice, type RealPractice } from './real-practice.ts';

/*
 * One school on both platforms, with the real bot and its database: what `npm start` starts. A teacher
 * raises a concern in Slack, the lead takes it up in Teams, and later goes on with it in Slack.
 */

const seats = '/?left=hillside.amy.lowe&leftIn=slack&right=hillside.priya.nair';
const secret = 'Zebedee Quill';
let browser: Browser;
let practice: RealPractice;
let page: Page;
let amy: Locator;
let priya: Locator;
let errors: string[];

beforeAll(async () => {
  browser = await startBrowser();
  practice = await startRealPractice();
  ({ page, errors } = await openPage(browser, `${practice.url}${seats}`));
  page.setDefaultTimeout(20_000);
  amy = pane(page, 'left');
  priya = pane(page, 'right');
}, 180_000);
afterAll(async () => {
  await browser.close();
  await practice.stop();
});

describe('a teacher in Slack, a lead in Teams', () => {
  let reference: string;

  test('Amy raises a concern with /concern in Slack and is told that it is saved', async () => {
    await say(amy, '/concern');
    const dialog = amy.getByRole('dialog');
    await dialog.getByText('999').first().waitFor();
    await dialog.getByRole('button', { name: /^No, or I’m not sure/ }).click();
    await dialog.getByRole('checkbox', { name: 'A child here' }).check();
    await dialog.getByRole('checkbox', { name: 'Bullying online' }).check();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('This goes to the safeguarding team').waitFor();
    const words = dialog.getByRole('textbox', { name: /^What was said or seen/ });
    await words.fill(`${secret} wrote unkind things in the group chat.`);
    await dialog.getByRole('radio', { name: 'Not yet' }).check();
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByRole('heading', { name: /^Saved at/ }).waitFor();
    reference = /HS-\w{5}-\w{5}/.exec(await dialog.innerText())?.[0] ?? '';
    expect(reference).not.toBe('');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await amy.getByRole('log').getByText(`Reference ${reference}`).waitFor();
  });

  test('Priya hears of it in Teams, in a message that holds no name and no words', async () => {
    await priya.getByRole('button', { name: /Safeguarding/ }).click();
    await priya.getByRole('log').getByText(reference).waitFor();
    await priya.getByRole('button', { name: 'Locked phone' }).click();
    const phone = priya.getByRole('region', { name: /^Locked phone/ });
    await phone.getByText(reference).first().waitFor();
    await priya.getByRole('button', { name: 'Locked phone' }).click();
    expect(await priya.innerText()).not.toContain(secret);
  });

  test('what Priya claims in Teams, Amy hears of in Slack', async () => {
    await priya.getByRole('button', { name: 'Claim' }).click();
    await priya.getByText(/^Claimed by P\. Nair/).waitFor();
    await amy.getByRole('log').getByText(`${reference}: seen by the safeguarding team`).waitFor();
  });

  test('Priya walks the first step in Teams, and reads the concern there', async () => {
    await priya
      .getByRole('button', { name: /^Concern/ })
      .first()
      .click();
    const log = priya.getByRole('log');
    const question = log.getByRole('heading', { name: 'Is any child at risk right now?' });
    await question.waitFor();
    await log.getByRole('button', { name: 'No', exact: true }).first().click();
    await question.waitFor({ state: 'detached' });
    await log.getByRole('button', { name: 'Details' }).click();
    await priya.getByRole('dialog').getByText(secret).first().waitFor();
    await priya.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  test('what Amy adds in Slack reaches Priya in Teams', async () => {
    const unread = priya.getByRole('button', { name: /unread/ });
    await priya.getByRole('button', { name: /Staff room/ }).click();
    await amy.getByRole('log').getByRole('button', { name: 'Add something' }).last().click();
    const dialog = amy.getByRole('dialog');
    const submit = dialog.locator('button[type=submit]');
    await submit.waitFor();
    for (let step = 0; step < 4 && (await submit.count()) > 0; step++) {
      for (const group of await dialog.getByRole('radiogroup').all())
        await group.getByRole('radio', { name: /^No/ }).check();
      for (const field of await dialog.getByRole('textbox').all())
        await field.fill('It went on in the evening.');
      await submit.click();
      await page.waitForTimeout(1500);
    }
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await unread.waitFor();
  });

  test('the case is the same in Slack: Priya moves there and goes on', async () => {
    await priya.getByRole('combobox', { name: 'Where Priya Nair sits' }).selectOption('slack');
    await priya.getByRole('tab', { name: 'Home' }).click();
    await priya.getByRole('tabpanel').getByText(reference).waitFor();
    await priya.getByRole('button', { name: 'Open' }).first().click();
    await priya.getByRole('tab', { name: 'Messages' }).click();
    const log = priya.getByRole('log');
    await log.getByText(reference).first().waitFor();
    await log.getByRole('button', { name: 'Details' }).last().click();
    await priya.getByRole('dialog').getByText(secret).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await beyondTheEdge(page)).toEqual([]);
    await priya.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await priya.getByRole('button', { name: /^safeguarding/ }).click();
    await priya.getByText(/^Claimed by P\. Nair/).waitFor();
  });

  test('nothing went wrong on the way, and nothing that was written is in the log', async () => {
    expect(errors).toEqual([]);
    expect(await page.getByText('Slack would have refused').count()).toBe(0);
    expect(practice.logged.join('\n')).not.toContain(secret);
    expect(practice.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});
