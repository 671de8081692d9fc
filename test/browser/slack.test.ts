import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Card } from '../../src/chat/elements.ts';
import type { Interaction, Reply } from '../../src/chat/interaction.ts';
import { startSlackAdapter, type SlackAdapterBench } from '../practice/support/slack-adapter.ts';
import { slackUser } from '../practice/support/slack-directory.ts';
import { card, everyField } from '../slack/bench.ts';
import {
  axeViolations,
  beyondTheEdge,
  isInADialog,
  nameOfFocused,
  openPage,
  pane,
  say,
  startBrowser,
  tooSmallToHit,
} from './practice-browser.ts';

/*
 * The Slack side of the page with the bot's own adapter behind it, and a stub of the conversation.
 */

const inSlack = '/?left=hillside.amy-lowe&leftIn=slack&right=hillside.priya-nair&rightIn=slack';
let browser: Browser;
let bench: SlackAdapterBench;
let page: Page;
let left: Locator;
let right: Locator;
let errors: string[];
let requests: string[];
let asked: Interaction[];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  bench = await startSlackAdapter();
  asked = [];
  answer(() => ({ type: 'screen', screen: everyField() }));
});
afterEach(async () => {
  await page.context().close();
  await bench.stop();
});

async function sitDown(options: Parameters<typeof openPage>[2] = {}, url = inSlack): Promise<void> {
  ({ page, errors, requests } = await openPage(browser, `${bench.running.url}${url}`, options));
  left = pane(page, 'left');
  right = pane(page, 'right');
}

function answer(respond: (interaction: Interaction) => Reply | Promise<Reply>): void {
  bench.replies(async (interaction) => {
    asked.push(interaction);
    return respond(interaction);
  });
}

async function send(id: string, content: Card): Promise<void> {
  const target = {
    type: 'person',
    tenant: 'T0HILLSIDE',
    user: slackUser(id),
    address: null,
  } as const;
  expect(await bench.send(target, content)).toMatchObject({ type: 'sent' });
}

async function openForm(): Promise<Locator> {
  await say(left, '/concern');
  await left.getByRole('dialog', { name: 'About it' }).waitFor();
  return left.getByRole('dialog');
}

