import { answerMonitoring } from '../app/answer-monitoring.ts';
import { countConcerns } from '../app/count-concerns.ts';
import { setAway } from '../app/set-away.ts';
import { dayOf, dayWords } from '../domain/deadlines.ts';
import { readDay } from '../domain/typed-day.ts';
import type { Action } from './action.ts';
import { awayCard, numbersCard, unreadDayCard } from './cards/duty-cards.ts';
import { nothingHereCard } from './cards/plain-cards.ts';
import { answeredBeforeWords, monitoringCard } from './cards/week-cards.ts';
import { drawn, notice, type Context } from './context.ts';
import type { Card } from './elements.ts';
import type { Interaction, Reply } from './interaction.ts';
import { startRaising } from './raise.ts';
import { readCommand, type DutyCommand } from './read-command.ts';

/*
 * What people of office type or press besides handling cases: being away, the numbers, the weekly question.
 */

/** The command of an office that was typed, if it was one. */
export function dutyIn(interaction: Interaction): DutyCommand | null {
  if (interaction.type !== 'said' || interaction.place === 'channel') return null;
  const command = readCommand(interaction.text);
  const { type } = command;
  return type === 'away' || type === 'back' || type === 'numbers' ? command : null;
}

/** What is said to it, for every school in which the person works. */
export async function dutyCard(contexts: readonly Context[], command: DutyCommand): Promise<Card> {
  const cards: Card[] = [];
  for (const context of contexts) cards.push(await done(context, command));
  const [first, ...others] = cards;
  if (first === undefined) return nothingHereCard();
  // Being away is the same for all; numbers are each school's own.
  if (command.type !== 'numbers') return first;
  return { ...first, elements: [first, ...others].flatMap(({ elements }) => elements) };
}

function done(context: Context, command: DutyCommand): Promise<Card> {
  switch (command.type) {
    case 'away':
      return goAway(context, command.day);
    case 'back':
      return comeBack(context);
    case 'numbers':
      return showNumbers(context);
  }
}

/** They are not waited for; alarms go to the next. */
async function goAway(context: Context, typed: string): Promise<Card> {
  const day = readDay(typed, dayOf(context.now.toISOString()));
  if (day === null) return unreadDayCard(typed === '');
  const away = await setAway(context.chat.app, context.actor, day);
  return away.ok ? awayCard(dayWords(day)) : nothingHereCard();
}

async function comeBack(context: Context): Promise<Card> {
  const back = await setAway(context.chat.app, context.actor, null);
  return back.ok ? awayCard(null) : nothingHereCard();
}

/** This term's, blurred where they are small. */
async function showNumbers(context: Context): Promise<Card> {
  const numbers = await countConcerns(context.chat.app, context.actor);
  return numbers === null ? nothingHereCard() : numbersCard(numbers, context.school.name);
}

/** The answer to the weekly question; with a concern, the form follows at once. */
export async function answerQuestion(
  context: Context,
  { week, answer }: Action & { type: 'monitoring' },
): Promise<Reply> {
  const { chat, actor, now } = context;
  const confirmed = await answerMonitoring(chat.app, actor, week, answer);
  if (!confirmed.ok) return notice('There is nothing here for you.');
  if (answer === 'concern') return startRaising(context, null);
  const clock = { week, answer: confirmed.answer, dueAt: now.toISOString() };
  const card = await drawn(context, null, 'card', (mint) =>
    monitoringCard(clock, now.toISOString(), mint),
  );
  return {
    type: 'replace',
    card,
    notice: confirmed.before ? answeredBeforeWords(confirmed.answer) : null,
  };
}
