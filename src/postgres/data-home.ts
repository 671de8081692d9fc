import { z } from 'zod';
import type { Restored } from '../app/tell-of-restore.ts';
import type { PostgresStore } from './store.ts';

/** Where the database lives, and what to do about it being a copy that was put back. Source: assurance.md R30. */
export type DataHome = {
  /**
   * Says that a process works here. In a copy that nobody has looked at yet, it first holds back every message
   * that waits. `forced`: it is a copy, although it lives where it always did. Null when nothing was ever put back.
   */
  look(how?: { forced: boolean }): Promise<Restored | null>;
  /** It was moved, and nothing is missing: it is no copy. */
  moved(): Promise<void>;
  /** The schools have been told of the copy. */
  told(): Promise<void>;
  /** Sends what was held back, marked as sent again, or drops it. Returns how many messages there were. */
  release(what: 'send' | 'drop'): Promise<number>;
};

const moment = z.date().transform((at) => at.toISOString());
const homeRows = z.tuple([
  z.object({
    copiedAt: moment.nullable(),
    foundAt: moment.nullable(),
    releasedAt: moment.nullable(),
    toldAt: moment.nullable(),
  }),
]);
const releasedRows = z.tuple([z.object({ many: z.bigint().transform(Number) })]);

export function createDataHome({ lookUp }: Pick<PostgresStore, 'lookUp'>): DataHome {
  return {
    look: async ({ forced } = { forced: false }) => {
      const rows = await lookUp(
        (db) => db.$queryRaw`
          SELECT copied_at AS "copiedAt", found_at AS "foundAt", released_at AS "releasedAt",
            told_at AS "toldAt"
          FROM look_at_home(${forced})`,
        'patient',
      );
      const [{ copiedAt, foundAt, ...after }] = homeRows.parse(rows);
      return copiedAt === null || foundAt === null ? null : { copiedAt, foundAt, ...after };
    },
    moved: async () => {
      await lookUp((db) => db.$executeRaw`SELECT home_is_here()`, 'patient');
    },
    told: async () => {
      await lookUp((db) => db.$executeRaw`SELECT home_told()`, 'patient');
    },
    release: async (what) => {
      const rows = await lookUp(
        (db) => db.$queryRaw`SELECT release_held(${what === 'drop'}) AS many`,
        'patient',
      );
      return releasedRows.parse(rows)[0].many;
    },
  };
}