describe('a window', () => {
  test('opens at once and says to ring 999, and then becomes the form', async () => {
    let reply: (reply: Reply) => void = () => undefined;
    answer(() => new Promise((resolve) => (reply = resolve)));
    await sitDown();
    await say(left, '/concern');
    await left.getByText('If a child is in danger, ring 999 now.').waitFor();
    await expect.poll(() => asked.length).toBe(1);
    reply({ type: 'screen', screen: everyField() });
    await left.getByRole('dialog', { name: 'About it' }).waitFor();
    expect(await left.getByRole('article').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('is kept as it is when something is wrong, which is said beside the field', async () => {
    await sitDown();
    const dialog = await openForm();
    await dialog.getByRole('textbox', { name: 'What was said' }).fill('in their words');
    await dialog.getByRole('radio', { name: 'Yes' }).check();
    const fields = { place: 'Please say where.' };
    answer(() => ({ type: 'problem', message: 'Not saved.', fields }));
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Please say where.').waitFor();
    const where = dialog.getByRole('textbox', { name: 'Where' });
    expect(await where.getAttribute('aria-invalid')).toBe('true');
    expect(await dialog.locator('[data-wrong=true] input:focus').count()).toBe(1);
    expect(await dialog.getByRole('textbox', { name: 'What was said' }).inputValue()).toBe(
      'in their words',
    );
    await where.fill('in the hall');
    expect(await dialog.getByText('Please say where.').count()).toBe(0);
  });

  test('is not sent while something required is missing', async () => {
    await sitDown();
    const dialog = await openForm();
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    expect(await nameOfFocused(page)).toBe('');
    expect(asked.map(({ type }) => type)).toEqual(['asked-to-raise']);
  });

  test('keeps what was typed when the bot draws it again', async () => {
    await sitDown();
    const dialog = await openForm();
    await dialog.getByRole('textbox', { name: 'What was said' }).fill('half a sen');
    await dialog.getByRole('checkbox', { name: 'Yes' }).check();
    answer(() => ({ type: 'notice', text: 'Nothing changed.' }));
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByText('Nothing changed.').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'What was said' }).inputValue()).toBe(
      'half a sen',
    );
    expect(await dialog.getByRole('checkbox', { name: 'Yes' }).isChecked()).toBe(true);
  });

  test('keeps what was typed while somebody else sits in that place', async () => {
    await sitDown();
    const dialog = await openForm();
    await dialog.getByRole('textbox', { name: 'What was said' }).fill('half a sen');
    const who = left.getByRole('combobox', { name: 'You are' });
    await who.selectOption({ label: 'Ruth Carr, headteacher' });
    await left.getByRole('textbox', { name: 'Message to Concern' }).waitFor();
    await who.selectOption({ label: 'Amy Lowe, teacher' });
    expect(await dialog.getByRole('textbox', { name: 'What was said' }).inputValue()).toBe(
      'half a sen',
    );
  });

  test('sends what every kind of field holds', async () => {
    await sitDown();
    const dialog = await openForm();
    answer(({ type }) => {
      if (type !== 'searched') return { type: 'finished', card: card('Saved at 10:32.') };
      return { type: 'choices', choices: [{ id: 'p7', label: 'Tom Hale, deputy' }] };
    });
    await dialog.getByRole('radio', { name: 'Yes' }).check();
    await dialog.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Yes' });
    await dialog.getByRole('checkbox', { name: /^No/ }).check();
    await dialog.getByRole('combobox', { name: 'Who' }).pressSequentially('to');
    await dialog.getByRole('option', { name: 'Tom Hale, deputy' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('textbox', { name: 'Where' }).fill('in the hall');
    await dialog.getByRole('textbox', { name: 'What was said' }).fill('in *their* words');
    await dialog.getByLabel('Day').fill('2026-11-28');
    await dialog.getByLabel('Time').fill('10:30');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Saved at 10:32.').waitFor();
    expect(asked.findLast(({ type }) => type === 'submitted')).toMatchObject({
      values: {
        adult: 'yes',
        kind: 'yes',
        about: ['no'],
        who: 'p7',
        place: 'in the hall',
        said: 'in *their* words',
        day: '2026-11-28',
        hour: '10:30',
      },
    });
  });

  test('a field that is left with none of the choices in it is empty, as in Slack', async () => {
    answer(({ type }) =>
      type === 'searched'
        ? { type: 'choices', choices: [] }
        : { type: 'screen', screen: everyField() },
    );
    await sitDown();
    const dialog = await openForm();
    const who = dialog.getByRole('combobox', { name: 'Who' });
    await who.fill('nobody');
    await dialog.getByRole('textbox', { name: 'Where' }).focus();
    expect(await who.inputValue()).toBe('');
  });
});

describe('the rest of Slack', () => {
  test('a card changes for its readers; a phone shows the summary; what is new is marked', async () => {
    await sitDown();
    await right.getByRole('button', { name: /staffroom/ }).click();
    const claim = { label: 'Claim', handle: 'h.claim', opens: 'inline', style: 'primary' } as const;
    await send(
      'priya-nair',
      card('', {
        elements: [
          { type: 'heading', text: 'HS-7Q2K9-M4XTW · *picture* :camera:' },
          { type: 'buttons', buttons: [claim] },
        ],
      }),
    );
    await right.getByRole('button', { name: /^Concern 1 unread/ }).click();
    await right.getByText('HS-7Q2K9-M4XTW · *picture* :camera:').waitFor();
    await right.getByRole('button', { name: 'Locked phone' }).click();
    const phone = right.getByRole('region', { name: 'Locked phone of Priya Nair' });
    await phone.getByText('New item HS-7Q2K9-M4XTW').waitFor();
    expect(await phone.innerText()).not.toContain('picture');

    const claimed = card('Claimed', {
      elements: [{ type: 'text', text: 'Claimed by P. Nair 10:36', tone: 'plain' }],
    });
    answer(() => ({ type: 'replace', card: claimed, notice: 'It is yours now.' }));
    await right.getByRole('button', { name: 'Claim' }).click();
    await right.getByText('Claimed by P. Nair 10:36').waitFor();
    await right.getByText('It is yours now.').waitFor();
    await right.getByText('only visible to you').waitFor();
    expect(await left.getByRole('article').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('the two shortcuts open a window; the one on a message keeps its link only', async () => {
    await sitDown();
    await left.getByRole('button', { name: 'Shortcuts' }).click();
    await left.getByRole('menuitem', { name: /^Raise a concern/ }).click();
    await left.getByRole('dialog', { name: 'About it' }).waitFor();
    await page.keyboard.press('Escape');
    await left.getByRole('dialog').waitFor({ state: 'detached' });

    await left.getByRole('button', { name: /staffroom/ }).click();
    await say(left, 'A worry');
    await left.getByRole('button', { name: /^More: You/ }).click();
    await left.getByRole('menuitem', { name: /^Raise as a concern/ }).click();
    await left.getByRole('dialog', { name: 'About it' }).waitFor();
    expect(asked.at(-1)).toMatchObject({ type: 'asked-to-raise', text: '' });
    expect(JSON.stringify(asked.at(-1))).toContain(
      'https://hillside-practice.slack.com/archives/C0STAFFROOM/p',
    );
  });

  test('the home is drawn when it is opened, and its buttons work', async () => {
    const open = {
      label: 'Raise a concern',
      handle: 'h.raise',
      opens: 'dialog',
      style: 'primary',
    } as const;
    answer(({ type }) =>
      type === 'home-opened'
        ? {
            type: 'home',
            card: card('Home', {
              elements: [
                { type: 'heading', text: 'Open cases' },
                { type: 'buttons', buttons: [open] },
              ],
            }),
          }
        : { type: 'screen', screen: everyField() },
    );
    await sitDown();
    await left.getByRole('tab', { name: 'Home' }).click();
    await left.getByRole('heading', { name: 'Open cases' }).waitFor();
    await left.getByRole('button', { name: 'Raise a concern' }).click();
    await left.getByRole('dialog', { name: 'About it' }).waitFor();
  });

  test('a dropped picture stays in the browser, and the bot says to stop', async () => {
    answer(() => ({ type: 'message', card: card('Stop. Please do not send pictures here.') }));
    await sitDown();
    const buffer = Buffer.from('the picture itself');
    await left
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
    await left.getByRole('log').getByText('Stop. Please do not send pictures here.').waitFor();
    expect(asked[0]).toMatchObject({ type: 'said', carries: 'picture-or-file' });
    expect(bench.running.practice.fetchedFiles()).toEqual([]);
  });

  test('where somebody sits is chosen beside their name and kept in the address', async () => {
    await sitDown({}, '/?left=hillside.amy-lowe&right=fernbrook.helen-marsh');
    await left.getByRole('combobox', { name: 'Where Amy Lowe sits' }).selectOption('slack');
    await left.getByRole('navigation', { name: 'Slack of Amy Lowe' }).waitFor();
    expect(page.url()).toContain('leftIn=slack');
    await page.reload();
    await left.getByRole('navigation', { name: 'Slack of Amy Lowe' }).waitFor();
    expect(await right.getByRole('combobox', { name: /^Where/ }).count()).toBe(0);
  });

  test('nothing is asked of any other machine', async () => {
    await sitDown();
    await openForm();
    expect(
      requests.filter((url) => !url.startsWith(bench.running.url) && !url.startsWith('data:')),
    ).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  test('a window keeps the keyboard, asks before it loses anything, and gives the focus back', async () => {
    await sitDown();
    const field = left.getByRole('textbox', { name: 'Message to Concern' });
    await field.focus();
    await page.keyboard.type('/con');
    await page.keyboard.press('Enter');
    const dialog = left.getByRole('dialog', { name: 'About it' });
    await dialog.waitFor();
    await expect.poll(focusedName).toBe('About it');
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      expect(await isInADialog(page)).toBe(true);
    }
    await dialog.getByRole('textbox', { name: 'What was said' }).focus();
    await page.keyboard.type('Something');
    await page.keyboard.press('Escape');
    await dialog.getByText('What you have filled in here will be lost.').waitFor();
    await page.keyboard.press('Enter');
    expect(await dialog.getByRole('textbox', { name: 'What was said' }).inputValue()).toBe(
      'Something',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => left.locator('.composer textarea:focus').count()).toBe(1);
  });

  test('the other pane stays within reach while a window is open', async () => {
    await sitDown();
    await openForm();
    await page.keyboard.press('F6');
    await expect.poll(() => page.locator('[data-side=right]:focus').count()).toBe(1);
    await page.keyboard.press('F6');
    await expect.poll(() => left.getByRole('dialog').locator(':focus').count()).toBe(1);
  });

  test('the app’s two pages are tabs', async () => {
    await sitDown();
    await left.getByRole('tab', { name: 'Messages' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focusedName).toBe('Home');
    await left.getByRole('tabpanel', { name: 'Home of Concern' }).waitFor();
  });

  function focusedName(): Promise<string> {
    return nameOfFocused(page);
  }
});

describe.each(['desk', 'phone'] as const)(
  'axe-core finds nothing, nothing is cut off, all can be hit: %s',
  (size) => {
    test.each(['light', 'dark'] as const)('%s', async (theme) => {
      answer(({ type }) => {
        if (type === 'home-opened') return { type: 'home', card: everything };
        if (type === 'searched')
          return { type: 'choices', choices: [{ id: 'p1', label: 'Tom Hale' }] };
        return { type: 'screen', screen: everyField() };
      });
      await sitDown({ size, theme, firstVisit: true });
      await look('the guide');
      await page.getByRole('button', { name: 'Close the guide' }).click();
      await look('the list');
      if (size === 'phone') await left.getByRole('button', { name: /^Concern/ }).click();
      await look('an empty chat');
      const field = left.getByRole('textbox', { name: 'Message to Concern' });
      await field.fill('/');
      await look('the command');
      await field.fill('');
      await send('amy-lowe', everything);
      await left.getByRole('heading', { name: 'HS-7Q2K9-M4XTW' }).waitFor();
      await look('a card');
      await left.getByRole('button', { name: /^More: Concern/ }).click();
      await look('a menu');
      await page.keyboard.press('Escape');
      await left.getByRole('tab', { name: 'Home' }).click();
      await left.getByRole('tabpanel').getByRole('heading', { name: 'HS-7Q2K9-M4XTW' }).waitFor();
      await look('the home');
      await left.getByRole('tab', { name: 'Messages' }).click();
      await left.getByRole('button', { name: 'Locked phone' }).click();
      await look('the locked phone');
      await left.getByRole('button', { name: 'Locked phone' }).click();
      const dialog = await openForm();
      await look('a window');
      await dialog.getByRole('combobox', { name: 'Who' }).pressSequentially('to');
      await dialog.getByRole('option', { name: 'Tom Hale' }).waitFor();
      await look('an open list');
      await dialog.getByRole('button', { name: 'Send' }).click();
      await dialog.getByText('Please complete this required field.').waitFor();
      await look('what is missing');
      await dialog.getByRole('textbox', { name: 'Where' }).fill('x');
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Close and lose it' }).waitFor();
      await look('the question before losing something');
      await dialog.getByRole('button', { name: 'Close and lose it' }).click();
      expect(errors).toEqual([]);
    });
  },
);

const everything: Card = card('', {
  elements: [
    { type: 'heading', text: 'HS-7Q2K9-M4XTW' },
    { type: 'text', text: 'Plain words that are long enough to need a second line', tone: 'plain' },
    { type: 'text', text: 'Why: so that evidence is kept', tone: 'quiet' },
    { type: 'text', text: 'Ring 999 first', tone: 'danger' },
    { type: 'facts', facts: [{ label: 'Opened', value: '10:32' }] },
    { type: 'never', items: ['look', 'copy'] },
    {
      type: 'checklist',
      items: [
        { title: 'Put the device away safely', state: 'now', note: 'before 15:15' },
        { title: 'Deleting', state: 'locked', note: 'until you have confirmed three things' },
        { title: 'Tell IT', state: 'done', note: null },
      ],
    },
    { type: 'divider' },
    {
      type: 'buttons',
      buttons: [
        { label: 'Claim', handle: 'h.1', opens: 'inline', style: 'primary' },
        { label: 'Open', handle: 'h.2', opens: 'dialog', style: 'plain' },
        { label: 'Close', handle: 'h.3', opens: 'dialog', style: 'danger' },
      ],
    },
  ],
});

/** One state of the page: no violation, nothing beyond the edge, nothing smaller than a thumb. */
async function look(state: string): Promise<void> {
  expect(await axeViolations(page), state).toEqual([]);
  expect(await beyondTheEdge(page), state).toEqual([]);
  expect(await tooSmallToHit(page), state).toEqual([]);
}
