import type { CaseEvent, RecordedEvent } from '../domain/case-events.ts';
import type { CaseState, Urgency } from '../domain/case.ts';
import type { Lane } from '../domain/audience.ts';
import type { AnyMessage } from '../domain/notification.ts';
import type { Person } from '../domain/people.ts';
import type { School, SchoolFile } from '../domain/school.ts';
import type { UpkeepTx } from './upkeep-ports.ts';

/*
 * What the use cases need from outside. Implemented in src/postgres (Store), src/jobs (Waker) and by the
 * composition root.
 */

/** The platform account of somebody, exactly as the platform proves it. */
export type Account = { platform: 'teams' | 'slack'; tenant: string; user: string };

/**
 * On whose behalf rows are read and written: it becomes the row-level security of the transaction.
 * `person` sees the school's open reference data and the cases in whose audience they are. `product`
 * sees the whole of one school: intake, deliveries, deadlines and nothing that a person reads.
 */
export type Scope =
  { school: string; as: 'person'; person: string } | { school: string; as: 'product' };

/** The words somebody wrote. Encrypted at rest as one value; addresses in it are defanged before it is made. */
export type Words = Readonly<Record<string, string>>;

export type Concern = {
  id: string;
  caseId: string;
  reporter: string;
  raisedAt: string;
  words: Words;
};

/** A reporter's own list: no words, no outcome. */
export type Receipt = {
  concern: string;
  reference: string;
  raisedAt: string;
  /** Null for restricted cases for ever (decisions.md 6). */
  seenAt: string | null;
  closedAt: string | null;
};

/** A lead's list: what may stand in a chat message. */
export type CaseLine = {
  id: string;
  reference: string;
  label: string;
  urgency: Urgency;
  lane: Lane;
  raisedAt: string;
  holder: string | null;
  state: 'new' | 'active' | 'awaiting' | 'closing' | 'closed';
  openSteps: number;
  nextDue: string | null;
  /** Procedures that run, the spine left out. */
  kinds: string[];
  /** Some agency has not answered yet. */
  awaits: boolean;
  /** The code of its end, `E-CSC`. */
  outcome: string | null;
};

/** `by`: this way only, beside whatever else tries to reach the person. */
export type DeliveryTarget =
  | { type: 'person'; person: string; by?: 'email' }
  | { type: 'lead-channel'; platform: 'teams' | 'slack' };

/** A message that somebody must get. One row per recipient, written with what caused it. */
export type Delivery = {
  id: string;
  school: string;
  caseId: string | null;
  target: DeliveryTarget;
  message: AnyMessage;
  /** `update`: redraw the message of this kind that was sent before, and send nothing when there is none. */
  mode: 'send' | 'update';
  /** `held`: the database was put back from a copy, and this may have been sent since the copy was made. */
  state: 'due' | 'sending' | 'sent' | 'held' | 'failed' | 'dropped';
  attempts: number;
  /** After an unclear answer the message is sent again and says so. */
  unclear: boolean;
  /** What has been done about it for not having arrived in time: 0 nothing, 1 the reporter was told, 2 the next person too. */
  late: number;
  dueAt: string;
  createdAt: string;
};
export type NewDelivery = Pick<Delivery, 'target' | 'message' | 'mode' | 'dueAt'>;

/** A clock that runs on a case. Computed anew after every change; the rows are the truth for the jobs. */
export type Deadline = {
  id: string;
  school: string;
  caseId: string;
  /** The timer's full name, with the child if it has one; or `acknowledge`. */
  what: string;
  dueAt: string;
  /** When the clock job looks at it next; null when nothing more will follow. */
  wakeAt: string | null;
  /** How far its reminders have gone; only grows. */
  stage: number;
  state: 'running' | 'met' | 'void';
};
/** `wakeAt`: when the clock job looks at it first, if that is not when it is due. */
export type NewDeadline = Pick<Deadline, 'what' | 'dueAt'> & { wakeAt?: string };

/** A message that stands in a chat and must change when its case does. */
export type PostedMessage = {
  id: string;
  caseId: string | null;
  target: DeliveryTarget;
  /** Which platform shows it and how the platform names it. */
  platform: 'teams' | 'slack';
  /** What it says, so that a redraw draws the same thing from the case as it stands then. */
  message: AnyMessage;
  name: Readonly<Record<string, string>>;
  /** It was sent after an unclear answer and says so, also when it is redrawn. */
  again: boolean;
  at: string;
};

