import { cpuUsage } from 'node:process';
import { walk, type Facts } from '../src/domain/walk.ts';
import type { Policy } from '../src/domain/procedure.ts';
import { loadPolicies } from '../src/policies/load-policies.ts';
import { someCases } from './cases.ts';
import { plainWalk } from './plain-walk.ts';

/*
 * How many walks a second of processor time makes, next to the same walks done plainly (plain-walk.ts).
 * Both take turns, so that a busy machine slows both alike; the ratio is what to look at.
 */

type Case = { policy: Policy; facts: Facts };

const turns = 9;
const microsecondsPerTurn = 400_000;

function walksPerSecond(one: (policy: Policy, facts: Facts) => unknown, cases: Case[]): number {
  const start = cpuUsage();
  let walks = 0;
  for (;;) {
    for (const { policy, facts } of cases) one(policy, facts);
    walks += cases.length;
    const { user, system } = cpuUsage(start);
    if (user + system > microsecondsPerTurn) return (walks * 1_000_000) / (user + system);
  }
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

for (const policy of loadPolicies().packs) {
  const cases = someCases(policy, 60, 20_261_128).map((facts) => ({ policy, facts }));
  const plain: number[] = [];
  const fast: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    plain.push(walksPerSecond(plainWalk, cases));
    fast.push(walksPerSecond(walk, cases));
  }
  const ratio = median(fast.map((speed, turn) => speed / (plain[turn] ?? NaN)));
  const answers = cases.reduce((sum, { facts }) => sum + facts.answers.length, 0) / cases.length;
  console.log(
    `${policy.pack.id}: ${String(Math.round(median(fast)))} walks/s, ${ratio.toFixed(1)} × the plain walk’s ${String(Math.round(median(plain)))} (${answers.toFixed(0)} answers on average)`,
  );
}
