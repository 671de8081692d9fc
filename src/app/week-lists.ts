import { hereIfAny, withRole, type Person } from '../domain/people.ts';
import type { School } from '../domain/school.ts';
import { summaryOf, type Summary } from '../domain/summary.ts';
import { allMayKnow, managerAmong } from '../domain/whose-list.ts';
import type { CaseLine, Tx } from './ports.ts';

/** An open case with who may open it now. */
type ListedCase = CaseLine & { readers: readonly string[] };

async function openCases(tx: Tx): Promise<ListedCase[]> {
  const lines = await tx.caseLines({ open: true });
  const audiences = await tx.openAudiences();
  return lines.map((line) => ({ ...line, readers: audiences.get(line.id) ?? [] }));
}

/**
 * The week's summary as these people together may read it: what one of them must not know of is neither shown
 * nor counted. Source: scenario S45; decisions.md 4.
 */
export async function summaryFor(
  tx: Tx,
  readers: readonly string[],
  now: string,
): Promise<Summary> {
  const cases = await openCases(tx);
  return summaryOf(
    cases.filter((one) => allMayKnow(readers, one)),
    now,
  );
}

/** The confidential matters of one case manager, the oldest first. Source: scenario S45; procedures.md T10. */
export async function privateListOf(
  tx: Tx,
  { people }: School,
  person: string,
): Promise<CaseLine[]> {
  const cases = await openCases(tx);
  return cases.filter((one) => managerAmong(one, people) === person);
}

/** Everybody who manages a confidential matter now. */
export async function managersOf(tx: Tx, { people }: School): Promise<string[]> {
  const cases = await openCases(tx);
  return [...new Set(cases.map((one) => managerAmong(one, people)))].filter((id) => id !== null);
}

/** The safeguarding lead, who sees to what concerns the team as a whole; without one, the deputies. */
export function leadsOf(people: readonly Person[]): string[] {
  const leads = withRole(people, 'lead');
  return hereIfAny(leads.length > 0 ? leads : withRole(people, 'deputy')).map(({ id }) => id);
}

/** How many concerns that these people may know of nobody has claimed. */
export async function unclaimedFor(tx: Tx, readers: readonly string[]): Promise<number> {
  const cases = await openCases(tx);
  return cases.filter(
    (one) => one.state === 'new' && one.lane === 'lead' && allMayKnow(readers, one),
  ).length;
}
