import { audienceOfCase, readersOf, type CaseState } from './case.ts';
import type { Person } from './people.ts';

/** What a person is to a case. One person may be several. */
export type Standing = 'holder' | 'team' | 'manager' | 'alerted' | 'signer' | 'tasked' | 'reporter';

/** What can be done with a case. */
export const deeds = [
  'open',
  'claim',
  'unclaim',
  'hand-over',
  'declare-conflict',
  'answer',
  'name-child',
  'name-adult',
  'note',
  'change-urgency',
  'give-task',
  'see-task',
  'finish-task',
  'propose-closing',
  'sign',
  'reopen',
  'link',
  'open-child-side',
  'switch-policy',
  'export',
  'add-words',
  'repeat-worry',
  'record-own-duty',
] as const;
export type Deed = (typeof deeds)[number];

/** Who may do what. The whole of the product's permissions: nothing else grants anything. */
export const permissions: Readonly<Record<Deed, readonly Standing[]>> = {
  open: ['holder', 'team', 'manager', 'alerted', 'signer'],
  claim: ['team', 'manager', 'alerted'],
  unclaim: ['holder'],
  'hand-over': ['holder'],
  'declare-conflict': ['holder', 'team', 'manager', 'alerted', 'signer'],
  answer: ['holder'],
  'name-child': ['holder'],
  'name-adult': ['holder'],
  note: ['holder', 'team', 'manager', 'alerted'],
  'change-urgency': ['holder', 'team', 'manager'],
  'give-task': ['holder'],
  'see-task': ['tasked'],
  'finish-task': ['tasked'],
  'propose-closing': ['holder'],
  sign: ['signer'],
  reopen: ['team', 'manager', 'holder'],
  link: ['holder', 'team', 'manager'],
  'open-child-side': ['manager'],
  'switch-policy': ['holder'],
  export: ['holder', 'team', 'manager'],
  'add-words': ['reporter'],
  'repeat-worry': ['reporter'],
  'record-own-duty': ['reporter'],
};

/** Whether the person may do it to this case as it stands. */
export function may(
  deed: Deed,
  actor: string,
  state: CaseState,
  people: readonly Person[],
): boolean {
  const standings = standingsOf(actor, state, people);
  return permissions[deed].some((standing) => standings.has(standing));
}

/**
 * What the person is to the case now. Somebody who is involved, or has left, is nothing to it but,
 * perhaps, its reporter; somebody who has left is not even that.
 */
export function standingsOf(
  actor: string,
  state: CaseState,
  people: readonly Person[],
): ReadonlySet<Standing> {
  const standings = new Set<Standing>();
  if (!people.some((person) => person.id === actor && person.active)) return standings;
  if (state.reporter === actor) standings.add('reporter');
  const audience = audienceOfCase(state, people);
  if (audience.excluded.includes(actor)) return standings;
  if (state.tasks.some((task) => task.to === actor && task.state === 'given'))
    standings.add('tasked');
  if (!readersOf(state, people).includes(actor)) return standings;
  if (audience.team.includes(actor)) standings.add(state.lane === 'manager' ? 'manager' : 'team');
  if (state.alerted.includes(actor)) standings.add('alerted');
  if (state.closing?.signers.includes(actor) === true) standings.add('signer');
  if (state.holder === actor) standings.add('holder');
  return standings;
}
