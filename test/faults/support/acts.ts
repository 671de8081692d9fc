import { randomUUID } from 'node:crypto';
import { beginRaising, fillInConcern } from '../../support/journey-acts.ts';
import type { JourneyPerson } from '../../support/journey-person.ts';
import type { Told } from './check.ts';
import type { Site } from './site.ts';

/** A form that is filled in and not sent yet. `told` knows what became of it. */
export type Ready = { person: JourneyPerson; told: Told };

/** Fills in the form up to its last button. Everybody raises one concern at a time. */
export async function fillIn(site: Site, key: string): Promise<Ready> {
  const person = site.person(key);
  const told: Told = { marker: `marker ${randomUUID()}`, reporter: person.name, reference: null };
  site.told.push(told);
  for (let tries = 1; ; tries += 1) {
    try {
      await beginRaising(person);
      await fillInConcern(person, {
        about: ['child-here'],
        kinds: ['bullying'],
        words: { said: `Something was written in a groupchat: ${told.marker}` },
      });
      return { person, told };
    } catch (error) {
      // Whoever is told that it took too long, or was not saved, begins again.
      const read = person.screen()?.text ?? person.chat().at(-1)?.text ?? '';
      person.close();
      if (tries === 3) throw new Error(`could not begin: ${read}`, { cause: error });
      await pause(500);
    }
  }
}

/** Presses Send, as often as one likes: it is the same form. Gives what the person then reads. */
export async function send({ person, told }: Ready): Promise<string> {
  const before = person.notices().length;
  await person.submit();
  const notice = person.notices().slice(before).join('\n');
  const read = [notice, person.screen()?.text ?? ''].join('\n');
  const [reference] = /\b[A-Z]{2}-[0-9A-Z]{5}-[0-9A-Z]{5}\b/.exec(read) ?? [];
  if (reference !== undefined && /Saved (before, )?at/.test(read)) told.reference = reference;
  return read;
}

function isSaved({ told }: Ready): boolean {
  return told.reference !== null;
}

/** Presses Send until it is said to be saved; not again if it was. */
export async function sendUntilSaved(ready: Ready, patienceMs = 90_000): Promise<string> {
  let read = '';
  for (const end = Date.now() + patienceMs; !isSaved(ready);) {
    if (Date.now() > end) throw new Error(`it was never saved: ${read.slice(0, 200)}`);
    read = await send(ready);
    if (!isSaved(ready)) await pause(200);
  }
  ready.person.close();
  return read;
}

/** Raises a concern from the first screen to the receipt. */
export async function raise(site: Site, key: string): Promise<string> {
  const ready = await fillIn(site, key);
  await sendUntilSaved(ready);
  return ready.told.reference ?? '';
}

/** Whether the lead's channel has it. */
export function isShown(site: Site, reference: string | null): boolean {
  return shownTimes(site, reference) > 0;
}

/** How many messages about it the lead's channel has. */
export function shownTimes(site: Site, reference: string | null): number {
  if (reference === null) return 0;
  return site
    .shown()
    .filter(({ kind }) => kind === 'channel')
    .flatMap(({ texts }) => texts)
    .filter((text) => text.includes(reference)).length;
}

export function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

/** Waits until something is so. */
export async function until(
  what: () => boolean | Promise<boolean>,
  patienceMs = 60_000,
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await what());) {
    if (Date.now() > end) throw new Error(`it never came to be: ${what.toString()}`);
    await pause(50);
  }
}

/** What was announced counts as long ago, so that the next concerns are announced one by one and not said together. */
export async function calm(site: Site): Promise<void> {
  await site.sql(
    `UPDATE delivery SET settled_at = settled_at - interval '15 minutes' WHERE state = 'sent'`,
  );
}