/** What a button means, kept here and never in the button. */
export type StoredHandle = {
  handle: string;
  school: string;
  /** Who may press it; null for a message that several people see. */
  person: string | null;
  /** A zod-checked action of the conversation. */
  action: unknown;
  caseId: string | null;
  caseVersion: number | null;
  expiresAt: string;
};

/** An unfinished form, for its author alone, for 24 hours. Encrypted. */
export type Draft = {
  id: string;
  school: string;
  person: string;
  content: unknown;
  updatedAt: string;
};

/** What a repeated submission gets instead of a second effect. */
export type Once<T> = { first: true; result: T } | { first: false; result: T };

/** One transaction under one scope. */
export type Tx = UpkeepTx & {
  school(): Promise<School>;

  // Cases
  /** The case with its events, or null when it does not exist *or is not this scope's to see*. `lock` until the end of the transaction. */
  loadCase(
    caseId: string,
    options?: { lock: boolean },
  ): Promise<{ state: CaseState; events: RecordedEvent[] } | null>;
  caseByReference(reference: string): Promise<string | null>;
  /** Opens a case with its first event; the audience rows and the list line are written with it. */
  openCase(input: {
    caseId: string;
    reference: string;
    first: CaseEvent;
    actor: string | null;
    at: string;
    readers: string[];
    line: CaseLine;
  }): Promise<CaseState>;
  /** Appends events, and writes who may read the case from now on. The audit rows follow by themselves. */
  append(input: {
    caseId: string;
    events: CaseEvent[];
    actor: string | null;
    at: string;
    readers: string[];
    line: CaseLine;
    /** For each event, the clause and guidance behind it, for its audit row; empty where none applies. */
    cites: string[];
  }): Promise<CaseState>;
  /** Records a read or a delivery; needs no lock and moves nothing. */
  note(caseId: string, event: CaseEvent, actor: string | null, at: string): Promise<void>;
  caseLines(filter: { open: boolean }): Promise<CaseLine[]>;

  // Concerns and their reporters
  addConcern(concern: Concern): Promise<void>;
  concernsOf(caseId: string): Promise<Concern[]>;
  /** The reporter's own; product scope or the reporter's. */
  receiptsOf(person: string): Promise<Receipt[]>;
  saveReceipt(concern: string, reporter: string, receipt: Receipt): Promise<void>;
  markReceipts(
    caseId: string,
    marks: { seenAt: string | null; closedAt: string | null },
  ): Promise<void>;

  // Sending
  addDeliveries(caseId: string | null, deliveries: NewDelivery[], at: string): Promise<string[]>;
  /** `caseId` null: what is about the school and no case. */
  postedFor(filter: { caseId: string | null; type?: AnyMessage['type'] }): Promise<PostedMessage[]>;
  /**
   * Makes exactly these clocks run. One that runs already for the same time keeps its stage and its wake-up;
   * one that runs for another time, or had stopped, begins anew; one that is not named any more stops.
   */
  replaceDeadlines(caseId: string, deadlines: NewDeadline[]): Promise<void>;
  /** Says how far a clock's reminders have gone and when to look again. False when somebody else was first: then do nothing. */
  advanceDeadline(
    deadline: Pick<Deadline, 'id' | 'stage'>,
    next: { stage: number; wakeAt: string | null },
  ): Promise<boolean>;

  // The conversation
  saveHandles(handles: Omit<StoredHandle, 'school'>[]): Promise<void>;
  saveDraft(draft: Omit<Draft, 'school'>): Promise<void>;
  loadDraft(id: string, person: string): Promise<Draft | null>;
  latestDraft(person: string): Promise<Draft | null>;
  dropDraft(id: string, person: string): Promise<void>;
  /**
   * Runs `work` for the first submission of a nonce and keeps its result; a repeat gets the same result
   * and no effect, also when both arrive at once on two replicas.
   */
  once<T>(nonce: string, person: string, work: () => Promise<T>): Promise<Once<T>>;
  /** What the first submission of a nonce of this person's got; null when there was none. */
  resultOf(nonce: string, person: string): Promise<unknown>;
  /** Takes a nonce back within the transaction that used it: its submission was refused and may be corrected. */
  forgetOnce(nonce: string): Promise<void>;
  /** Until when somebody is away; null: they are back. Product scope. */
  setAway(person: string, until: string | null): Promise<void>;
  /** Something that belongs to no case: a refused press, a set-up change. */
  audit(entry: {
    type: string;
    actor: string | null;
    at: string;
    subject: string | null;
  }): Promise<void>;
};

