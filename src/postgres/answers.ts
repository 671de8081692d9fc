import type { Answer } from '../domain/answer.ts';
import type { RecordedEvent } from '../domain/case-events.ts';
import { moment, type Session } from './session.ts';

/** Repeats the answers of new events, without a word that somebody typed, so that they can be counted. */
export async function writeAnswers(
  session: Session,
  caseId: string,
  recorded: readonly RecordedEvent[],
): Promise<void> {
  for (const { seq, event } of recorded)
    for (const answer of answersIn(event)) await writeAnswer(session, caseId, seq, answer);
}

function answersIn(event: RecordedEvent['event']): Answer[] {
  if (event.type === 'answered') return [event.answer];
  return event.type === 'concern-raised' ? event.answers : [];
}

/** The revision is counted by the statement itself; the case is locked, so nobody counts at the same time. */
async function writeAnswer(session: Session, caseId: string, seq: number, answer: Answer) {
  const { step, part, result, chosen, by } = answer;
  const child = answer.child ?? '';
  await session.db.$executeRaw`
    INSERT INTO answer (school_id, case_id, seq, step, child, part, revision, result, chosen, by, at)
    SELECT ${session.school}::uuid, ${caseId}::uuid, ${seq}, ${step}, ${child}, ${part}, count(*) + 1,
      ${result}, ${chosen}, ${by}::uuid, ${moment(answer.at)}
    FROM answer WHERE school_id = ${session.school}::uuid AND case_id = ${caseId}::uuid
      AND step = ${step} AND child = ${child} AND part = ${part}`;
}
