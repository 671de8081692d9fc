import { termOf, type Term } from '../domain/deadlines.ts';
import { numbersOf, type Numbers } from '../domain/numbers.ts';
import { hasRole } from '../domain/people.ts';
import { spine, staffProcedure } from '../domain/running.ts';
import { schoolTime, type Actor, type Deps } from './deps.ts';

/** Numbers of one term, with the names of what is counted. */
export type TermNumbers = {
  term: Term;
  total: string;
  byKind: { label: string; count: string }[];
  byOutcome: { label: string; count: string }[];
};

/**
 * Concerns raised this term, by kind and by outcome, for the safeguarding governor, the headteacher and the
 * lead. Concerns about staff are not counted; small numbers are blurred. Null for everybody else.
 * Source: procedures.md G15; scenario S45.
 */
export async function countConcerns(deps: Deps, actor: Actor): Promise<TermNumbers | null> {
  return deps.store.run({ school: actor.school, as: 'product' }, async (tx) => {
    const school = await tx.school();
    const who = school.people.find(({ id }) => id === actor.person);
    if (who?.active !== true || !hasRole(who, ...readers)) return null;
    const policy = deps.policies.current(school.pack);
    const term = termOf(deps.clock().toISOString(), schoolTime(school, deps));
    const lines = [
      ...(await tx.caseLines({ open: true })),
      ...(await tx.caseLines({ open: false })),
    ].filter(({ lane, raisedAt }) => lane === 'lead' && inTerm(raisedAt, term));
    const kinds = [...policy.procedures.values()].filter(
      ({ id }) => id !== spine && id !== staffProcedure,
    );
    const ends = [...policy.steps.values()].flatMap((step) =>
      step.kind === 'end' && step.procedure !== staffProcedure ? [step] : [],
    );
    const titles = new Map(ends.map(({ code, title }) => [code, title]));
    await tx.audit({
      type: 'numbers-read',
      actor: actor.person,
      at: deps.clock().toISOString(),
      subject: null,
    });
    return named(
      term,
      numbersOf(
        lines,
        kinds.map(({ id }) => id),
        [...titles.keys()],
      ),
      new Map([...kinds.map(({ id, label }) => [id, label] as const), ...titles]),
    );
  });
}

const readers = ['safeguarding-governor', 'headteacher', 'lead'] as const;

function inTerm(raisedAt: string, { from, to }: Term): boolean {
  return from <= raisedAt && raisedAt < to;
}

function named(
  term: Term,
  { total, byKind, byOutcome }: Numbers,
  labels: ReadonlyMap<string, string>,
): TermNumbers {
  const label = (id: string) => labels.get(id) ?? id;
  return {
    term,
    total,
    byKind: byKind.map(({ id, count }) => ({ label: label(id), count })),
    byOutcome: byOutcome.map(({ code, count }) => ({ label: label(code), count })),
  };
}
