import type { CaseEvent } from './case-events.ts';
import { audienceOfCase, readersOf, type CaseState } from './case.ts';
import { onCallFor } from './audience.ts';
import type { Message } from './notification.ts';
import { withRole, type Person } from './people.ts';

/** Who is told what. A `lead-channel` notice goes to every lead's channel that the school has. */
export type Notice =
  { to: 'person'; person: string; message: Message } | { to: 'lead-channel'; message: Message };

type Change = {
  before: CaseState | null;
  after: CaseState;
  people: readonly Person[];
  actor: string | null;
  /** Whether the school has a channel for its leads; without one they are told in their own chats. */
  hasChannel: boolean;
};

/**
 * Who hears of what has just happened, and in which words. Pure; recipients are computed from the case as
 * it is afterwards, so nobody who has just lost it is told anything new.
 */
export function noticesOf(events: readonly CaseEvent[], change: Change): Notice[] {
  const told = events.flatMap((event) => noticesOfOne(event, change));
  const fresh = newInTeam(change);
  // Whoever hears of the case for the first time is told that there is one, and not that something was added.
  const first = told.filter(
    (notice) =>
      !(
        notice.to === 'person' &&
        notice.message.type === 'words-added' &&
        fresh.includes(notice.person)
      ),
  );
  return withoutRepeats([...first, ...newcomers(events, change)]);
}

function newInTeam({ before, after, people }: Change): string[] {
  if (before === null) return [];
  const known = audienceOfCase(before, people).team;
  return audienceOfCase(after, people).team.filter((person) => !known.includes(person));
}

function noticesOfOne(event: CaseEvent, change: Change): Notice[] {
  const { after } = change;
  switch (event.type) {
    case 'concern-raised':
      return [...newCase(change), ...receipt(event)];
    case 'claimed':
      // A confidential matter is open on its manager's screen; a message about it would only lie in the chat.
      return after.lane === 'manager' ? [] : [...walkTo(after.holder), ...seen(change)];
    case 'handed-over':
      return [
        ...toPeople([event.to], { type: 'handed-to-you' }),
        ...(after.lane === 'manager' ? [] : walkTo(event.to)),
      ];
    case 'unclaimed':
      return nobodyHolds(change);
    case 'conflict-declared':
      return conflict(change);
    case 'moved-to-manager':
    case 'released-to-lead':
      return newCase(change);
    case 'task-given':
      return [toPerson(event.to, { type: 'task', task: event.task })];
    case 'closing-proposed':
      return toPeople(event.signers, { type: 'please-sign' });
    case 'closing-returned':
      return toHandler(change, { type: 'closing-returned' });
    case 'closed':
      return after.lane === 'lead' ? toReporters(change, 'closed') : [];
    case 'reopened':
      return after.holder === null ? nobodyHolds(change) : walkTo(after.holder);
    case 'worry-repeated':
      return toHandler(change, { type: 'still-worried' });
    case 'words-added':
      return toHandler(change, { type: 'words-added' });
    case 'task-declined':
      return toHandler(change, { type: 'task-over', task: event.task, how: 'declined' });
    case 'answered':
      return tasksDone(change);
    case 'urgency-changed':
      return after.holder === null && event.to !== 'routine' ? alarm(change) : [];
    case 'adult-named':
      return lostItsHolder(change) ? toTeam(change, { type: 'confidential' }) : [];
    case 'child-named':
    case 'alerted':
    case 'noted':
    case 'linked':
    case 'policy-switched':
    case 'picture-dropped':
    case 'viewed':
    case 'reached':
    case 'not-reached':
      return [];
  }
}

function nobodyHolds(change: Change): Notice[] {
  const confidential = change.after.lane === 'manager';
  return toTeam(change, { type: confidential ? 'confidential' : 'back-unclaimed' });
}

/**
 * Somebody dropped out. What stands in the channel is taken back from there, because they may be in it; the
 * others must not think that the concern is gone. Source: decisions.md 4.
 */
function conflict(change: Change): Notice[] {
  if (lostItsHolder(change)) return nobodyHolds(change);
  const { after, people } = change;
  const open = after.holder === null && after.closedAt === null && after.lane === 'lead';
  return open && changedChannel(change)
    ? toPeople(audienceOfCase(after, people).team, { type: 'new-concern' })
    : [];
}

function changedChannel({ before, people, hasChannel }: Change): boolean {
  return before !== null && hasChannel && audienceOfCase(before, people).channel;
}

/** A case manager who opens the child's side of a case is no reporter. */
function receipt({ source, reporter, concern }: CaseEvent & { type: 'concern-raised' }): Notice[] {
  return source === 'child-side' ? [] : [toPerson(reporter, { type: 'receipt', concern })];
}

/** A case that its audience has not seen yet: the channel, and as many people at once as its urgency asks. */
function newCase(change: Change): Notice[] {
  const { after, people } = change;
  const audience = audienceOfCase(after, people);
  if (after.lane === 'manager')
    return toPeople([...audience.team, ...calledOut(change)], { type: 'confidential' });
  const channel: Notice[] = throughChannel(change)
    ? [{ to: 'lead-channel', message: { type: 'new-concern-in-channel' } }]
    : [];
  return [...channel, ...alarm(change)];
}

function throughChannel({ after, people, hasChannel }: Change): boolean {
  return hasChannel && audienceOfCase(after, people).channel;
}

