import { z } from 'zod';
import type { Account, Store } from '../app/ports.ts';
import type { School } from '../domain/school.ts';
import { readAccounts, readWays, writeAddress } from './accounts.ts';
import { handleDigest, readHandle } from './conversation.ts';
import { endAccount } from './leaving.ts';
import { readSchool } from './schools.ts';
import { moment, type Session } from './session.ts';
import type { PostgresStore } from './store.ts';

const schoolRows = z.array(z.object({ id: z.uuid() }));
const memberRows = z.array(z.object({ school: z.uuid(), person: z.uuid() }));
const yesOrNo = z.tuple([z.object({ yes: z.boolean() })]);
const perhapsSchool = z.tuple([z.object({ id: z.uuid().nullable() })]);

/**
 * What must be answered before it is known which school is meant. The database's own functions say which
 * school and no more; everything else is then read as that school.
 */
export function acrossSchools({
  session,
  lookUp,
}: Pick<PostgresStore, 'session' | 'lookUp'>): Omit<Store, 'run' | 'applySchool'> {
  const inSchool = <T>(school: string, work: (opened: Session) => Promise<T>) =>
    session({ school, as: 'product' }, work);
  const members = async ({ platform, tenant, user }: Account) =>
    memberRows.parse(
      await lookUp(
        (db) => db.$queryRaw`SELECT school_id AS school, person_id AS person
          FROM schools_of(${platform}, ${tenant}, ${user})`,
      ),
    );
  return {
    schoolsOf: async (account) => {
      const found = await members(account);
      return Promise.all(
        found.map((member) => inSchool(member.school, asMember(member.person))),
      ).then((schools) => schools.flat());
    },
    schools: async () => {
      const rows = await lookUp((db) => db.$queryRaw`SELECT school_ids AS id FROM school_ids()`);
      const schools: School[] = [];
      // One after the other: a deployment may have hundreds, and there are few connections.
      for (const { id } of schoolRows.parse(rows)) schools.push(await inSchool(id, readSchool));
      return schools;
    },
    isRegisteredTenant: async (platform, tenant) => {
      const rows = await lookUp(
        (db) => db.$queryRaw`SELECT tenant_is_known(${platform}, ${tenant}) AS yes`,
      );
      return yesOrNo.parse(rows)[0].yes;
    },
    findHandle: async (handle, now) => {
      const digest = handleDigest(handle);
      const rows = await lookUp(
        (db) => db.$queryRaw`SELECT school_of_handle(${digest}, ${moment(now)}) AS id`,
      );
      const [{ id }] = perhapsSchool.parse(rows);
      return id === null ? null : inSchool(id, (opened) => readHandle(opened, handle, now));
    },
    firstSight: async (digest, until) => {
      const bytes = new Uint8Array(Buffer.from(digest, 'hex'));
      const rows = await lookUp(
        (db) => db.$queryRaw`SELECT first_sight(${bytes}, ${moment(until)}) AS yes`,
      );
      return yesOrNo.parse(rows)[0].yes;
    },
    accountsOf: (school, person) => inSchool(school, (opened) => readAccounts(opened, person)),
    waysTo: (school, person) => inSchool(school, (opened) => readWays(opened, person)),
    endAccount: async (account, at) => {
      const ended: { school: string; person: string }[] = [];
      for (const { school } of await members(account)) {
        const person = await inSchool(school, (opened) => endAccount(opened, account, at));
        if (person !== null) ended.push({ school, person });
      }
      return ended;
    },
    saveAddress: async (account, address) => {
      for (const { school } of await members(account))
        await inSchool(school, (opened) => writeAddress(opened, account, address));
    },
  };
}

/** The school with the member in it, unless they have left meanwhile. */
function asMember(id: string) {
  return async (opened: Session) => {
    const school = await readSchool(opened);
    const person = school.people.find((candidate) => candidate.id === id && candidate.active);
    return person === undefined ? [] : [{ school, person }];
  };
}
