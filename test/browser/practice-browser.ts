import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Both sizes that everything must work at. */
export const sizes = {
  desk: { width: 1280, height: 800 },
  phone: { width: 375, height: 740 },
};

/** Amy on the left, Priya on the right. */
export const seated = '/?left=hillside.amy-lowe&right=hillside.priya-nair';

/** The system's Chromium, with nothing that calls out by itself. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type OpenOptions = {
  size?: keyof typeof sizes;
  theme?: 'light' | 'dark';
  firstVisit?: boolean;
};

/** A page in a browser profile of its own; `errors` collects what goes wrong in it. */
export async function openPage(
  browser: Browser,
  url: string,
  { size = 'desk', theme = 'light', firstVisit = false }: OpenOptions = {},
): Promise<{ page: Page; errors: string[]; requests: string[] }> {
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  if (!firstVisit) {
    await page.addInitScript("localStorage.setItem('practice-guide-seen', 'yes')");
  }
  await page.goto(url);
  await page.getByRole('heading', { name: 'Practice workspace' }).waitFor();
  return { page, errors, requests };
}

/** Every violation of every rule that axe-core knows, as one line each; must be none. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
}

/** One half of the page. */
export function pane(page: Page, side: 'left' | 'right'): Locator {
  return page.locator(`[data-side=${side}]`);
}

/** Types into the open chat and sends. */
export async function say(where: Locator, text: string): Promise<void> {
  await where.getByRole('textbox', { name: /^(Message to|New post|Reply)/ }).fill(text);
  await where.getByRole('button', { name: 'Send' }).click();
}

/** What reaches beyond the right edge of the screen. */
export function beyondTheEdge(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    [...document.querySelectorAll('#app *')]
      .filter((element) => element.checkVisibility() && !element.closest('.only-heard, h1'))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120))`);
}

/** What is lower than 44 px. A tick box or radio button is hit by its whole row, which its label fills. */
export function tooSmallToHit(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    [...document.querySelectorAll('button, select, textarea, input, [role=option]')]
      .filter((element) => element.checkVisibility())
      .map((element) => element.matches('[type=radio], [type=checkbox]') ? element.parentElement : element)
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 120))`);
}

/** The name of what the keyboard is on. */
export function nameOfFocused(page: Page): Promise<string> {
  return page.evaluate<string>(`
    (document.activeElement?.ariaLabel ?? document.activeElement?.innerText ?? '')
      .replaceAll('\\n', ' ').trim()`);
}

/** Whether the keyboard is on something in a dialog. */
export function isInADialog(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("document.activeElement?.closest('[role=dialog]') !== null");
}
