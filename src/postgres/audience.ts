import { z } from 'zod';
import { moment, type Session } from './session.ts';

/**
 * Makes exactly these people the readers of a case. Run as the product: whoever loses the case by their own
 * action still has to end their own reading of it.
 */
export async function writeReaders(
  session: Session,
  caseId: string,
  readers: readonly string[],
  at: string,
): Promise<void> {
  const school = session.school;
  const now = moment(at);
  await session.db.$executeRaw`
    UPDATE case_audience SET until = ${now}
    WHERE school_id = ${school}::uuid AND case_id = ${caseId}::uuid AND until IS NULL
      AND NOT person_id = ANY (${[...readers]}::uuid[])`;
  await session.db.$executeRaw`
    INSERT INTO case_audience (school_id, case_id, person_id, since)
    SELECT ${school}::uuid, ${caseId}::uuid, reader, ${now} FROM unnest(${[...readers]}::uuid[]) AS reader
    ON CONFLICT (case_id, person_id) WHERE until IS NULL DO NOTHING`;
}

const audienceRows = z.array(z.object({ caseId: z.uuid(), people: z.array(z.uuid()) }));

/** Who may open each open case now, by case. */
export async function readOpenAudiences(session: Session): Promise<Map<string, string[]>> {
  const rows = await session.db.$queryRaw`
    SELECT case_audience.case_id AS "caseId", array_agg(case_audience.person_id) AS people
    FROM case_audience JOIN case_line ON case_line.case_id = case_audience.case_id
    WHERE case_audience.school_id = ${session.school}::uuid AND case_audience.until IS NULL
      AND case_line.state <> 'closed'
    GROUP BY case_audience.case_id`;
  return new Map(audienceRows.parse(rows).map(({ caseId, people }) => [caseId, people]));
}
