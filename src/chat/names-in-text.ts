import { audienceOf } from '../domain/audience.ts';
import { speaksOfAnyOf } from '../domain/names.ts';
import type { Context } from './context.ts';
import { draftLane, involvementOf, type DraftContent } from './draft.ts';
import { reader } from './read-form.ts';

/*
 * Names of staff in what a reporter wrote. They decide nothing: the reporter is asked. Source: assurance.md,
 * bad input 73.
 */

/** Whether the text of a concern for the safeguarding team speaks of somebody on the staff list. */
export function mayNameAnAdult({ school, person }: Context, content: DraftContent): boolean {
  if (content.checked || draftLane(content) === 'manager') return false;
  const others = school.people.filter(({ id }) => id !== person.id).map(({ name }) => name);
  return speaksOfAnyOf(wordsOf(content), others);
}

/** Those who would receive a concern about an adult and whom its text names, unless the reporter has cleared them. */
export function recipientsNamed({ school }: Context, content: DraftContent): string[] {
  const { lane, team } = audienceOf(draftLane(content), involvementOf(content), school.people);
  if (lane === 'lead') return [];
  return school.people
    .filter(({ id }) => team.includes(id) && !content.cleared.includes(id))
    .filter(({ name }) => speaksOfAnyOf(wordsOf(content), [name]))
    .map(({ id }) => id);
}

function wordsOf({ subjectTyped, typed }: DraftContent): string {
  const { text } = reader(typed);
  return [subjectTyped ?? '', text('said'), text('thoughts'), text('who')].join(' \n ');
}
