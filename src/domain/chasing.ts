import { onCallFor } from './audience.ts';
import { acknowledgement, review, type CaseClock } from './case-deadlines.ts';
import { audienceOfCase, type CaseState } from './case.ts';
import type { Notice } from './consequences.ts';
import type { SchoolTime } from './deadlines.ts';
import type { Message } from './notification.ts';
import { withRole, type Person } from './people.ts';
import { momentsOf, passedBy } from './reminders.ts';

/** What follows when a clock's time has come. */
export type Chase = {
  notices: Notice[];
  /** People who may open the case from now on, because they are told of it. */
  alerted: string[];
  /** How far its reminders have gone now. */
  stage: number;
  /** When to look again (ISO instant); null: no more. */
  wakeAt: string | null;
};

type Told = Pick<Chase, 'notices' | 'alerted'>;
const nobody: Told = { notices: [], alerted: [] };

export type ChaseSetting = { people: readonly Person[]; time: SchoolTime; now: string };

/**
 * Nobody has claimed it, or a step is due: who is told now. Each moment is told once; when several have passed
 * unseen, because nothing ran, nobody is told twice. Nobody involved is ever told.
 * Source: decisions.md 9; scenarios S3, S42; procedures.md T10-A1.
 * @param stage how far the clock's reminders had gone
 */
export function chase(
  clock: CaseClock,
  stage: number,
  state: CaseState,
  setting: ChaseSetting,
): Chase {
  const moments = momentsOf(clock, state.lane, setting.time);
  const passed = passedBy(moments, setting.now);
  const wakeAt = moments[passed] ?? null;
  if (state.closedAt !== null || passed <= stage) return { ...nobody, stage, wakeAt };
  return { ...toldAt(clock, stage, passed, state, setting), stage: passed, wakeAt };
}

function toldAt(
  clock: CaseClock,
  stage: number,
  passed: number,
  state: CaseState,
  setting: ChaseSetting,
): Told {
  if (clock.what !== acknowledgement) return remind(clock, passed, state, setting);
  if (state.holder !== null) return nobody;
  const turns = Array.from({ length: passed - stage }, (_, index) => stage + index);
  const step = state.lane === 'manager' ? chaseManager : chaseTeam;
  return together(turns.map((turn) => step(turn, state, setting.people)));
}

/** Everybody once, with the last that is said to them. */
function together(turns: readonly Told[]): Told {
  const notices = new Map<string, Notice>();
  for (const notice of turns.flatMap((turn) => turn.notices))
    notices.set(notice.to === 'person' ? notice.person : 'channel', notice);
  return {
    notices: [...notices.values()],
    alerted: [...new Set(turns.flatMap(({ alerted }) => alerted))],
  };
}

/** Deputies first, then leadership on call and the reporter's own phone, then everybody once more. */
function chaseTeam(turn: number, state: CaseState, people: readonly Person[]): Told {
  const audience = audienceOfCase(state, people);
  const onCall = onCallFor(audience, people);
  const deputies = amongTeam(audience.team, people, 'deputy');
  const reminder: Message = { type: 'reminder', timer: acknowledgement, stage: turn + 1 };
  switch (turn) {
    case 0:
      return { notices: to(deputies.length > 0 ? deputies : audience.team, reminder), alerted: [] };
    case 1:
      return { notices: [...to(onCall, reminder), ...reporterNotice(state)], alerted: onCall };
    case 2:
      return { notices: to([...audience.team, ...onCall], reminder), alerted: onCall };
    default:
      return nobody;
  }
}

/**
 * The manager once more; ten minutes later the reporter hears whom to ring; then, if nobody has looked for two
 * hours of school time, the chair, without content.
 */
function chaseManager(turn: number, state: CaseState, people: readonly Person[]): Told {
  switch (turn) {
    case 0:
      return {
        notices: to(audienceOfCase(state, people).team, { type: 'confidential' }),
        alerted: [],
      };
    case 1:
      return { notices: reporterNotice(state), alerted: [] };
    case 2:
      return chairTold(state, people);
    default:
      return nobody;
  }
}

