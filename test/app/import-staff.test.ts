import { describe, expect, test } from 'vitest';
import { importStaff, type Home } from '../../src/app/import-staff.ts';
import type { SchoolFilePerson } from '../../src/domain/school.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const entra = (last: number) => `22222222-2222-4222-8222-${String(last).padStart(12, '0')}`;
const home = { teamsTenant: tenant, slackTeam: 'T0SCHOOL' };
const amy: SchoolFilePerson = {
  key: 'amy',
  name: 'Amy Lowe',
  roles: ['lead'],
  active: true,
  teams: { tenant, user: entra(1) },
};

const read = (csv: string, people: SchoolFilePerson[] = [amy], at: Home = home) =>
  importStaff(csv, people, at);

describe('a list of staff', () => {
  test('adds people, with Teams or Slack accounts in the school’s own tenant', () => {
    const { people, changes, problems } = read(
      `Name,Email,Teams ID,Slack ID\nJoe Birch,joe@school.example,${entra(2)},U0JOEB`,
    );
    expect(problems).toEqual([]);
    expect(changes).toEqual(['Added joe.birch']);
    expect(people[1]).toEqual({
      key: 'joe.birch',
      name: 'Joe Birch',
      roles: ['staff'],
      active: true,
      email: 'joe@school.example',
      teams: { tenant, user: entra(2) },
      slack: { team: 'T0SCHOOL', user: 'U0JOEB' },
    });
  });

  test('finds somebody by their account, whatever they are called now, and keeps key and roles', () => {
    const { people, changes } = read(`name;teams id\nAmy Birch;${entra(1)}`);
    expect(changes).toEqual(['Changed amy']);
    expect(people).toEqual([{ ...amy, name: 'Amy Birch' }]);
  });

  test('never takes two people of one name for one', () => {
    const { people } = read(`name,teams id\nAmy Lowe,${entra(7)}\nAmy Lowe,${entra(8)}`);
    expect(people.map(({ key }) => key)).toEqual(['amy', 'amy.lowe', 'amy.lowe.2']);
  });

  test('brings the second platform to somebody whose e-mail is known', () => {
    const known = { ...amy, email: 'Amy@School.example' };
    const { people } = read('name,email,slack id\nAmy Lowe,amy@school.example,U0AMYL', [known]);
    expect(people).toHaveLength(1);
    expect(people[0]?.slack).toEqual({ team: 'T0SCHOOL', user: 'U0AMYL' });
  });

  test.each([
    [
      'Microsoft 365',
      `Display name,User principal name,Object Id\nJoe Birch,joe@x.example,${entra(2)}`,
    ],
    [
      'Slack',
      'username,email,status,userid,fullname,displayname\njoe,joe@x.example,Member,U0JOEB,Joe Birch,Joe',
    ],
    ['Excel, with a byte order mark', `\uFEFFName;Teams ID\r\n"Joe Birch";${entra(2)}\r\n\r\n`],
  ])('may come from %s', (_, csv) => {
    const { people, problems } = read(csv);
    expect(problems).toEqual([]);
    expect(people[1]?.name).toBe('Joe Birch');
  });

  test('keeps names as they are written', () => {
    const names = ['O’Neill-Jones, Siân', 'Łukasz Żółw', 'محمد علي', 'X'];
    const csv = names.map((name, index) => `"${name}",${entra(index + 10)}`).join('\n');
    const { people } = read(`name,teams id\n${csv}`);
    expect(people.slice(1).map(({ name }) => name)).toEqual(names);
    expect(people.slice(1).map(({ key }) => key)).toEqual([
      'o.neill.jones.sian',
      'ukasz.zo.w',
      'staff',
      'x',
    ]);
  });

  test('reports every problem with its line, and who stands twice', () => {
    const { problems } = read(
      [
        'name,email,teams id,slack id,roles',
        `,joe@x.example,${entra(2)},,`,
        'Nobody,,,,',
        'Joe,nope,zzz,lower,boss',
        `Joe,,${entra(3)},,`,
        `Jo,,${entra(3)},,`,
      ].join('\n'),
    );
    expect(problems).toEqual([
      { line: 2, says: 'There is no name in this line.' },
      { line: 3, says: 'There is no Teams or Slack account in this line.' },
      { line: 4, says: 'This is not an e-mail address: nope' },
      { line: 4, says: expect.stringContaining('There is no role boss.') as string },
      { line: 4, says: expect.stringContaining('Microsoft Entra') as string },
      { line: 4, says: expect.stringContaining('Slack member id') as string },
      { line: 6, says: `The Teams account ${entra(3)} stands in line 5 already.` },
    ]);
  });

  test('says when nobody has said which tenant', () => {
    const nowhere = { teamsTenant: null, slackTeam: null };
    const { problems } = read(`name,teams id\nJoe,${entra(2)}`, [], nowhere);
    expect(problems[0]).toMatchObject({
      line: 2,
      says: expect.stringContaining('tenant') as string,
    });
  });

  test.each([
    ['nothing', '', 'Nobody is in the list.'],
    ['a line that is too short', `name,teams id\nJoe`, 'as many columns'],
    ['an open quotation mark', `name,teams id\n"Joe,${entra(2)}`, 'cannot be read as CSV'],
  ])('refuses %s without repeating it', (_, csv, says) => {
    const { problems } = read(csv);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.says).toContain(says);
    expect(problems[0]?.says).not.toContain('Joe');
  });

  test('that is already in the file changes nothing', () => {
    expect(read(`name,teams id\nAmy Lowe,${entra(1)}`)).toEqual({
      people: [amy],
      changes: [],
      problems: [],
    });
  });
});
