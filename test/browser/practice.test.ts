import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startPractice, type RunningPractice } from '../practice/support/start-practice.ts';
import {
  axeViolations,
  beyondTheEdge,
  isInADialog,
  nameOfFocused,
  openPage,
  pane,
  say,
  seated,
  startBrowser,
  tooSmallToHit,
} from './practice-browser.ts';

let browser: Browser;
let running: RunningPractice;
let page: Page;
let left: Locator;
let right: Locator;
let errors: string[];
let requests: string[];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  running = await startPractice();
});
afterEach(async () => {
  await page.context().close();
  await running.stop();
});

/** Opens the page with Amy on the left and Priya on the right. */
async function sitDown(options: Parameters<typeof openPage>[2] = {}): Promise<void> {
  ({ page, errors, requests } = await openPage(browser, `${running.url}${seated}`, options));
  left = pane(page, 'left');
  right = pane(page, 'right');
}

describe('two people side by side', () => {
  test('a newcomer is shown how to begin, once', async () => {
    ({ page } = await openPage(browser, running.url, { firstVisit: true }));
    await page.getByRole('button', { name: 'Seat Amy Lowe and Priya Nair' }).click();
    expect(page.url()).toBe(`${running.url}${seated}`);
    await page.getByRole('region', { name: 'Left: Amy Lowe' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Right: Priya Nair' }).waitFor();
    expect(await page.getByText('How to practise').count()).toBe(0);
  });

  test('a press changes the card for one; what the bot changes, all see; a phone shows the summary', async () => {
    await sitDown();
    await say(left, '/concern');
    await left.getByRole('button', { name: 'Yes, right now' }).click();
    await left.getByText('You chose yes.').waitFor();

    await say(left, 'tell the leads');
    await right.getByRole('button', { name: /dsl 1 unread/ }).click();
    await right.getByRole('button', { name: 'Claim' }).click();
    await right.getByText('Claimed by P. Nair 10:36').waitFor();
    await right.getByRole('button', { name: /^# dsl New item/ }).waitFor();
    await right.getByRole('button', { name: 'Locked phone' }).click();
    const phone = right.getByRole('region', { name: 'Locked phone of Priya Nair' });
    await phone.getByText('New item HS-7Q2K9-M4XTW needs you').waitFor();
    expect(await phone.innerText()).not.toContain('picture of a child');
    expect(errors).toEqual([]);
  });

  test('everything is still there after a reload', async () => {
    await sitDown();
    await say(left, 'hello');
    await left.getByRole('log').getByText('You said: hello').waitFor();
    await page.reload();
    await left.getByRole('log').getByText('You said: hello').waitFor();
  });

  test('nothing is asked of any other machine', async () => {
    await sitDown();
    await say(left, 'step');
    await left.getByRole('heading', { name: 'Put the device away safely' }).waitFor();
    expect(
      requests.filter((url) => !url.startsWith(running.url) && !url.startsWith('data:')),
    ).toEqual([]);
  });

  test('a dropped picture stays in the browser', async () => {
    await sitDown();
    const buffer = Buffer.from('the picture itself');
    await left
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
    await left.getByRole('log').getByText('Stop. Please do not send pictures here.').waitFor();
    expect(running.bot.arrived[0]?.attachments).toMatchObject([{ contentType: 'image/*' }]);
    expect(JSON.stringify(running.bot.arrived)).not.toContain('the picture itself');
    expect(running.practice.fetchedFiles()).toEqual([]);
  });
});

describe('dialogs', () => {
  test('the slash command in a channel opens a form and sends nothing', async () => {
    await sitDown();
    await left.getByRole('button', { name: /staffroom/ }).click();
    await left.getByRole('textbox', { name: 'New post in staffroom' }).pressSequentially('/con');
    await left.getByRole('button', { name: /^Concern Raise/ }).waitFor();
    await page.keyboard.press('Enter');
    await left.getByRole('dialog', { name: 'What happened' }).waitFor();
    expect(running.bot.arrived.map(({ name }) => name)).toEqual(['composeExtension/fetchTask']);
    expect(await left.getByRole('article').count()).toBe(0);
  });

  test('a message can be raised from its menu', async () => {
    await sitDown();
    await left.getByRole('button', { name: /staffroom/ }).click();
    await say(left, 'A worry');
    await left.getByRole('button', { name: /^More: You/ }).click();
    await left.getByRole('menuitem', { name: /Raise as a concern/ }).click();
    await left.getByRole('dialog').waitFor();
    expect(running.bot.arrived[0]?.value).toMatchObject({ commandContext: 'message' });
  });

  test('a failed send leaves everything that was typed, and says so', async () => {
    await openForm();
    const dialog = right.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Not yet' }).check();
    await dialog.getByRole('textbox', { name: 'In their words' }).fill('in their words');
    await dialog.getByRole('button', { name: 'Fails' }).click();
    await dialog.getByText('Something went wrong. Please try again.').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'In their words' }).inputValue()).toBe(
      'in their words',
    );
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Saved at 10:32.').waitFor();
  });

  test('a field that is missing is named, marked and given the focus', async () => {
    await openForm();
    await right.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
    await right.getByText('Please choose one.').waitFor();
    const group = right.getByRole('radiogroup', { name: /Have you told/ });
    expect(await group.getAttribute('aria-invalid')).toBe('true');
    expect(await group.locator(':focus').count()).toBe(1);
  });

  test('a searching field asks the bot and sends the value of what was chosen', async () => {
    await openForm();
    const dialog = right.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Which adult?' }).pressSequentially('tom');
    await dialog.getByRole('option', { name: 'Tom Hale', exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await dialog.getByRole('combobox', { name: 'Which adult?' }).inputValue()).toBe(
      'Tom Hale',
    );
    await dialog.getByRole('radio', { name: 'Yes' }).check();
    await dialog.getByRole('textbox', { name: 'In their words' }).fill('x');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Saved at 10:32.').waitFor();
    expect(running.bot.arrived.at(-1)?.value).toMatchObject({ data: { person: 'p0', told: '0' } });
  });

  test('what is being typed survives messages that arrive', async () => {
    await sitDown();
    await say(left, 'form');
    const words = left.getByRole('textbox', { name: 'In their words' });
    await words.fill('half a sen');
    await say(left, 'hello');
    await left.getByRole('log').getByText('You said: hello').waitFor();
    expect(await words.inputValue()).toBe('half a sen');
  });

  test('radio buttons of two cards leave each other alone', async () => {
    await sitDown();
    await say(left, 'form');
    await say(right, 'form');
    const [mine, hers] = [left, right].map((side) => side.getByRole('radio', { name: 'Not yet' }));
    await mine?.check();
    await hers?.check();
    expect(await mine?.isChecked()).toBe(true);
  });

  /** Priya opens the form from the card in her channel. */
  async function openForm(): Promise<void> {
    await sitDown();
    await say(left, 'tell the leads');
    await right.getByRole('button', { name: /dsl/ }).click();
    await right.getByRole('button', { name: 'Open', exact: true }).click();
    await right.getByRole('dialog').waitFor();
  }
});

describe('by keyboard alone', () => {
  test('a form is opened, kept open when something is typed, and left to where one was', async () => {
    await sitDown();
    await left.getByRole('textbox', { name: 'Message to Concern' }).focus();
    await page.keyboard.type('tell the leads');
    await page.keyboard.press('Enter');
    await page.keyboard.press('F6');
    await tabTo(/^# dsl/);
    await page.keyboard.press('Enter');
    await right.getByRole('button', { name: 'Open', exact: true }).waitFor();
    await tabTo(/^Open$/);
    await page.keyboard.press('Enter');
    const dialog = right.getByRole('dialog');
    await dialog.waitFor();

    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      expect(await isInADialog(page)).toBe(true);
    }
    await dialog.getByRole('textbox', { name: 'In their words' }).focus();
    await page.keyboard.type('Something');
    await page.keyboard.press('Escape');
    await dialog.getByText('What you have filled in here will be lost.').waitFor();
    await page.keyboard.press('Enter');
    expect(await dialog.getByRole('textbox', { name: 'In their words' }).inputValue()).toBe(
      'Something',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(focusedName).toBe('Open');
  });

  test('a menu opens, moves and closes with the focus back on its button', async () => {
    await sitDown();
    const add = left.getByRole('button', { name: 'Add' });
    await add.focus();
    await page.keyboard.press('Enter');
    await expect.poll(focusedName).toMatch(/^Concern/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(focusedName).toBe('Picture or file');
    await page.keyboard.press('Escape');
    await expect.poll(focusedName).toBe('Add');
  });

  test('the other pane stays within reach while a dialog is open', async () => {
    await sitDown();
    await left.getByRole('button', { name: 'Add' }).click();
    await left.getByRole('menuitem', { name: /^Concern/ }).click();
    await left.getByRole('dialog').waitFor();
    await page.keyboard.press('F6');
    await expect.poll(() => page.locator('[data-side=right]:focus').count()).toBe(1);
    await page.keyboard.press('F6');
    await expect.poll(() => left.getByRole('dialog').locator(':focus').count()).toBe(1);
  });

  async function tabTo(name: RegExp): Promise<void> {
    for (let press = 0; press < 60; press++) {
      await page.keyboard.press('Tab');
      if (name.test(await focusedName())) return;
    }
    throw new Error(`the keyboard does not reach ${String(name)}`);
  }

  function focusedName(): Promise<string> {
    return nameOfFocused(page);
  }
});

describe.each(['desk', 'phone'] as const)(
  'axe-core finds nothing, nothing is cut off, all can be hit: %s',
  (size) => {
    test.each(['light', 'dark'] as const)('%s', async (theme) => {
      await sitDown({ size, theme, firstVisit: true });
      await look('the guide');
      await page.getByRole('button', { name: 'Close the guide' }).click();
      await look('the chats');
      await openChat(left, /^Concern/);
      await look('an empty chat');
      await left.getByRole('textbox', { name: 'Message to Concern' }).fill('/');
      await look('what can be typed');
      await say(left, '/concern');
      await say(left, 'step');
      await left.getByRole('heading', { name: 'Put the device away safely' }).waitFor();
      await look('cards');
      await left.getByRole('button', { name: 'Fails' }).click();
      await left.getByText('Not saved.').waitFor();
      await look('an error on a card');
      await say(left, 'form');
      await left.getByRole('combobox', { name: 'Which adult?' }).fill('a');
      await left.getByRole('option', { name: 'Ruth Carr', exact: true }).waitFor();
      await look('an inline form with an open list');
      await left
        .getByRole('button', { name: /^More: You/ })
        .first()
        .click();
      await look('a menu');
      await page.keyboard.press('Escape');
      await say(left, 'tell the leads');
      await look('something unread');
      if (size === 'phone') await page.getByRole('button', { name: /^Priya Nair/ }).click();
      await openChat(right, /^# dsl/);
      await look('a channel');
      await right.getByRole('textbox', { name: 'New post in dsl' }).fill('/');
      await look('the commands');
      await right.getByRole('textbox', { name: 'New post in dsl' }).fill('');
      await right.getByRole('button', { name: 'Locked phone' }).click();
      await look('the locked phone');
      await right.getByRole('button', { name: 'Locked phone' }).click();
      await right.getByRole('button', { name: 'Open', exact: true }).click();
      await right.getByRole('dialog').waitFor();
      await look('a dialog');
      await right.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
      await look('a dialog with what is missing');
      await right.getByRole('dialog').getByRole('radio', { name: 'Not yet' }).check();
      await page.keyboard.press('Escape');
      await right.getByRole('button', { name: 'Close and lose it' }).waitFor();
      await look('the question before losing something');
      await right.getByRole('button', { name: 'Close and lose it' }).click();
      await right.getByRole('combobox', { name: 'You are' }).selectOption('');
      await look('an empty chair');
      expect(errors).toEqual([]);
    });

    async function openChat(side: Locator, name: RegExp): Promise<void> {
      const link = side.getByRole('navigation').getByRole('button', { name });
      await link.click();
    }
  },
);

/** One state of the page: no violation, nothing beyond the edge, nothing smaller than a thumb. */
async function look(state: string): Promise<void> {
  expect(await axeViolations(page), state).toEqual([]);
  expect(await beyondTheEdge(page), state).toEqual([]);
  expect(await tooSmallToHit(page), state).toEqual([]);
}
