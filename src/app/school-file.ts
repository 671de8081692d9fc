import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import {
  checkSchool,
  schoolFileSchema,
  type SchoolFile,
  type SchoolFilePerson,
} from '../domain/school.ts';

/** `invalid` and `stop`: the file cannot be applied; `red`: it can, and is not safe until mended; `note`: look at it. */
export type FileProblem = {
  level: 'invalid' | 'stop' | 'red' | 'note';
  /** Counted from 1; null when it is about something that is not there. */
  line: number | null;
  where: string;
  says: string;
};

export type ReadFile = { file: SchoolFile | null; problems: FileProblem[] };

/** Reads a school's file (YAML) and reports everything that is wrong with it at once, each with its line. */
export function readSchoolFile(text: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) return { file: null, problems: unreadable(document, lines) };
  const parsed = schoolFileSchema.safeParse(document.toJS());
  if (!parsed.success)
    return {
      file: null,
      problems: parsed.error.issues.map((issue) => invalid(issue, document, lines)),
    };
  const problems = checkSchool(parsed.data).map((finding): FileProblem => ({
    ...finding,
    line: lineOfFinding(finding.where, document, lines),
  }));
  return { file: problems.some(({ level }) => level === 'stop') ? null : parsed.data, problems };
}

function unreadable(document: Document, lines: LineCounter): FileProblem[] {
  return document.errors.map(({ pos, code }) => ({
    level: 'invalid',
    line: lines.linePos(pos[0]).line,
    where: 'file',
    says: `This is not YAML (${code}).`,
  }));
}

function invalid(
  { path, code, message }: z.core.$ZodIssue,
  document: Document,
  lines: LineCounter,
): FileProblem {
  const where = path.map(String).join('.');
  return {
    level: 'invalid',
    line: lineOf(path, document, lines),
    where: where === '' ? 'file' : where,
    says: code === 'invalid_type' && !document.hasIn(path) ? 'This is missing.' : message,
  };
}

/** The line of the deepest part of the path that the file has. */
function lineOf(
  path: readonly PropertyKey[],
  document: Document,
  lines: LineCounter,
): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = rangeOf(node);
    if (range !== null) return lines.linePos(range).line;
  }
  return null;
}

function rangeOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
}

/** The check of the domain names people by their keys. */
function lineOfFinding(where: string, document: Document, lines: LineCounter): number | null {
  const [field = '', key] = where.split('.', 1).concat(where.split('.').slice(1).join('.'));
  if (field !== 'people') return lineOf(where.split('.'), document, lines);
  const index = keysOf(document).indexOf(key ?? '');
  return index === -1 ? null : lineOf(['people', index], document, lines);
}

function keysOf(document: Document): unknown[] {
  const people = document.get('people', true);
  if (!isSeq(people)) return [];
  return people.items.map((item) => (isMap(item) ? item.get('key') : null));
}

/** The same file with these people in it. Comments, order and everything else stay as they are. */
export function withPeople(text: string, people: readonly SchoolFilePerson[]): string {
  const document = parseDocument(text);
  const keys = keysOf(document);
  for (const person of people) {
    const index = keys.indexOf(person.key);
    if (index === -1) document.addIn(['people'], document.createNode(asWritten(person)));
    else changeFields(document, index, person);
  }
  return document.toString({ lineWidth: 0 });
}

/** What need not be said is not written. */
function asWritten({ active, ...person }: SchoolFilePerson): Record<string, unknown> {
  return active ? person : { ...person, active };
}

function changeFields(document: Document, index: number, person: SchoolFilePerson): void {
  const node = document.getIn(['people', index], true);
  const written = isMap(node) ? (node.toJS(document) as Record<string, unknown>) : {};
  for (const [field, value] of Object.entries(asWritten(person)))
    if (JSON.stringify(value) !== JSON.stringify(written[field]))
      document.setIn(['people', index, field], document.createNode(value));
}
