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
