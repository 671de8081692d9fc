import type { WeeklyClock } from '../domain/school-week.ts';
import type { Delivery, DeliveryTarget } from './ports.ts';

/*
 * What the clock needs from outside besides the clocks of cases: what happens once a week, who can read the
 * lead's channel, and what has not arrived. Implemented in src/postgres.
 */

/** Something that comes once a week. One row for each school and week, so that it comes once. */
export type SchoolClock = WeeklyClock & {
  id: string;
  school: string;
  /** When somebody must look next; null: nothing more to do. */
  wakeAt: string | null;
  /** How far it has gone; only grows. */
  stage: number;
  /** To the question of the week; null while nobody has answered, or nothing was asked. */
  answer: { what: MonitoringAnswer; by: string; at: string } | null;
};

export type MonitoringAnswer = 'nothing' | 'concern';

/** The lead's channel on one platform, as it was when it was last looked at. */
export type ChannelWatch = {
  platform: 'teams' | 'slack';
  /** A code; null: all was well. */
  trouble: string | null;
  /** People of the school's file who were in it. */
  members: readonly string[];
};

/** Part of one transaction, product scope. */
export type UpkeepTx = {
  /**
   * Makes these clocks run. One that has begun keeps its time; one of the same weeks that is not named any more,
   * and has not begun, stops.
   */
  planWeeks(weeks: readonly string[], clocks: readonly WeeklyClock[], now: string): Promise<void>;
  schoolClock(what: WeeklyClock['what'], week: string): Promise<SchoolClock | null>;
  /** False when somebody else was first: then do nothing. */
  advanceSchoolClock(
    clock: Pick<SchoolClock, 'id' | 'stage'>,
    next: { stage: number; wakeAt: string | null },
  ): Promise<boolean>;
  /** False when it was answered before. */
  answerSchoolClock(id: string, answer: NonNullable<SchoolClock['answer']>): Promise<boolean>;

  /** Holds the row until the end of the transaction; null before the channel was ever looked at. */
  channelWatch(platform: ChannelWatch['platform']): Promise<ChannelWatch | null>;
  saveChannelWatch(watch: ChannelWatch, wakeAt: string): Promise<void>;

  /** Who may open each open case now, by case. */
  openAudiences(): Promise<ReadonlyMap<string, readonly string[]>>;

  /** One message; null when it is not there. */
  delivery(id: string): Promise<Delivery | null>;
  /** Messages about a case that are still to arrive. */
  openDeliveries(caseId: string): Promise<Delivery[]>;
  /** How many messages went to a target since then, redraws left out. */
  sentSince(target: DeliveryTarget, since: string): Promise<number>;
  /** Notes what was done about a message that is late. False when somebody else was first. */
  markLate(id: string, from: number): Promise<boolean>;
};

/** Numbers over everything, without anybody's name. */
export type Measures = {
  unclaimed: number;
  /** Cases older than five minutes of which no message has reached anybody. Source: assurance.md INV-3. */
  unheard: number;
  clocksDue: number;
  waiting: number;
  held: number;
};

/** What the jobs look for, over all schools. */
export type Upkeep = {
  dueClocks(now: string, limit: number): Promise<{ id: string; school: string }[]>;
  readClock(found: { id: string; school: string }): Promise<SchoolClock | null>;
  dueWatches(
    now: string,
    limit: number,
  ): Promise<{ school: string; platform: 'teams' | 'slack' }[]>;
  /** Alarms that have not arrived: older than `first`, or than `second` when the first thing was done about them. */
  late(first: string, second: string, limit: number): Promise<{ id: string; school: string }[]>;
  /** Open cases whose holder has left. */
  ofLeavers(limit: number): Promise<{ caseId: string; school: string }[]>;
  measures(now: string): Promise<Measures>;
};
