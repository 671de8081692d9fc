import { z } from 'zod';
import type { FileProblem } from './read-yaml.ts';

/*
 * Which versions have been released, and with which content. A case is pinned to a version and to its content, and
 * somebody may be walking it today: a released version never changes, the next one is written instead.
 */

/** Files to the hash of their content. Comments, order of keys and layout do not count. */
export const releasedSchema = z.record(
  z.string().regex(/^(procedures|packs)\/[a-z0-9-]+-\d+\.yaml$/),
  z.string().regex(/^[0-9a-f]{64}$/),
);
export type Released = z.output<typeof releasedSchema>;

/** What the files say now, by the same names. */
export type Hashes = ReadonlyMap<string, string>;

/** Every released version that is gone, or does not say any more what it said. */
export function changedSinceRelease(released: Released, now: Hashes): FileProblem[] {
  return Object.entries(released).flatMap(([file, hash]) => {
    const found = now.get(file);
    if (found === hash) return [];
    const problem =
      found === undefined
        ? 'was released, and cases may run under it: it must stay'
        : 'was released and has been changed: take the change back, and write the next version';
    return [{ file, path: '', problem }];
  });
}

/** The list with every version that was not on it. What was on it stays as it was. */
export function withNewOnes(
  released: Released,
  now: Hashes,
): { released: Released; added: string[] } {
  const added = [...now.keys()].filter((file) => !Object.hasOwn(released, file)).sort();
  const all = { ...Object.fromEntries(now), ...released };
  const sorted = Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
  return { released: Object.fromEntries(sorted), added };
}
