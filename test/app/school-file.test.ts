import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSchoolFile, withPeople } from '../../src/app/school-file.ts';

const hillside = readFileSync(
  join(import.meta.dirname, '../../src/practice/schools/hillside.yaml'),
  'utf8',
);

describe('a school’s file', () => {
  test('that is in order has nothing to report', () => {
    expect(readSchoolFile(hillside)).toMatchObject({ file: { school: 'hillside' }, problems: [] });
  });

  test('reports everything that is wrong with it at once, with the line', () => {
    const wrong = hillside
      .replace("opens: '08:00'", "opens: '8 am'")
      .replace('prefix: HS', 'prefix: hs')
      .replace('name: Amy Lowe', 'nick: Amy Lowe')
      .replace(/^pack:.*$/m, '');
    const { file, problems } = readSchoolFile(wrong);
    expect(file).toBeNull();
    const lineOf = (text: string) => wrong.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ where: 'hours.opens', line: lineOf('8 am') }),
        expect.objectContaining({ where: 'prefix', line: lineOf('prefix: hs') }),
        expect.objectContaining({ where: 'people.8', line: lineOf('nick: Amy') }),
        expect.objectContaining({ where: 'pack', line: null, says: 'This is missing.' }),
      ]),
    );
  });

  test('with two people of one key is stopped', () => {
    const twice = hillside.replace('key: joe.birch', 'key: amy.lowe');
    const { file, problems } = readSchoolFile(twice);
    expect(file).toBeNull();
    expect(problems).toContainEqual(expect.objectContaining({ level: 'stop' }));
  });

  test('that is of another nation is refused, with the reason', () => {
    const { file, problems } = readSchoolFile(
      hillside.replace('nation: england', 'nation: scotland'),
    );
    expect(file).toBeNull();
    expect(problems).toEqual([
      expect.objectContaining({
        level: 'invalid',
        where: 'nation',
        says: 'Only schools in England: the procedures are English law and guidance.',
      }),
    ]);
  });

  test('that is no YAML says so without repeating it', () => {
    const { file, problems } = readSchoolFile('school: [CANARY\nname: "x');
    expect(file).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain('CANARY');
  });

  test('keeps its comments and everything else when people change', () => {
    const { file } = readSchoolFile(hillside);
    const people = file!.people.map((person) =>
      person.key === 'amy.lowe' ? { ...person, name: 'Amy Birch' } : person,
    );
    const added = { key: 'new', name: 'New', roles: ['staff' as const], active: true };
    const after = withPeople(hillside, [...people, added]);
    expect(after).toContain('# A practice school.');
    const again = readSchoolFile(after);
    expect(again.file).toEqual({ ...file, people: [...people, added] });
  });
});
