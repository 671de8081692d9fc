import { parseDocument } from 'yaml';
import type { z } from 'zod';

/** Something wrong in a file of policies: where in it, and what. */
export type FileProblem = { file: string; path: string; problem: string };

/** `raw`: what the file says, before the schema adds what it may leave out. */
export type Read<T> = { value: T | null; raw: unknown; problems: FileProblem[] };

/** Reads one file's text into checked data, or into every problem in it at once. */
export function readYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  prepare: (raw: unknown) => unknown = (raw) => raw,
): Read<T> {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0)
    return {
      value: null,
      raw: null,
      problems: document.errors.map(({ message }) => ({ file, path: '', problem: message })),
    };
  const raw = prepare(document.toJS());
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { value: parsed.data, raw, problems: [] };
  return {
    value: null,
    raw,
    problems: parsed.error.issues.map((issue) => ({
      file,
      path: readablePath(document.toJS(), issue.path),
      problem: issue.message,
    })),
  };
}

/** `steps.store-device.record.1` instead of `steps.7.record.1`: a list's members by their id where they have one. */
function readablePath(root: unknown, path: readonly PropertyKey[]): string {
  const names: string[] = [];
  let here: unknown = root;
  for (const key of path) {
    here = member(here, key);
    const id = typeof key === 'number' ? member(here, 'id') : undefined;
    names.push(typeof id === 'string' ? id : String(key));
  }
  return names.join('.');
}

function member(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}
