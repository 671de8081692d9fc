import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadPolicies, type Policies } from '../../src/policies/load-policies.ts';

/*
 * A newer version of a school's policy, written as files beside the released ones and checked like them.
 */

type Written = { version: number; procedures: Record<string, number>; steps: object[] };

/** The shipped policies and one version more of a pack, whose procedure has one step more. */
export function withNewerPack(pack: string, procedure: string, step: object): Policies {
  const directory = mkdtempSync(join(tmpdir(), 'policies-'));
  try {
    cpSync(new URL('../../src/policies/', import.meta.url), directory, { recursive: true });
    writeNext(directory, 'procedures', procedure, ({ version, steps }) => ({
      version: version + 1,
      steps: [...steps, step],
    }));
    writeNext(directory, 'packs', pack, ({ version, procedures }) => ({
      version: version + 1,
      procedures: { ...procedures, [procedure]: (procedures[procedure] ?? 0) + 1 },
    }));
    const policies = loadPolicies(directory);
    if (policies.problems.length > 0) throw new Error(JSON.stringify(policies.problems));
    return policies;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function writeNext(
  directory: string,
  folder: string,
  id: string,
  change: (written: Written) => Partial<Written>,
): void {
  const now = readFileSync(join(directory, folder, `${id}-1.yaml`), 'utf8');
  const written = parse(now, { merge: true }) as Written;
  const next = { ...written, ...change(written) };
  const text = stringify(next, { aliasDuplicateObjects: false });
  writeFileSync(join(directory, folder, `${id}-2.yaml`), text);
}

/** Policies that a running bot works with, and the moment when newer ones take their place. */
export function publishing(before: Policies): {
  policies: Policies;
  publish: (next: Policies) => void;
} {
  let now = before;
  const policies: Policies = {
    ...before,
    policyFor: (pack, version) => now.policyFor(pack, version),
    latest: (pack) => now.latest(pack),
  };
  return {
    policies,
    publish: (next) => {
      now = next;
    },
  };
}
