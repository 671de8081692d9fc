import { onCallFor } from './audience.ts';
import type { CaseEvent } from './case-events.ts';
import { audienceOfCase, type CaseState } from './case.ts';
import type { Notice } from './consequences.ts';
import { isAlarm, type Message } from './notification.ts';
import { hereIfAny, withRole, type Person } from './people.ts';

/** Who is told next when a message reaches nobody. `alerted`: people who may open the case from now on. */
export type PassedOn = { notices: Notice[]; alerted: string[] };

const nobody: PassedOn = { notices: [], alerted: [] };

/**
 * A message to somebody who must act was given up, or is late. The next in line is told at once: lead, deputies,
 * leadership on call; for a confidential matter the chair. When nobody is left, the reporter is told whom to
 * ring. Never anybody involved, and never somebody who was tried for this case before.
 * Source: procedures.md G2; assurance.md R10, R12, INV-3.
 * @param tried people to whom an alarm about the case went, or was to go
 */
export function passOn(
  message: Message,
  person: string | null,
  state: CaseState,
  people: readonly Person[],
  tried: ReadonlySet<string>,
): PassedOn {
  if (state.closedAt !== null) return nobody;
  const unclaimed = state.holder === null;
  if (isAlarm(message) || isAcknowledgement(message))
    return unclaimed ? nextInLine(state, people, tried) : nobody;
  const whom = unreachable(message, person, state);
  return whom === null ? nobody : { notices: colleagues(whom, person, state, people), alerted: [] };
}

function isAcknowledgement(message: Message): boolean {
  return message.type === 'reminder' && message.timer === 'acknowledge';
}

function nextInLine(
  state: CaseState,
  people: readonly Person[],
  tried: ReadonlySet<string>,
): PassedOn {
  const audience = audienceOfCase(state, people);
  const manager = state.lane === 'manager';
  const message: Message = { type: manager ? 'confidential' : 'new-concern' };
  const next = tiers(state, people)
    .map((tier) => tier.filter((id) => !tried.has(id)))
    .find((tier) => tier.length > 0);
  if (next === undefined) return { notices: reporterTold(state), alerted: [] };
  const beyond = next.filter((id) => !audience.team.includes(id));
  return { notices: to(next, message), alerted: beyond };
}

/** Those who may be told, in order, without anybody involved. */
function tiers(state: CaseState, people: readonly Person[]): string[][] {
  const audience = audienceOfCase(state, people);
  const ids = (found: Person[]) =>
    hereIfAny(found)
      .map(({ id }) => id)
      .filter((id) => !audience.excluded.includes(id));
  if (state.lane === 'manager') return [audience.team, ids(withRole(people, 'chair'))];
  return [
    ids(withRole(people, 'lead')).filter((id) => audience.team.includes(id)),
    ids(withRole(people, 'deputy')).filter((id) => audience.team.includes(id)),
    audience.team,
    onCallFor(audience, people),
  ];
}

function reporterTold({ reporter, concerns }: CaseState): Notice[] {
  const [concern] = concerns;
  return concern === undefined ? [] : to([reporter], { type: 'not-delivered', concern });
}

type Whom = (Message & { type: 'unreachable' })['who'];

/** Who could not be told something that somebody else must then see to; null when nobody need. */
function unreachable(message: Message, person: string | null, state: CaseState): Whom | null {
  switch (message.type) {
    case 'handed-to-you':
    case 'still-worried':
    case 'words-added':
    case 'task-over':
    case 'closing-returned':
    case 'reminder':
      return person === state.holder ? 'holder' : null;
    case 'please-sign':
      return 'signer';
    case 'task':
      return 'it';
    case 'new-concern-in-channel':
    case 'new-concern':
    case 'confidential':
    case 'picture-in-chat':
    case 'back-unclaimed':
    case 'receipt':
    case 'seen':
    case 'closed':
    case 'nobody-answered':
    case 'not-delivered':
    case 'own-duty':
    case 'walk':
    case 'channel-held':
    case 'unreachable':
      return null;
  }
}

/** The holder hears of a signer or of IT; of the holder the lead does, or the deputies when the lead holds it. */
function colleagues(
  whom: Whom,
  person: string | null,
  state: CaseState,
  people: readonly Person[],
): Notice[] {
  const message: Message = { type: 'unreachable', who: whom };
  if (whom !== 'holder') return state.holder === null ? [] : to([state.holder], message);
  const others = tiers(state, people).map((tier) => tier.filter((id) => id !== person));
  return state.lane === 'manager' ? [] : to(others.find((tier) => tier.length > 0) ?? [], message);
}

/** Everybody to whom an alarm about the case went, or would have gone, by its chronology. */
export function triedIn(events: readonly { event: CaseEvent }[]): Set<string> {
  const tried = events.flatMap(({ event }) =>
    (event.type === 'reached' || event.type === 'not-reached') && event.person !== null
      ? [{ person: event.person, message: event.message }]
      : [],
  );
  return new Set(
    tried
      .filter(({ message }) =>
        ['new-concern', 'confidential', 'picture-in-chat', 'back-unclaimed', 'reminder'].includes(
          message,
        ),
      )
      .map(({ person }) => person),
  );
}

/** Whether anybody but the one who raised it has been reached about the case. */
export function isHeard(events: readonly { event: CaseEvent }[], reporter: string): boolean {
  return events.some(({ event }) => event.type === 'reached' && event.person !== reporter);
}

function to(people: readonly string[], message: Message): Notice[] {
  return [...new Set(people)].map((person) => ({ to: 'person', person, message }));
}
