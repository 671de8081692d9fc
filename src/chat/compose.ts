import type { Delivery, Tx } from '../app/ports.ts';
import { viewOf, type CaseView } from '../app/view-case.ts';
import { schoolTime } from '../app/deps.ts';
import type { RecordedEvent } from '../domain/case-events.ts';
import { audienceOfCase, readersOf, type CaseState } from '../domain/case.ts';
import { mayReceive } from '../domain/consequences.ts';
import { replay } from '../domain/evolve.ts';
import { isAboutCase, type Message } from '../domain/notification.ts';
import { stillTrue } from '../domain/chasing.ts';
import { isHeard } from '../domain/passing-on.ts';
import { dayAndTime } from '../domain/deadlines.ts';
import {
  confidentialCard,
  newConcernCard,
  pointerCard,
  signCard,
  taskCard,
} from './cards/case-cards.ts';
import { goneCard } from './cards/plain-cards.ts';
import { receiptCard, receiptOf } from './cards/receipt-card.ts';
import {
  closedCard,
  nobodyAnsweredCard,
  notDeliveredCard,
  seenCard,
} from './cards/reporter-cards.ts';
import { ownDutyCard } from './cards/own-duty-card.ts';
import { walkElements } from './cards/walk-elements.ts';
import { sentAgain } from './compose-for-school.ts';
import type { ChatDeps } from './context.ts';
import type { Card } from './elements.ts';
import { createMint, lifetimes, type Mint } from './mint.ts';
import { acknowledgement, review } from '../domain/case-deadlines.ts';
import { may } from '../domain/permissions.ts';

export type Composed = { card: Card; version: number; view: CaseView };

/**
 * Draws what a delivery says from the case as it stands now. Null when there is nothing to say any more:
 * the person may no longer receive it. A message that stands in a chat of somebody who has lost the case
 * becomes the neutral "no longer in this list".
 */
export async function compose(
  chat: ChatDeps,
  tx: Tx,
  delivery: Delivery,
): Promise<Composed | null> {
  const { message } = delivery;
  if (delivery.caseId === null || !isAboutCase(message)) return null;
  const view = await viewOf(tx, chat.app, delivery.caseId);
  if (view === null) return null;
  const { version } = view.state;
  const person = delivery.target.type === 'person' ? delivery.target.person : null;
  const mint = createMint(chat.handleKey, {
    school: view.school.id,
    person,
    version,
    now: new Date(view.now),
    lifetime: lifetimes.card,
  });
  const entitled = isEntitled(view, delivery.target, message);
  if (entitled && isOver(view, delivery, message)) return null;
  const card = entitled
    ? drawMessage(chat, view, message, person, mint)
    : lost(view, delivery, mint);
  if (card === null) return null;
  const minted = mint.minted();
  if (minted.length > 0) await tx.saveHandles(minted);
  return { card: withMarks(card, delivery, view.now), version, view };
}

/** What is sent for the first time only while it is still so: nobody is reminded of what was done meanwhile. */
function isOver(view: Seen, { mode }: Delivery, message: Message): boolean {
  if (mode === 'update') return false;
  const { state, deadlines } = view;
  switch (message.type) {
    case 'reminder':
      return !stillTrue(message.timer, state, deadlines);
    case 'nobody-answered':
    case 'back-unclaimed':
      return isTaken(state);
    case 'not-delivered':
      return isTaken(state) || isHeard(view.events, state.reporter);
    case 'new-concern':
    case 'new-concern-in-channel':
    case 'confidential':
    case 'receipt':
    case 'own-duty':
    case 'seen':
    case 'closed':
    case 'walk':
    case 'task':
    case 'task-over':
    case 'please-sign':
    case 'closing-returned':
    case 'still-worried':
    case 'words-added':
    case 'handed-to-you':
    case 'picture-in-chat':
    case 'channel-held':
    case 'unreachable':
      return false;
  }
}

function isTaken({ holder, closedAt }: CaseState): boolean {
  return holder !== null || closedAt !== null;
}

/** After an unclear answer it says that it may stand there twice; after a long wait, when it was due. */
function withMarks(card: Card, { unclear, mode, createdAt }: Delivery, now: string): Card {
  const marked = unclear ? sentAgain(card) : card;
  const late = Date.parse(now) - Date.parse(createdAt) >= lateMs;
  if (mode === 'update' || !late) return marked;
  const text = `Late: this was written ${dayAndTime(createdAt)} and could not be sent before.`;
  return { ...marked, elements: [...marked.elements, { type: 'text', text, tone: 'quiet' }] };
}

/** Source: scenario S49. */
const lateMs = 5 * 60_000;

function isEntitled(view: CaseView, target: Delivery['target'], message: Message): boolean {
  const { state, school } = view;
  if (target.type === 'lead-channel') return audienceOfCase(state, school.people).channel;
  return mayReceive(message, target.person, state, school.people);
}

/**
 * Only a message that is already there is replaced; nothing new is sent to somebody who lost the case. Whoever
 * no longer holds it but is still of its team sees who does.
 */