/** The database. */
export type Store = {
  run<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Every school in which this account is an active member of staff. */
  schoolsOf(account: Account): Promise<{ school: School; person: Person }[]>;
  schools(): Promise<School[]>;
  isRegisteredTenant(platform: Account['platform'], tenant: string): Promise<boolean>;
  /** Needs no scope: the handle itself says which school it belongs to. Null when unknown or expired. */
  findHandle(handle: string, now: string): Promise<StoredHandle | null>;
  accountsOf(
    school: string,
    person: string,
  ): Promise<(Account & { address: Readonly<Record<string, string>> | null })[]>;
  /** In the order in which they are to be tried; none when the person has left. */
  waysTo(school: string, person: string): Promise<Way[]>;
  /** The platform says that the account is gone. Gives the schools where its person has no other and has left with it. */
  endAccount(account: Account, at: string): Promise<{ school: string; person: string }[]>;
  saveAddress(account: Account, address: Readonly<Record<string, string>>): Promise<void>;
  /** True for the first who shows this digest of a request (hex) before `until`, on whichever replica. */
  firstSight(digest: string, until: string): Promise<boolean>;
  /** A school's file made so: people added, changed or deactivated (never removed), audiences recomputed. */
  applySchool(file: SchoolFile, at: string): Promise<{ school: string; changes: string[] }>;
};

/** Tells the delivery job that rows are waiting. Losing a call loses nothing: a sweep finds them. */
export type Waker = { deliveriesWaiting: () => void };

/** The outside time, so that tests can hold it. */
export type Clock = () => Date;

/** A way to reach a person: an account, or an e-mail address. */
export type Way =
  | (Account & { type: 'account'; address: Readonly<Record<string, string>> | null })
  | { type: 'email'; to: string };

/** What became of one attempt to deliver. */
export type Announced =
  | {
      type: 'sent';
      platform: 'teams' | 'slack';
      name: Readonly<Record<string, string>>;
      /** The version of the case that was drawn. When the case has moved since, `settle` asks for a redraw in the same transaction. */
      drawnVersion: number | null;
      /** Ways that were tried before and refused for good. */
      before?: FailedWay[];
    }
  /** By e-mail, because no chat would take it. It holds nothing but that there is something. */
  | { type: 'mailed'; before?: FailedWay[] }
  /** May or may not have arrived: sent again later, and says so then. */
  | { type: 'unclear' }
  | { type: 'later'; waitMs: number }
  /** Will not go this way, whatever is tried. */
  | { type: 'failed'; why: string; before?: FailedWay[] }
  /**
   * Nothing to say any more: the case moved on, the person lost access, there is no message to redraw.
   * `folded`: another message says it together with others.
   */
  | { type: 'dropped'; why?: 'folded' };

/** One way to a person or place, and the code of what stood against it. */
export type FailedWay = { route: string; why: string };

/** Draws and sends one delivery. Decides nothing about retrying. */
export type Announce = (delivery: Delivery) => Promise<Announced>;

/** Drawing or sending it threw. Tried again a few times, then given up with its code, so that one bad row stops nothing. */
export type AnnounceFault = { type: 'fault'; code: string };

/** The clocks as the jobs see them. */
export type Deadlines = {
  /** Running clocks whose `wakeAt` has come, the longest waiting first. */
  due(now: string, limit: number): Promise<Deadline[]>;
};

/** What happens when a clock's time has come. May run twice for one stage: `advanceDeadline` decides who acts. */
export type OnDeadline = (deadline: Deadline) => Promise<void>;

/** The delivery rows as the jobs see them. */
export type Outbox = {
  /** Ids of rows that are due and not leased, oldest first. */
  due(now: string, limit: number): Promise<string[]>;
  /** Takes a due row for a while; null when somebody else has it or it is settled. */
  lease(id: string, now: string, until: string): Promise<Delivery | null>;
  /**
   * Writes what became of it, with the message for later redrawing and the line in the case's
   * chronology. Refused (false) when the lease was lost meanwhile.
   */
  settle(
    lease: Delivery,
    announced: Announced | AnnounceFault,
    now: string,
    retryAt: string,
  ): Promise<boolean>;
  /** Since when the longest waiting message has been due; null when none waits. For the health check. */
  waitingSince(now: string): Promise<string | null>;
};
