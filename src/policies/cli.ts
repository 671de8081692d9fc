import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageDocument } from './coverage.ts';
import { differences } from './diff.ts';
import { drawing } from './draw.ts';
import { loadPolicies, type Policies } from './load-policies.ts';
import { gradeOf } from './readability.ts';
import { withNewOnes } from './released.ts';
import { reporterTexts } from './reporter-texts.ts';

/** The hardest text that a reporter is given, as a school year. */
const hardestGrade = 7;
const releasedList = join(import.meta.dirname, 'released.json');
const docs = join(import.meta.dirname, '../../docs');

const commands: Readonly<Record<string, (policies: Policies, ...rest: string[]) => number>> = {
  check,
  release,
  draw,
  diff,
  coverage,
};

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
process.exitCode = command === undefined ? usage() : command(loadPolicies(), ...rest);

function usage(): number {
  say(
    'Usage: npm run policies -- check | draw | coverage | diff <pack-version> <pack-version> | release',
  );
  return 2;
}

/** Prints every problem; fails when there is one. */
function check(policies: Policies): number {
  for (const { file, path, problem } of policies.problems) say(`${file}: ${path}: ${problem}`);
  const hard = policies.procedures
    .flatMap(reporterTexts)
    .map(({ what, text }) => ({ what, grade: gradeOf(text) }))
    .filter(({ grade }) => grade > hardestGrade);
  for (const { what, grade } of hard) say(`${what}: reads at grade ${grade.toFixed(1)}`);
  const count = policies.problems.length + hard.length;
  say(
    count === 0
      ? `${String(policies.packs.length)} packs and ${String(policies.procedures.length)} procedures are well.`
      : `${String(count)} problems.`,
  );
  return count === 0 ? 0 : 1;
}

/**
 * Writes every version that is new into the list of released ones. From then on it cannot change. Refused while
 * anything is wrong, and never changes what was released before.
 */
function release(policies: Policies): number {
  if (check(policies) !== 0) return 1;
  const { released, added } = withNewOnes(policies.released, policies.hashes);
  writeFileSync(releasedList, `${JSON.stringify(released, null, 2)}\n`);
  for (const file of added) say(`Released: ${file}`);
  if (added.length === 0) say('Nothing new to release.');
  return 0;
}

/** Draws every procedure into docs/procedures. */
function draw(policies: Policies): number {
  const folder = join(docs, 'procedures');
  mkdirSync(folder, { recursive: true });
  for (const procedure of policies.procedures) {
    const file = `${procedure.id}-${String(procedure.version)}.svg`;
    writeFileSync(join(folder, file), drawing(procedure, policies.procedures));
    say(`docs/procedures/${file}`);
  }
  return 0;
}

/** Writes the table of clauses and their steps. */
function coverage({ packs, clauses }: Policies): number {
  writeFileSync(join(docs, 'coverage.md'), coverageDocument(packs, clauses));
  say('docs/coverage.md');
  return 0;
}

/** Says in words what changed between two versions of a pack. */
function diff({ packs }: Policies, before = '', after = ''): number {
  const find = (wanted: string) =>
    packs.find(({ pack }) => `${pack.id}-${String(pack.version)}` === wanted);
  const [old, current] = [find(before), find(after)];
  if (old === undefined || current === undefined) {
    say(`Packs: ${packs.map(({ pack }) => `${pack.id}-${String(pack.version)}`).join(', ')}`);
    return 2;
  }
  const found = differences(old, current);
  for (const sentence of found) say(sentence);
  if (found.length === 0) say('Nothing changed.');
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
