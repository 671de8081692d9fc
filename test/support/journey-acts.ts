import { expect } from 'vitest';
import type { Journey } from './journey.ts';
import type { JourneyPerson, Where } from './journey-person.ts';
import type { Filling, SeenScreen } from './person-driver.ts';

/*
 * What people do in many journeys, so that a journey reads like its scenario.
 */

export type Told = {
  about: string[];
  kinds: string[];
  /** Names of those who are close to somebody involved. */
  close?: string[];
  adult?: { part: 'done-by' | 'done-to' | 'not-sure'; subject?: string; 'subject-typed'?: string };
  /** The boxes of the last screen: `said`, `who`, `link`, … */
  words: Filling;
  told?: 'yes' | 'not-yet';
  /** The answer if asked whether a name in the text is an adult here. */
  check?: Filling;
};

export type Entry = 'form' | 'chat';

const referencePattern = /\b[A-Z]{2}-[0-9A-Z]{5}-[0-9A-Z]{5}\b/;

/** Opens the form, by the platform's own entry or by typing, and says that nobody is in danger. */
export async function beginRaising(person: JourneyPerson, by: Entry = 'form'): Promise<void> {
  if (by === 'form') await person.raises();
  else await person.raisesInChat();
  await person.press('No, or I’m not sure');
}

/** Fills in the screens that come, one after the other, up to the last one; that one is not sent yet. */
export async function fillInConcern(person: JourneyPerson, told: Told): Promise<void> {
  person.fill({ about: told.about, kinds: told.kinds });
  const { close } = told;
  if (close !== undefined) person.fill({ close: labelled(person, 'close', close) });
  await person.submit();
  if (asks(person, 'part')) {
    person.fill(told.adult ?? { part: 'not-sure' });
    await person.submit();
  }
  person.fill({ ...told.words, told: told.told ?? 'yes' });
}

/** Choices by the words they begin with, as somebody reads them. */
function labelled(person: JourneyPerson, field: string, starts: string[]): string[] {
  const found = person.screen()?.fields.find(({ id }) => id === field);
  return starts.map((start) => found?.choices.find((one) => one.startsWith(start)) ?? start);
}

function asks(person: JourneyPerson, field: string): boolean {
  return person.screen()?.fields.some(({ id }) => id === field) ?? false;
}

/** Raises a concern from the first screen to the receipt, and gives its reference. */
export async function raise(
  journey: Journey,
  who: string,
  told: Told,
  by: Entry = 'form',
): Promise<string> {
  const person = journey.person(who);
  await beginRaising(person, by);
  await fillInConcern(person, told);
  await person.submit();
  if (told.check !== undefined) {
    person.fill(told.check);
    await person.submit();
  }
  return saved(journey, person);
}

/** The person has read that it was saved; gives the reference, and waits for whoever is told. */
export async function saved(journey: Journey, person: JourneyPerson): Promise<string> {
  const told = readable(person).find((text) => /Saved (before, )?at/.test(text)) ?? '';
  const [reference] = referencePattern.exec(told) ?? [];
  if (reference === undefined) throw new Error(`not saved: ${seen(person)}`);
  person.close();
  await journey.settled();
  return reference;
}

/** All that the person has before them: the open screen, then the direct chat, newest first. */
export function readable(person: JourneyPerson): string[] {
  const messages = person.chat().map(({ text }) => text);
  return [person.screen()?.text ?? '', ...messages.toReversed()];
}

/** The open screen, else the newest message, and the last sentence that only this person saw. */
export function seen(person: JourneyPerson): string {
  const where = person.screen()?.text ?? person.chat().at(-1)?.text ?? '';
  return [person.notices().at(-1) ?? '', where].join('\n');
}

/** What the bot says a moment later has come. */
export async function reads(person: JourneyPerson, words: string): Promise<void> {
  await person.until(() => seen(person).includes(words));
}

/** An emergency, from the first screen to the receipt. */
export async function raiseEmergency(
  journey: Journey,
  who: string,
  boxes: Filling & { adult: 'no' | 'yes' | 'not-sure' },
): Promise<string> {
  const person = journey.person(who);
  await person.raises();
  await person.press('Yes, right now');
  person.fill(boxes);
  await person.submit();
  return saved(journey, person);
}

/** Claims in the lead's channel. */
export async function claim(
  journey: Journey,
  who: string,
  reference: string,
): Promise<JourneyPerson> {
  const person = journey.person(who);
  await person.press('Claim', { channel: journey.leadChannel, on: reference });
  await journey.settled();
  expect(walkOf(person, reference)?.buttons).toContain('All steps');
  return person;
}