/** The chair hears that there is something, may open it, and hears nothing of a case that may concern them. */
function chairTold(state: CaseState, people: readonly Person[]): Told {
  const audience = audienceOfCase(state, people);
  const chair = withRole(people, 'chair')
    .map(({ id }) => id)
    .filter((id) => !audience.excluded.includes(id) && !audience.team.includes(id));
  return { notices: to(chair, { type: 'confidential' }), alerted: chair };
}

function reporterNotice({ reporter, concerns }: CaseState): Notice[] {
  const [concern] = concerns;
  return concern === undefined ? [] : to([reporter], { type: 'nobody-answered', concern });
}

function remind(clock: CaseClock, passed: number, state: CaseState, setting: ChaseSetting): Told {
  const message: Message = { type: 'reminder', timer: clock.what, stage: passed };
  return state.lane === 'manager'
    ? remindManager(clock, message, state, setting)
    : remindTeam(clock, message, state, setting);
}

function isOverdue({ dueAt }: CaseClock, { now }: ChaseSetting): boolean {
  return Date.parse(dueAt) <= Date.parse(now);
}

/**
 * The holder. What is still open a day after it was due, home time that has come, and a case that nobody touches
 * are told to the lead too, who may not be the one who has it.
 */
function remindTeam(
  clock: CaseClock,
  message: Message,
  state: CaseState,
  setting: ChaseSetting,
): Told {
  const { holder } = state;
  if (holder === null) return nobody;
  const { team } = audienceOfCase(state, setting.people);
  const dayAfter = Date.parse(clock.dueAt) + 24 * 3_600_000 <= Date.parse(setting.now);
  const home = clock.lasts === 'before-home' && isOverdue(clock, setting);
  if (!dayAfter && !home) return { notices: to([holder], message), alerted: [] };
  const others = (role: 'lead' | 'deputy') =>
    amongTeam(team, setting.people, role).filter((id) => id !== holder);
  const leads = amongTeam(team, setting.people, 'lead');
  const also = leads.includes(holder) ? others('deputy') : leads;
  return { notices: to([holder, ...also], message), alerted: [] };
}

/** The manager, whether they have opened it or not: this clock runs all the same. Overdue: the chair too. */
function remindManager(
  clock: CaseClock,
  message: Message,
  state: CaseState,
  setting: ChaseSetting,
): Told {
  const { people } = setting;
  const workingDay = clock.lasts === 'one-working-day';
  if (state.holder === null && !workingDay) return nobody;
  const team = state.holder === null ? audienceOfCase(state, people).team : [state.holder];
  const manager = { notices: to(team, message), alerted: [] };
  const chair = workingDay && isOverdue(clock, setting) ? chairTold(state, people) : nobody;
  return together([manager, { ...chair, notices: chair.notices.filter(notTo(team)) }]);
}

function notTo(people: readonly string[]): (notice: Notice) => boolean {
  return (notice) => notice.to !== 'person' || !people.includes(notice.person);
}

/** Those of the team with a role, in the order of the file. */
function amongTeam(
  team: readonly string[],
  people: readonly Person[],
  role: 'lead' | 'deputy',
): string[] {
  return withRole(people, role)
    .map(({ id }) => id)
    .filter((id) => team.includes(id));
}

function to(people: readonly string[], message: Message): Notice[] {
  return [...new Set(people)].map((person) => ({ to: 'person', person, message }));
}

/** Whether what a reminder reminds of is still so. Asked again at sending. */
export function stillTrue(
  timer: string,
  state: CaseState,
  clocks: readonly Pick<CaseClock, 'what'>[],
): boolean {
  if (timer === acknowledgement) return state.holder === null && state.closedAt === null;
  return timer === review
    ? state.holder !== null && state.closedAt === null
    : clocks.some(({ what }) => what === timer);
}
