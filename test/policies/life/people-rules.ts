import { secondPeople } from '../../../src/domain/audience.ts';
import { lineOf } from '../../../src/domain/case-line.ts';
import { audienceOfCase, readersOf, type CaseState } from '../../../src/domain/case.ts';
import { mayReceive, type Notice } from '../../../src/domain/consequences.ts';
import { decide } from '../../../src/domain/decide.ts';
import type { Message } from '../../../src/domain/notification.ts';
import { numbersOf } from '../../../src/domain/numbers.ts';
import { passOn } from '../../../src/domain/passing-on.ts';
import { hasRole, type Person } from '../../../src/domain/people.ts';
import { deeds, may, standingsOf } from '../../../src/domain/permissions.ts';
import { summaryOf } from '../../../src/domain/summary.ts';
import { allMayKnow, managerAmong } from '../../../src/domain/whose-list.ts';
import { broken, type Rule } from './rules.ts';

/**
 * Everybody who must not know of the case, from the people and what was said of them: written anew, without looking
 * at how the product does it. Something done *to* an adult here keeps nobody out, unless it turns out otherwise.
 */
export function mustNotKnow(
  { involvement, allegation }: Pick<CaseState, 'involvement' | 'allegation'>,
  people: readonly Person[],
): Set<string> {
  const { about, adultPart, subjects, conflicts } = involvement;
  const out = new Set(conflicts);
  for (const { id, active } of people) if (!active) out.add(id);
  if (adultPart === 'done-to') return out;
  for (const id of subjects) out.add(id);
  const named = people.some((one) => subjects.includes(one.id) && isTeam(one));
  for (const one of people) {
    if (about.includes('headteacher') && hasRole(one, 'headteacher')) out.add(one.id);
    if (about.includes('lead-or-deputy') && !named && isTeam(one)) out.add(one.id);
  }
  return allegation ? new Set([...out, ...subjects]) : out;
}

function isTeam(person: Person): boolean {
  return hasRole(person, 'lead', 'deputy');
}

/** What the reporter of a concern hears of their own. */
const reporters: readonly Message['type'][] = [
  'receipt',
  'seen',
  'closed',
  'nobody-answered',
  'not-delivered',
];

const noRecipientIsInvolved: Rule = ({ state, notices, life: { people }, chance }) => {
  const out = mustNotKnow(state, people);
  const alarm: Message = { type: state.lane === 'manager' ? 'confidential' : 'new-concern' };
  const tried = new Set(chance(2) === 0 ? [] : ['p0']);
  for (const notice of [...notices, ...passOn(alarm, null, state, people, tried).notices])
    if (notice.to === 'person' && !isReporters(notice) && out.has(notice.person))
      broken(`${notice.message.type} to ${notice.person}`);
  return out.size > 0;
};

function isReporters({ person, message }: Notice & { to: 'person' }): boolean {
  return person === 'amy' && reporters.includes(message.type);
}

const nobodyInvolvedKnows: Rule = ({ state, life: { people } }) => {
  const out = mustNotKnow(state, people);
  const audience = audienceOfCase(state, people);
  const signers = secondPeople(audience, state.holder ?? '', people);
  const { alerted } = passOn({ type: 'new-concern' }, null, state, people, new Set());
  const knowing = [...readersOf(state, people), ...audience.team, ...signers, ...alerted];
  for (const id of [...knowing, state.holder ?? ''])
    if (out.has(id)) broken(`${id} is involved, and may know`);
  if (signers.includes(state.holder ?? '-')) broken('the holder signs what they closed');
  return out.size > 0;
};

/** Whoever was kept out of a concern about an adult here stays out of it as long as it is one. */
const onceOutStaysOut: Rule = ({ state, before, life: { people } }) => {
  if (before === null || !before.allegation || !state.allegation) return false;
  const { subjects, conflicts, about } = before.involvement;
  const heads = about.includes('headteacher') && before.involvement.adultPart !== 'done-to';
  const kept = [
    ...(before.involvement.adultPart === 'done-to' ? [] : subjects),
    ...conflicts,
    ...people.filter((one) => heads && hasRole(one, 'headteacher')).map(({ id }) => id),
  ];
  const readers = readersOf(state, people);
  for (const id of kept) if (readers.includes(id)) broken(`${id} was kept out, and is let in`);
  return kept.length > 0;
};

const confidentialStaysOutOfTheChannel: Rule = ({ state, notices, life: { people } }) => {
  if (state.lane !== 'manager') return false;
  for (const notice of notices) {
    if (notice.to === 'lead-channel') broken('a confidential matter in the channel');
    else if (
      notice.person !== 'amy' &&
      !['confidential', 'please-sign', 'handed-to-you', 'closing-returned'].includes(
        notice.message.type,
      )
    )
      broken(`${notice.message.type} about a confidential matter`);
  }
  const team = people.filter((one) => isTeam(one) && !hasRole(one, 'headteacher', 'chair'));
  const readers = readersOf(state, people);
  for (const { id } of team)
    if (readers.includes(id) && !state.alerted.includes(id)) broken(`${id} of the team reads it`);
  return true;
};

