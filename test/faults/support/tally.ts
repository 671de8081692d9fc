import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { FaultId } from './matrix.ts';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be extended
  export interface ProvidedContext {
    tally: string;
  }
}

/** One line of what a run has done: a fault that was really injected, or what a checker counted. */
export type Entry =
  | { type: 'fault'; id: FaultId; times: number }
  | { type: 'checked'; acknowledged: number; found: number; lost: number; duplicated: number };

/** Adds to the sum that the run prints at its end. */
export function count(file: string, entry: Entry): void {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

/** vitest's `globalSetup`: prints what the whole run has injected and found. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'concern-faults-'));
  const file = join(folder, 'tally');
  const begun = Date.now();
  project.provide('tally', file);
  return () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    const entries = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
    process.stdout.write(`\n${summary(entries, Date.now() - begun)}\n`);
    rmSync(folder, { recursive: true, force: true });
  };
}

function summary(entries: readonly Entry[], ms: number): string {
  const faults = new Map<FaultId, number>();
  for (const entry of entries)
    if (entry.type === 'fault') faults.set(entry.id, (faults.get(entry.id) ?? 0) + entry.times);
  const checked = entries.filter((entry) => entry.type === 'checked');
  const sum = (name: 'acknowledged' | 'found' | 'lost' | 'duplicated') =>
    String(checked.reduce((total, entry) => total + entry[name], 0));
  const byId = [...faults].sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
  const all = byId.reduce((total, [, times]) => total + times, 0);
  return [
    `faults injected        ${String(all)}  (${byId.map(([id, times]) => `${id} ${String(times)}`).join(', ')})`,
    `concerns acknowledged  ${sum('acknowledged')}`,
    `concerns found         ${sum('found')}`,
    `sends lost             ${sum('lost')}`,
    `sends duplicated       ${sum('duplicated')}  (each marked as sent again)`,
    `took                   ${String(Math.round(ms / 1000))} s`,
  ].join('\n');
}
