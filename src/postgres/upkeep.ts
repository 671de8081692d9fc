import { z } from 'zod';
import type { Upkeep } from '../app/upkeep-ports.ts';
import { alarms } from '../domain/notification.ts';
import { readSchoolClock } from './school-clocks.ts';
import { moment } from './session.ts';
import type { PostgresStore } from './store.ts';

const placed = z.array(z.object({ id: z.uuid(), school: z.uuid() }));
const watched = z.array(z.object({ school: z.uuid(), platform: z.enum(['teams', 'slack']) }));
const left = z.array(z.object({ caseId: z.uuid(), school: z.uuid() }));
const count = z.bigint().transform(Number);
const measured = z.tuple([
  z.object({ unclaimed: count, unheard: count, clocksDue: count, waiting: count, held: count }),
]);

/** What the jobs look for besides messages and the clocks of cases, over all schools. */
export function createUpkeep({ lookUp, session }: PostgresStore): Upkeep {
  const look: typeof lookUp = (work) => lookUp(work, 'patient');
  return {
    dueClocks: async (now, limit) =>
      placed.parse(
        await look(
          (db) => db.$queryRaw`
            SELECT id, school_id AS school FROM due_school_clocks(${moment(now)}, ${limit}::int)`,
        ),
      ),
    readClock: ({ id, school }) =>
      session({ school, as: 'product' }, (opened) => readSchoolClock(opened, { id }), 'patient'),
    dueWatches: async (now, limit) =>
      watched.parse(
        await look(
          (db) => db.$queryRaw`
            SELECT school_id AS school, platform
            FROM due_channel_watches(${moment(now)}, ${limit}::int)`,
        ),
      ),
    late: async (first, second, limit) =>
      placed.parse(
        await look(
          (db) => db.$queryRaw`
            SELECT id, school_id AS school FROM late_deliveries(${moment(first)},
              ${moment(second)}, ${[...alarms]}::text[], ${limit}::int)`,
        ),
      ),
    ofLeavers: async (limit) =>
      left.parse(
        await look(
          (db) => db.$queryRaw`
            SELECT case_id AS "caseId", school_id AS school FROM cases_of_leavers(${limit}::int)`,
        ),
      ),
    measures: async (now) => {
      const rows = await look(
        (db) => db.$queryRaw`
          SELECT unclaimed, unheard, clocks_due AS "clocksDue", waiting, held
          FROM measures(${moment(now)}, ${[...alarms]}::text[])`,
      );
      return measured.parse(rows)[0];
    },
  };
}