/**
 * People told in their own chats: everyone in an emergency or without a channel, the lead when urgent,
 * nobody more for routine.
 */
function alarm(change: Change): Notice[] {
  const { after, people } = change;
  const { team } = audienceOfCase(after, people);
  if (after.source === 'picture') return toPeople(team, { type: 'picture-in-chat' });
  const message: Message = { type: 'new-concern' };
  switch (after.urgency) {
    case 'emergency':
      return toPeople([...team, ...calledOut(change)], message);
    case 'urgent':
      return toPeople(throughChannel(change) ? firstInLine(team, people) : team, message);
    case 'routine':
      return throughChannel(change) ? [] : toPeople(team, message);
  }
}

/** Leadership on call, in an emergency only. They were given the right to open it by an `alerted` event. */
function calledOut({ after, people }: Change): string[] {
  if (after.urgency !== 'emergency') return [];
  const onCall = onCallFor(audienceOfCase(after, people), people);
  return onCall.filter((person) => after.alerted.includes(person));
}

/** The lead who is in; failing that the deputies; failing that everybody of the team. */
function firstInLine(team: readonly string[], people: readonly Person[]): string[] {
  const here = (person: Person) => team.includes(person.id) && person.awayUntil === null;
  const leads = withRole(people, 'lead').filter(here);
  if (leads.length > 0) return leads.map(({ id }) => id);
  const deputies = withRole(people, 'deputy').filter(here);
  return deputies.length > 0 ? deputies.map(({ id }) => id) : [...team];
}

/**
 * Somebody became responsible because those before them dropped out (a conflict, a named adult, a leaver):
 * they have never been told of the case, so they are now.
 */
function newcomers(events: readonly CaseEvent[], change: Change): Notice[] {
  const { before, after } = change;
  if (before?.lane !== after.lane || events.some(({ type }) => type === 'concern-raised'))
    return [];
  const type = after.lane === 'manager' ? 'confidential' : 'new-concern';
  return toPeople(newInTeam(change), { type });
}

function lostItsHolder({ before, after }: Change): boolean {
  return before?.holder !== null && before?.holder !== undefined && after.holder === null;
}

/** Reporters are told that it was seen once, and never in a restricted case. Source: decisions.md 6. */
function seen(change: Change): Notice[] {
  const { before, after } = change;
  if (after.lane === 'manager' || before?.seenAt !== null) return [];
  return toReporters(change, 'seen');
}

function toReporters({ after }: Change, type: 'seen' | 'closed'): Notice[] {
  const [concern] = after.concerns;
  return concern === undefined || after.reporter === ''
    ? []
    : [toPerson(after.reporter, { type, concern })];
}

function toHandler(change: Change, message: Message): Notice[] {
  const { after } = change;
  if (after.holder === null) return toTeam(change, message);
  return toPeople([after.holder], message);
}

/** Tasks that somebody else has just finished for the holder. */
function tasksDone(change: Change): Notice[] {
  const { before, after, actor } = change;
  const given = before?.tasks.filter(({ state }) => state === 'given') ?? [];
  return after.tasks
    .filter(({ task, state }) => state === 'done' && given.some((one) => one.task === task))
    .flatMap(({ task }) =>
      actor === after.holder ? [] : toHandler(change, { type: 'task-over', task, how: 'done' }),
    );
}

function toTeam({ after, people, actor }: Change, message: Message): Notice[] {
  const { team } = audienceOfCase(after, people);
  return toPeople(
    team.filter((person) => person !== actor || team.length === 1),
    message,
  );
}

function walkTo(person: string | null): Notice[] {
  return person === null ? [] : [toPerson(person, { type: 'walk' })];
}

function toPeople(people: readonly string[], message: Message): Notice[] {
  return people.map((person) => toPerson(person, message));
}

function toPerson(person: string, message: Message): Notice {
  return { to: 'person', person, message };
}

function withoutRepeats(notices: Notice[]): Notice[] {
  const seenKeys = new Map(notices.map((notice) => [JSON.stringify(notice), notice]));
  return [...seenKeys.values()];
}

/** Whether a person may still receive a message of this kind about the case. Judged again at sending. */
export function mayReceive(
  message: Message,
  person: string,
  state: CaseState,
  people: readonly Person[],
): boolean {
  const active = people.some(({ id, active: here }) => id === person && here);
  if (!active) return false;
  switch (message.type) {
    case 'receipt':
    case 'seen':
    case 'closed':
    case 'nobody-answered':
    case 'not-delivered':
    case 'own-duty':
      return person === state.reporter;
    case 'task':
      return (
        state.tasks.some(({ task, to }) => task === message.task && to === person) &&
        !isExcluded(person, state, people)
      );
    case 'new-concern-in-channel':
      return false;
    case 'walk':
      return state.holder === person && readersOf(state, people).includes(person);
    case 'new-concern':
    case 'confidential':
    case 'please-sign':
    case 'task-over':
    case 'closing-returned':
    case 'still-worried':
    case 'words-added':
    case 'handed-to-you':
    case 'back-unclaimed':
    case 'reminder':
    case 'picture-in-chat':
    case 'channel-held':
    case 'unreachable':
      return readersOf(state, people).includes(person);
  }
}

function isExcluded(person: string, state: CaseState, people: readonly Person[]): boolean {
  return audienceOfCase(state, people).excluded.includes(person);
}