function lost(view: CaseView, { mode, message, target }: Delivery, mint: Mint): Card | null {
  if (mode !== 'update') return null;
  const { state, school } = view;
  const stays =
    message.type === 'walk' &&
    state.lane === 'lead' &&
    target.type === 'person' &&
    readersOf(state, school.people).includes(target.person);
  return stays ? newConcernCard(view, mint, 'new-concern') : goneCard(state.reference);
}

type Seen = CaseView & { events: RecordedEvent[] };

function asRaised({ state, events }: Seen): CaseState {
  return replay(state.id, events.slice(0, 1));
}

function drawMessage(
  chat: ChatDeps,
  view: Seen,
  message: Message,
  person: string | null,
  mint: Mint,
): Card | null {
  const { state, school, policy } = view;
  switch (message.type) {
    case 'new-concern':
    case 'new-concern-in-channel':
      return newConcernCard(view, mint, message.type);
    case 'confidential':
      return confidentialCard(view, mint);
    case 'receipt':
      return receiptCard(
        receiptOf(asRaised(view), school),
        school,
        policy,
        schoolTime(school, chat.app),
        mint,
      );
    case 'seen':
      return state.lane === 'manager' || state.seenAt === null
        ? null
        : seenCard(state.reference, state.seenAt);
    case 'closed':
      return state.lane === 'manager' ? null : closedCard(state.reference);
    case 'nobody-answered':
      return nobodyAnsweredCard(state.reference, school, state.lane);
    case 'not-delivered':
      return notDeliveredCard(state.reference, school, state.lane);
    case 'own-duty':
      return ownDutyCard(view, mint);
    case 'walk':
      return state.lane === 'manager'
        ? confidentialCard(view, mint)
        : walkMessage(chat, view, person, mint);
    case 'task':
      return taskCard(view, message.task, mint);
    case 'please-sign':
      return signCard(view, mint);
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
      return pointerCard(view, mint, message.type, pointerWords(view, message));
  }
}

type PointerMessage = Exclude<
  Message,
  {
    type:
      | 'new-concern'
      | 'new-concern-in-channel'
      | 'confidential'
      | 'receipt'
      | 'seen'
      | 'closed'
      | 'nobody-answered'
      | 'not-delivered'
      | 'own-duty'
      | 'walk'
      | 'task'
      | 'please-sign';
  }
>;

/** One sentence beside the pointer. */
function pointerWords(view: CaseView, message: PointerMessage): string {
  switch (message.type) {
    case 'task-over':
      return message.how === 'done'
        ? `IT is done with task ${message.task}. What they wrote is in the record.`
        : `IT cannot do task ${message.task}. Please speak to them.`;
    case 'closing-returned':
      return 'The second person sent the closing back. Their reason is in the details.';
    case 'still-worried':
      return 'The person who raised it is still worried. Please speak to them.';
    case 'words-added':
      return 'Something was added to it.';
    case 'handed-to-you':
      return 'It was handed over to you.';
    case 'back-unclaimed':
      return 'It has nobody who holds it. Please claim it.';
    case 'reminder':
      return reminderWords(view, message);
    case 'picture-in-chat':
      return 'Somebody sent a picture or a file to the bot. It was not opened. Please find the person who sent it, face to face.';
    case 'channel-held':
      return 'It was not posted in your channel, because the channel is not as private as it must be. Please have its members checked.';
    case 'unreachable':
      return unreachableWords[message.who];
  }
}

function walkMessage(chat: ChatDeps, view: CaseView, person: string | null, mint: Mint): Card {
  const { state, school } = view;
  const holder =
    person !== null && state.holder === person && may('answer', person, state, school.people);
  const drawing = {
    view,
    national: chat.national,
    sources: chat.sources,
    mint,
    holder,
    said: null,
  };
  return {
    kind: 'walk',
    summary: `${state.reference}: what to do next.`,
    elements: walkElements(drawing),
  };
}

const unreachableWords = {
  holder:
    'A message about it could not be delivered to the person who has it. Please find them, or take it over.',
  signer:
    'The person who is asked to confirm it could not be reached. Please find them face to face or by phone.',
  it: 'The task could not be delivered to IT. Please find them face to face or by phone.',
} as const;

/** Of a confidential matter only that something is due, not what. Source: decisions.md 11. */
function reminderWords(
  { state, walk, deadlines, now }: CaseView,
  { timer, stage }: Message & { type: 'reminder' },
): string {
  if (timer === review)
    return 'Nothing has been recorded here for a week. Please look at it again: is anything waiting, and can it be closed?';
  const title =
    state.lane === 'manager'
      ? 'Something here needs you'
      : (walk.timers.find(({ timer: one }) => timer.startsWith(one.ref))?.timer.title ??
        'Nobody has claimed it yet');
  const due = deadlines.find(({ what }) => what === timer)?.dueAt;
  const when =
    due === undefined || timer === acknowledgement
      ? ''
      : due <= now
        ? ` It was due ${dayAndTime(due)}.`
        : ` It is due ${dayAndTime(due)}.`;
  return stage > 0 ? `${title}.${when} This is reminder ${String(stage)}.` : `${title}.${when}`;
}