/** Nobody outside may do or receive anything, whatever they press and whatever office they hold. */
const outsidersCanDoNothing: Rule = ({ state, life: { people }, policy, chance }) => {
  const readers = new Set(readersOf(state, people));
  const outside = people.filter(({ id }) => !readers.has(id));
  const one = outside[chance(outside.length || 1)];
  if (one === undefined) return false;
  const standings = standingsOf(one.id, state, people);
  if (standings.size > 0) broken(`${one.id} is ${[...standings].join(', ')}`);
  const deed = deeds[chance(deeds.length)] ?? 'open';
  if (may(deed, one.id, state, people)) broken(`${one.id} may ${deed}`);
  if (mayReceive({ type: 'confidential' }, one.id, state, people))
    broken(`${one.id} may receive it`);
  const setting = {
    policy,
    switches: new Map<string, string>(),
    people,
    actor: one.id,
    now: '2026-11-28T10:00:00Z',
  };
  for (const command of [
    { type: 'claim' },
    { type: 'note', text: 'x' },
    { type: 'sign', accept: true },
  ] as const)
    if (decide(state, { ...command, seen: null }, setting).ok)
      broken(`${one.id} could ${command.type}`);
  return true;
};

/** What somebody outside is shown is the same whether or not the confidential matter exists. */
const nothingShowsOutside: Rule = ({ state, walk: walked, policy, life: { people } }) => {
  if (state.lane !== 'manager') return false;
  const readers = readersOf(state, people);
  const line = { ...lineOf(state, walked, [], policy), readers };
  const now = '2026-11-29T10:00:00Z';
  const nothing = JSON.stringify(summaryOf([], now));
  for (const { id } of people.filter((one) => !readers.includes(one.id))) {
    if (
      JSON.stringify(
        summaryOf(
          [line].filter((one) => allMayKnow([id], one)),
          now,
        ),
      ) !== nothing
    )
      broken(`${id} sees it in the summary`);
    if (managerAmong(line, people) === id) broken(`${id} sees it in a private list`);
  }
  if (JSON.stringify(summaryOf([line], now)) !== nothing) broken('it counts in the team’s summary');
  const counted = [line].filter(({ lane }) => lane === 'lead');
  if (numbersOf(counted, line.kinds, []).total !== numbersOf([], line.kinds, []).total)
    broken('it counts in the governors’ numbers');
  return true;
};

/** In a confidential matter neither the team nor IT is asked for anything before its time. */
const teamAndItStayOut: Rule = ({ state, places, walk: { running } }) => {
  if (!running.includes('staff') || !state.allegation) return false;
  for (const step of ['parents', 'tell-parents', 'support', 'review', 'social-care'])
    if (places.has(`spine/${step}`)) broken(`spine/${step} is asked for`);
  for (const { step, locks, state: now } of [...places.values()].flat()) {
    if (step.who !== 'it') continue;
    if (step.task_shows !== undefined) broken(`${step.ref} tells IT more than it must`);
    if (!isAdvised(places) && locks.length === 0 && now !== 'forbidden')
      broken(`${step.ref} could be given to IT`);
  }
  return true;
};

/** The four questions are answered, and the LADO has advised where the LADO is due. */
function isAdvised(places: Parameters<Rule>[0]['places']): boolean {
  const answered = (ref: string) => (places.get(ref)?.[0]?.answer ?? null) !== null;
  const four = ['harmed', 'offence', 'risk', 'suitability'].every((one) =>
    answered(`staff/${one}`),
  );
  const lado = places.get('staff/lado')?.[0];
  return four && (lado === undefined || lado.answer?.result === 'done');
}

/** Whether anything has changed by which somebody else may know; now and then also when nothing has. */
function isAboutPeople(rule: Rule): Rule {
  return (moment) => {
    const { before, state, chance } = moment;
    const same =
      before !== null &&
      before.involvement === state.involvement &&
      before.holder === state.holder &&
      before.lane === state.lane;
    return same && chance(5) > 0 ? false : rule(moment);
  };
}

/** The rules about who knows. By what they say. */
export const peopleRules: Readonly<Record<string, Rule>> = {
  'no recipient is a subject or in conflict': noRecipientIsInvolved,
  'nobody who is a subject or in conflict reads, holds or signs':
    isAboutPeople(nobodyInvolvedKnows),
  'whoever is kept out of a concern about an adult stays out of it': isAboutPeople(onceOutStaysOut),
  'nothing confidential goes to a channel or says what it is about':
    confidentialStaysOutOfTheChannel,
  'somebody outside can do nothing and receives nothing': isAboutPeople(outsidersCanDoNothing),
  'nothing confidential shows in a list, count or summary of somebody outside':
    isAboutPeople(nothingShowsOutside),
  'neither the team nor IT is asked for anything in a confidential matter before its time':
    teamAndItStayOut,
};
