import { CsvError, parse, type Info } from 'csv-parse/sync';
import type { SchoolFilePerson } from '../domain/school.ts';
import { checkRow, columnFor, type StaffRow } from './staff-row.ts';

/** Something in a list of staff that somebody must mend. `line` counts from 1, the heading included. */
export type StaffProblem = { line: number; says: string };

/** The people of a school's file with the list merged in. With problems, nothing of it should be used. */
export type ImportedStaff = {
  people: SchoolFilePerson[];
  /** What is different, for the person at the terminal. */
  changes: string[];
  problems: StaffProblem[];
};

/** Where accounts belong when the list does not say. */
export type Home = { teamsTenant: string | null; slackTeam: string | null };

/**
 * Merges a list of staff (CSV, as Microsoft 365 and Slack export it, or one's own) into the people of a
 * school's file. Somebody is the same person when an account or the e-mail is the same, and never by name;
 * nobody is removed. Every problem is reported, each with its line.
 */
export function importStaff(
  csv: string,
  people: readonly SchoolFilePerson[],
  home: Home,
): ImportedStaff {
  const read = readRows(csv, home);
  const problems = [...read.problems, ...repeated(read.rows)];
  const merged = read.rows.reduce(merge, { people: [...people], changes: [] });
  return { ...merged, problems: problems.toSorted((one, other) => one.line - other.line) };
}

type Rows = { rows: StaffRow[]; problems: StaffProblem[] };
type Parsed = { record: Record<string, string>; info: Info };

function readRows(csv: string, home: Home): Rows {
  let parsed: Parsed[];
  try {
    parsed = parse<Parsed>(csv, {
      bom: true,
      columns: (heading: string[]) => heading.map(columnFor),
      delimiter: delimiterOf(csv),
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
  } catch (error) {
    return { rows: [], problems: [unreadable(error)] };
  }
  if (parsed.length === 0)
    return { rows: [], problems: [{ line: 1, says: 'Nobody is in the list.' }] };
  const checked = parsed.map(({ record, info }) => checkRow(record, info.lines, home));
  return {
    rows: checked.flatMap(({ row }) => row ?? []),
    problems: checked.flatMap(({ problems }) => problems),
  };
}

/** Excel writes what the machine's language calls for; the heading shows which. */
function delimiterOf(csv: string): string {
  const [heading = ''] = csv.split('\n', 1);
  const count = (mark: string) => heading.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The parser's own message can repeat the text of the file; its code and line cannot. */
function unreadable(error: unknown): StaffProblem {
  if (!(error instanceof CsvError)) throw error;
  const { lines } = error as CsvError & { lines?: number };
  const line = typeof lines === 'number' ? lines : 1;
  const columns = error.code.startsWith('CSV_RECORD_INCONSISTENT');
  return {
    line,
    says: columns
      ? 'This line does not have as many columns as the heading.'
      : `This line cannot be read as CSV (${error.code}).`,
  };
}

function accountsOf({ teams, slack, email }: Pick<SchoolFilePerson, 'teams' | 'slack' | 'email'>) {
  return [
    ...(teams === undefined ? [] : [`Teams account ${teams.user}`]),
    ...(slack === undefined ? [] : [`Slack account ${slack.user}`]),
    ...(email === undefined ? [] : [`e-mail ${email.toLowerCase()}`]),
  ];
}

function repeated(rows: readonly StaffRow[]): StaffProblem[] {
  const first = new Map<string, number>();
  return rows.flatMap((row) =>
    accountsOf(row).flatMap((account) => {
      const before = first.get(account);
      if (before === undefined) first.set(account, row.line);
      return before === undefined
        ? []
        : [{ line: row.line, says: `The ${account} stands in line ${String(before)} already.` }];
    }),
  );
}

type Merged = Pick<ImportedStaff, 'people' | 'changes'>;

function merge({ people, changes }: Merged, row: StaffRow): Merged {
  const index = people.findIndex((person) => isSame(person, row));
  const before = people[index];
  if (before === undefined) {
    const added = addedPerson(people, row);
    return { people: [...people, added], changes: [...changes, `Added ${added.key}`] };
  }
  const after = changedPerson(before, row);
  if (JSON.stringify(after) === JSON.stringify(before)) return { people, changes };
  return {
    people: people.with(index, after),
    changes: [...changes, `Changed ${after.key}`],
  };
}

/** An account says it for certain; the e-mail helps where the two platforms are brought together. */
function isSame(person: SchoolFilePerson, row: StaffRow): boolean {
  const mine = new Set(accountsOf(person));
  return accountsOf(row).some((account) => mine.has(account));
}

function changedPerson(
  before: SchoolFilePerson,
  { line: _line, ...given }: StaffRow,
): SchoolFilePerson {
  return { ...before, ...given };
}

function addedPerson(
  people: readonly SchoolFilePerson[],
  { line: _line, ...given }: StaffRow,
): SchoolFilePerson {
  const { name, ...more } = given;
  return { key: freeKey(people, given), name, roles: ['staff'], active: true, ...more };
}

/** `Amy Lowe` is `amy.lowe`; a second one is `amy.lowe.2`. It stays when they are renamed. */
function freeKey(
  people: readonly SchoolFilePerson[],
  { name, email = '' }: Omit<StaffRow, 'line'>,
): string {
  const base = keyFrom(name) || keyFrom(email.split('@')[0] ?? '') || 'staff';
  const taken = new Set(people.map(({ key }) => key));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}.${String(number)}`)) number += 1;
  return `${base}.${String(number)}`;
}

function keyFrom(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.+|\.+$/g, '');
}
