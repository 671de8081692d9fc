import { beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/postgres/verify-audit.ts';
import { createTestStore, type TestStore } from '../support/database.ts';
import { makeSchool, minutesLater, openCase, schoolFile, someTime } from './fixtures.ts';

const here: TestStore = await createTestStore();
let number = 0;
let name: string;

beforeEach(() => {
  number += 1;
  name = `school-${String(number)}`;
});

const file = (over: Record<string, unknown> = {}) => schoolFile({ school: name, ...over });
const people = () => structuredClone(file().people);
const account = (key: string) => ({ platform: 'slack', tenant: 'T1', user: `U-${key}` }) as const;
const apply = (over: Record<string, unknown> = {}) =>
  here.store.applySchool(file(over), minutesLater(number));

test('a school becomes what its file says', async () => {
  const { school: id } = await apply();
  const [school] = (await here.store.schools()).filter((one) => one.id === id);
  expect(school).toMatchObject({
    key: name,
    name: 'Hillside',
    prefix: 'HS',
    pack: 'st-wilfrids',
    calendar: { hours: { opens: '08:30', closes: '16:00', home: '15:15' }, terms: [], closed: [] },
    contacts: { police: { name: 'Northmoor Police', phone: '01632 960111' } },
    channels: [{ platform: 'slack', tenant: 'T1', channel: 'C-dsl' }],
  });
  expect(school?.people.map((person) => person.name)).toEqual(
    file().people.map((person) => person.name),
  );
});

test('the same file again changes nothing', async () => {
  await apply();
  expect((await apply()).changes).toEqual([]);
});

test('people are matched by key, so that a new name is the same person', async () => {
  const school = await makeSchool(here.store, { school: name });
  const renamed = people().map((person) =>
    person.key === 'lead' ? { ...person, name: 'Name-new', phone: '01632 960100' } : person,
  );
  expect((await apply({ people: renamed })).changes).toEqual(['Changed lead']);
  const found = await here.store.schoolsOf(account('lead'));
  expect(found.find((one) => one.school.id === school.id)?.person).toMatchObject({
    id: school.person('lead'),
    name: 'Name-new',
    phone: '01632 960100',
  });
});

describe('somebody who is no longer in the file', () => {
  test('is kept, deactivated, and their accounts end', async () => {
    const school = await makeSchool(here.store, { school: name });
    const rest = people().filter(({ key }) => key !== 'deputy');
    const { changes } = await apply({ people: rest });
    expect(changes).toContain('Deactivated deputy');
    const mine = await here.store.schoolsOf(account('deputy'));
    expect(mine.filter((one) => one.school.id === school.id)).toEqual([]);
    const now = await here.store.run({ school: school.id, as: 'product' }, (tx) => tx.school());
    expect(now.people.find(({ id }) => id === school.person('deputy'))?.active).toBe(false);
    expect(await here.store.accountsOf(school.id, school.person('deputy'))).toEqual([]);
  });

  test('loses every case, and has them again on coming back', async () => {
    const school = await makeSchool(here.store, { school: name });
    const both = [school.person('lead'), school.person('deputy')];
    const opened = await openCase(here.store, school, both);
    const scope = { school: school.id, as: 'person', person: school.person('deputy') } as const;
    const reads = async () =>
      (await here.store.run(scope, (tx) => tx.loadCase(opened.id))) !== null;
    expect(await reads()).toBe(true);
    await apply({ people: people().filter(({ key }) => key !== 'deputy') });
    expect(await reads()).toBe(false);
    await apply();
    expect(await reads()).toBe(true);
  });
});

test('a new deputy reads the open cases from that moment, and nobody involved does', async () => {
  const school = await makeSchool(here.store, { school: name });
  const pupil = await openCase(here.store, school, [school.person('lead')]);
  const restricted = await openCase(here.store, school, [school.person('head')], {
    about: ['adult-here'],
    adultPart: 'done-by',
    subjects: [school.person('teacher')],
  });
  const promoted = people().map((person) =>
    person.key === 'teacher' ? { ...person, roles: ['deputy' as const] } : person,
  );
  await apply({ people: promoted });
  const scope = { school: school.id, as: 'person', person: school.person('teacher') } as const;
  const read = (id: string) => here.store.run(scope, (tx) => tx.loadCase(id));
  expect(await read(pupil.id)).not.toBeNull();
  expect(await read(restricted.id)).toBeNull();
  const lines = await here.store.run(scope, (tx) => tx.caseLines({ open: true }));
  expect(lines.map(({ id }) => id)).toEqual([pupil.id]);
});

test('a new account of somebody replaces the old one', async () => {
  await apply();
  const moved = people().map((person) =>
    person.key === 'lead' ? { ...person, slack: { team: 'T1', user: `U-${name}` } } : person,
  );
  await apply({ people: moved });
  const found = await here.store.schoolsOf({ platform: 'slack', tenant: 'T1', user: `U-${name}` });
  expect(found.map(({ school }) => school.key)).toEqual([name]);
  const old = await here.store.schoolsOf(account('lead'));
  expect(old.map(({ school }) => school.key)).not.toContain(name);
});

test('how somebody is written to is remembered for every school of theirs', async () => {
  const school = await makeSchool(here.store, { school: name });
  await here.store.saveAddress(account('lead'), { channel: 'D1' });
  expect(await here.store.accountsOf(school.id, school.person('lead'))).toEqual([
    { ...account('lead'), address: { channel: 'D1' } },
  ]);
});

test('a tenant is known when somebody has an account in it', async () => {
  await apply();
  expect(await here.store.isRegisteredTenant('slack', 'T1')).toBe(true);
  expect(await here.store.isRegisteredTenant('teams', 'T1')).toBe(false);
});

test('a file that its check stops is refused whole', async () => {
  const twice = [...people(), ...people()];
  await expect(apply({ people: twice })).rejects.toMatchObject({ code: 'refused' });
});

test('the same file applied twice at once makes one school', async () => {
  const other = here.another();
  const applied = await Promise.all([
    here.store.applySchool(file(), someTime),
    other.applySchool(file(), someTime),
  ]);
  expect(applied[0].school).toBe(applied[1].school);
});

test('every change of a school is in its audit', async () => {
  const { school } = await apply();
  await apply({ people: people().filter(({ key }) => key !== 'deputy') });
  const { rows } = await here.database.asOwner((client) =>
    client.query<{ type: string }>(
      'SELECT type FROM audit_entry WHERE school_id = $1 ORDER BY number',
      [school],
    ),
  );
  const types = new Set(rows.map(({ type }) => type));
  expect(types).toEqual(
    new Set(['school-made', 'person-added', 'account-added', 'person-left', 'account-ended']),
  );
  expect(await verifyAudit(here.store, school)).toMatchObject({ ok: true });
});
