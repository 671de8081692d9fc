import { audienceOfCase, type CaseState } from './case.ts';
import { onCallFor } from './audience.ts';
import { acknowledgement } from './case-deadlines.ts';
import { dueAt, type SchoolTime } from './deadlines.ts';
import type { Notice } from './consequences.ts';
import type { Message } from './notification.ts';
import { withRole, type Person } from './people.ts';

/** What follows when a clock's time has come. */
export type Chase = {
  notices: Notice[];
  /** People who may open the case from now on, because they are told of it. */
  alerted: string[];
  /** When to look again (ISO instant); null: no more. */
  wakeAt: string | null;
};

type Clock = { what: string; stage: number; dueAt: string };

/**
 * Nobody has claimed it, or a step is due: who is told now. Stages only grow, each is told once, and
 * nobody involved ever is. Source: decisions.md 9; scenarios S3, S42; procedures.md T10-A1.
 */
export function chase(
  clock: Clock,
  state: CaseState,
  people: readonly Person[],
  time: SchoolTime,
): Chase {
  if (state.closedAt !== null) return { notices: [], alerted: [], wakeAt: null };
  if (clock.what !== acknowledgement) return remind(clock, state);
  if (state.holder !== null) return { notices: [], alerted: [], wakeAt: null };
  return state.lane === 'manager'
    ? chaseManager(clock, state, people, time)
    : chaseTeam(clock, state, people);
}

const minutes = (from: string, count: number) =>
  new Date(Date.parse(from) + count * 60_000).toISOString();

/** Deputies at 10 minutes, leadership on call and the reporter's own phone at 20, everybody once more at 30. */
function chaseTeam(
  { stage, dueAt: due }: Clock,
  state: CaseState,
  people: readonly Person[],
): Chase {
  const audience = audienceOfCase(state, people);
  const onCall = onCallFor(audience, people);
  const deputies = audience.team.filter((id) =>
    withRole(people, 'deputy').some((person) => person.id === id),
  );
  const reminder: Message = { type: 'reminder', timer: acknowledgement, stage: stage + 1 };
  const tellReporter = reporterNotice(state);
  switch (stage) {
    case 0:
      return {
        notices: to(deputies.length > 0 ? deputies : audience.team, reminder),
        alerted: [],
        wakeAt: minutes(due, 10),
      };
    case 1:
      return {
        notices: [...to(onCall, reminder), ...tellReporter],
        alerted: onCall,
        wakeAt: minutes(due, 20),
      };
    case 2:
      return {
        notices: to([...audience.team, ...onCall], reminder),
        alerted: onCall,
        wakeAt: null,
      };
    default:
      return { notices: [], alerted: [], wakeAt: null };
  }
}

/**
 * The manager once more; ten minutes later the reporter hears whom to ring; then, if nobody has looked for two
 * hours of school time, the chair, without content.
 */
function chaseManager(
  { stage, dueAt: due }: Clock,
  state: CaseState,
  people: readonly Person[],
  time: SchoolTime,
): Chase {
  const audience = audienceOfCase(state, people);
  const reminder: Message = { type: 'confidential' };
  if (stage === 0)
    return { notices: to(audience.team, reminder), alerted: [], wakeAt: minutes(due, 10) };
  if (stage === 1)
    return {
      notices: reporterNotice(state),
      alerted: [],
      wakeAt: dueAt(state.waitingSince, '120 school-minutes', time),
    };
  if (stage > 2) return { notices: [], alerted: [], wakeAt: null };
  const chair = withRole(people, 'chair')
    .map(({ id }) => id)
    .filter((id) => !audience.excluded.includes(id) && !audience.team.includes(id));
  return {
    notices: to(chair, reminder),
    alerted: chair,
    wakeAt: null,
  };
}

function reporterNotice({ reporter, concerns }: CaseState): Notice[] {
  const [concern] = concerns;
  return concern === undefined ? [] : to([reporter], { type: 'nobody-answered', concern });
}

/** The holder is told when a step is due and once more a day later. */
function remind({ what, stage, dueAt: due }: Clock, { holder }: CaseState): Chase {
  if (holder === null || stage > 1) return { notices: [], alerted: [], wakeAt: null };
  return {
    notices: to([holder], { type: 'reminder', timer: what, stage: stage + 1 }),
    alerted: [],
    wakeAt: stage === 0 ? minutes(due, 24 * 60) : null,
  };
}

function to(people: readonly string[], message: Message): Notice[] {
  return [...new Set(people)].map((person) => ({ to: 'person', person, message }));
}