/** The case manager opens a confidential matter: its walk is on the screen. */
export async function openMatter(
  journey: Journey,
  who: string,
  reference: string,
): Promise<JourneyPerson> {
  const person = journey.person(who);
  await person.press('Open', { on: reference });
  await journey.settled();
  return person;
}

type Walk = { text: string; buttons: string[]; at: Where | undefined };

/** The walk as the person sees it: on the open screen, else on its newest card. */
export function walkOf(person: JourneyPerson, reference: string): Walk | null {
  const screen = openWalk(person, reference);
  if (screen !== null) return { text: screen.text, buttons: screen.buttons, at: undefined };
  const card = person
    .chat()
    .findLast(({ text, buttons }) => text.includes(reference) && buttons.includes('All steps'));
  return card === undefined ? null : { ...card, at: { on: reference } };
}

function openWalk(person: JourneyPerson, reference: string): SeenScreen | null {
  const screen = person.screen();
  const walk = screen?.buttons.includes('All steps') === true && screen.text.includes(reference);
  return walk ? screen : null;
}

function walkFor(person: JourneyPerson, reference: string): Walk {
  const walk = walkOf(person, reference);
  if (walk === null) throw new Error(`${person.name} has no walk of ${reference}: ${seen(person)}`);
  return walk;
}

/** Answers a question of the walk with one of its options: by a tap where there is one, else in its dialog. */
export async function answer(
  person: JourneyPerson,
  reference: string,
  title: string,
  option: string | string[],
  more: Filling = {},
): Promise<void> {
  const walk = walkFor(person, reference);
  const taps = walk.text.split('\n').includes(title) && typeof option === 'string';
  if (taps && walk.buttons.includes(option) && Object.keys(more).length === 0) {
    await person.press(option, walk.at);
    return;
  }
  await openStep(person, reference, title);
  person.fill({ chosen: option, ...more });
  await person.submit();
}

/** Records a step as done, with what must be written down. */
export async function record(
  person: JourneyPerson,
  reference: string,
  title: string,
  fields: Filling = {},
): Promise<void> {
  await openStep(person, reference, title);
  person.fill(fields);
  await person.submit();
}

/** Decides against a step, or sets it aside, with the reason. */
export async function leave(
  person: JourneyPerson,
  reference: string,
  title: string,
  how: 'We will not do this' | 'Does not apply',
  reason: string,
): Promise<void> {
  await openStep(person, reference, title);
  await person.press(how);
  person.fill({ reason });
  await person.submit();
}

/** Opens one step in a dialog, from all steps. */
export async function openStep(
  person: JourneyPerson,
  reference: string,
  title: string,
): Promise<void> {
  await openSteps(person, reference);
  await person.press(title);
}

/** Opens the list of all steps, and gives what stands on it. */
export async function openSteps(person: JourneyPerson, reference: string): Promise<SeenScreen> {
  await person.press('All steps', walkFor(person, reference).at);
  const screen = person.screen();
  if (screen === null) throw new Error('no steps');
  return screen;
}

/** Names one child of the case. */
export async function nameChild(
  person: JourneyPerson,
  reference: string,
  name: string,
  parts: string[] = ['other'],
): Promise<void> {
  await openStep(person, reference, 'Name each child involved');
  await person.press('Name a child');
  person.fill({ name, year: 'Year 6', parts, elsewhere: 'here' });
  await person.submit();
}

/** Opens the details: the words, the names, the chronology. */
export async function details(person: JourneyPerson, reference: string): Promise<string> {
  const walk = walkOf(person, reference);
  await person.press('Details', walk === null ? { on: reference } : walk.at);
  return person.screen()?.text ?? '';
}

/** The newest message of the lead's channel about a case, as one of the team reads it. */
export function inChannel(journey: Journey, who: string, reference: string): string {
  const messages = journey.person(who).channel(journey.leadChannel);
  return messages.findLast(({ text }) => text.includes(reference))?.text ?? '';
}

/** The messages of a direct chat that speak of a case. */
export function aboutIn(person: JourneyPerson, reference: string): string[] {
  return person
    .chat()
    .filter(({ text }) => text.includes(reference))
    .map(({ text }) => text);
}

/** Whether anything at all with this reference was ever sent to a person or channel, screens included. */
export function heardOf({ workplace }: Journey, name: string, reference: string): boolean {
  return workplace.recordings().some(({ to, body }) => to === name && body.includes(reference));
}

/** How many things the bot has sent to a person or channel so far, screens included. */
export function sentTo({ workplace }: Journey, name: string): number {
  return workplace.recordings().filter(({ to }) => to === name).length;
}
