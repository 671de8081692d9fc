import { writeFileSync } from 'node:fs';
import { config as readDotEnv } from 'dotenv';
import { importStaff } from './app/import-staff.ts';
import { readSchoolFile, withPeople, type FileProblem } from './app/school-file.ts';
import type { SchoolFile } from './domain/school.ts';
import { checkSwitches } from './domain/switches.ts';
import { loadPolicies } from './policies/load-policies.ts';
import { productionOrSay, readFileOrSay } from './terminal.ts';

/*
 * `npm run school -- check <file>`          says everything that is wrong with a school's file
 * `npm run school -- apply <file>`          makes the school as its file says
 * `npm run school -- import <csv> <file>`   merges a list of staff into the file
 *
 * Ends with 0 when all went well, 1 when something must be mended first, 2 for a wrong call.
 */

const commands: Readonly<Record<string, (...files: string[]) => number | Promise<number>>> = {
  check,
  apply,
  import: importList,
};

function usage(): number {
  console.error('Usage: npm run school -- check <file> | apply <file> | import <csv> <file>');
  return 2;
}

const words: Readonly<Record<FileProblem['level'], string>> = {
  invalid: 'wrong',
  stop: 'stop',
  red: 'unsafe',
  note: 'note',
};

function print(path: string, problems: readonly FileProblem[]): void {
  for (const { level, line, where, says } of problems)
    console.log(
      `${path}${line === null ? '' : `:${String(line)}`}: ${words[level]}: ${where}: ${says}`,
    );
}

function checked(path: string): SchoolFile | null {
  const text = readFileOrSay(path);
  if (text === null) return null;
  const found = readSchoolFile(text);
  const under = found.file === null ? [] : underItsPolicy(found.file);
  const problems = [...found.problems, ...under];
  const file = under.length > 0 ? null : found.file;
  print(path, problems);
  if (file === null) console.log('This file cannot be applied like this.');
  else if (problems.length === 0) console.log(`${file.name}: everything is in order.`);
  else console.log(`${file.name} can be applied. Please look at the lines above.`);
  return file;
}

/** What is wrong with it under the policy that it names. */
function underItsPolicy({ pack, switches }: SchoolFile): FileProblem[] {
  const { latest, packs } = loadPolicies();
  const policy = latest(pack);
  const known = packs.map((one) => one.pack.id).join(', ');
  const found =
    policy === null
      ? [
          {
            level: 'stop' as const,
            where: 'pack',
            says: `There is no such policy. There are: ${known}.`,
          },
        ]
      : checkSwitches(switches, policy);
  return found.map((one) => ({ ...one, line: null }));
}

function check(path: string): number {
  return checked(path) === null ? 1 : 0;
}

async function apply(path: string): Promise<number> {
  const file = checked(path);
  if (file === null) return 1;
  const config = productionOrSay('Practice has its own schools.');
  if (config === null) return 1;
  // Only this needs the database's libraries; checking a file should be quick.
  const { applyFile } = await import('./apply-file.ts');
  const applied = await applyFile(config.databaseUrl, config.keyEncryptionKeys, file);
  for (const line of applied.says) console.log(line);
  return applied.ok ? 0 : 1;
}

function importList(csvPath: string, path: string): number {
  const csv = readFileOrSay(csvPath);
  const text = readFileOrSay(path);
  if (csv === null || text === null) return 1;
  const { file, problems } = readSchoolFile(text);
  if (file === null) {
    print(path, problems);
    return 1;
  }
  const imported = importStaff(csv, file.people, homeOf(file));
  for (const { line, says } of imported.problems)
    console.log(`${csvPath}:${String(line)}: ${says}`);
  if (imported.problems.length > 0) {
    console.log('Nothing was imported. Please mend the lines above and try again.');
    return 1;
  }
  for (const change of imported.changes) console.log(change);
  if (imported.changes.length > 0) writeFileSync(path, withPeople(text, imported.people));
  console.log(`${String(imported.changes.length)} changes in ${path}. Check it, then apply it.`);
  return 0;
}

/** The one tenant or workspace that the file already names, if it is one. */
function homeOf({ channels, people }: SchoolFile) {
  const only = (values: (string | undefined)[]) => {
    const [first, ...others] = [...new Set(values.filter((value) => value !== undefined))];
    return first !== undefined && others.length === 0 ? first : null;
  };
  return {
    teamsTenant: only([channels.teams?.tenant, ...people.map(({ teams }) => teams?.tenant)]),
    slackTeam: only([channels.slack?.team, ...people.map(({ slack }) => slack?.team)]),
  };
}

readDotEnv({ quiet: true });
const [name = '', ...files] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
process.exitCode =
  command === undefined || files.length !== (name === 'import' ? 2 : 1)
    ? usage()
    : await command(...files);
