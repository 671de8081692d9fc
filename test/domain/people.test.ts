import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  audienceOf,
  isAllegation,
  laneOf,
  onCallFor,
  secondPeople,
  type Involvement,
} from '../../src/domain/audience.ts';
import { hasRole, type Person, type Role } from '../../src/domain/people.ts';
import { mustNotKnow } from '../policies/life/people-rules.ts';
import { involvement, people } from '../policies/life/school.ts';

const runs = { numRuns: 2000 };

/** Any people, any involvement, and the audience that follows. */
function always(check: (given: { people: Person[]; involvement: Involvement }) => void): void {
  fc.assert(
    fc.property(people, involvement, (some, one) => {
      check({ people: some, involvement: one });
    }),
    runs,
  );
}

function audience({
  people: some,
  involvement: one,
}: {
  people: Person[];
  involvement: Involvement;
}) {
  return audienceOf(laneOf(one), one, some);
}

function out(given: { people: Person[]; involvement: Involvement }): Set<string> {
  const allegation = isAllegation(given.involvement);
  return mustNotKnow({ involvement: given.involvement, allegation }, given.people);
}

describe('whoever hears of a concern', () => {
  it('is never a subject, in conflict, or gone, whatever offices they hold', () => {
    always((given) => {
      const found = audience(given);
      const hearing = [
        ...found.team,
        ...onCallFor(found, given.people),
        ...secondPeople(found, found.team[0] ?? '', given.people),
      ];
      for (const id of hearing) expect(out(given).has(id), id).toBe(false);
    });
  });

  it('is the whole of the team that may know, and otherwise one office after the other', () => {
    always((given) => {
      const { lane, team, goesTo, channel } = audience(given);
      const free = (...roles: Role[]) =>
        given.people.filter(
          (one) => one.active && hasRole(one, ...roles) && !out(given).has(one.id),
        );
      const offices = [
        ...(lane === 'lead' ? [{ name: 'safeguarding-team', who: free('lead', 'deputy') }] : []),
        { name: 'headteacher', who: free('headteacher') },
        { name: 'chair', who: free('chair') },
      ];
      const first = offices.find(({ who }) => who.length > 0);
      expect(goesTo).toBe(first?.name ?? 'nobody');
      expect(new Set(team)).toEqual(new Set(first?.who.map(({ id }) => id)));
      expect(channel).toBe(goesTo === 'safeguarding-team');
    });
  });

  it('is not the safeguarding team when an adult here may have done something', () => {
    always((given) => {
      const { about, adultPart } = given.involvement;
      const adult = ['adult-here', 'headteacher', 'lead-or-deputy'].some((one) =>
        about.includes(one),
      );
      const may = about.includes('unknown-adult') || (adult && adultPart !== 'done-to');
      expect(isAllegation(given.involvement)).toBe(may);
      if (!may) return;
      expect(laneOf(given.involvement)).toBe('manager');
      expect(['headteacher', 'chair', 'nobody']).toContain(audience(given).goesTo);
    });
  });

  it('signs as a second person only if they neither propose it nor are involved', () => {
    always((given) => {
      const found = audience(given);
      for (const proposer of found.team) {
        const signers = secondPeople(found, proposer, given.people);
        expect(signers).not.toContain(proposer);
        if (found.lane === 'manager')
          for (const id of signers)
            expect(given.people.find((one) => one.id === id)?.roles).toContain('chair');
      }
    });
  });

  it('does not depend on the order in which people stand in the file', () => {
    always((given) => {
      const turned = { ...given, people: given.people.toReversed() };
      expect(new Set(audience(turned).team)).toEqual(new Set(audience(given).team));
    });
  });
});

const person = (id: string, ...roles: Role[]): Person => ({
  ...{ id, name: id, roles, active: true, phone: null, awayUntil: null },
});
const about = (options: string[], more: Partial<Involvement> = {}): Involvement => ({
  ...{ about: options, adultPart: null, subjects: [], conflicts: [] },
  ...more,
});

describe('at Fernbrook, where the headteacher is the lead', () => {
  const fernbrook = [
    person('helen', 'lead', 'headteacher'),
    person('omar', 'deputy'),
    person('malcolm', 'chair'),
  ];

  it('a concern about the headteacher reaches the chair alone (S40)', () => {
    const one = about(['headteacher'], { adultPart: 'done-by' });
    const found = audienceOf(laneOf(one), one, fernbrook);
    expect(found).toMatchObject({ team: ['malcolm'], goesTo: 'chair', channel: false });
    expect(found.excluded).toContain('helen');
  });

  it('“the lead or a deputy” without a name keeps all of them out until somebody says who', () => {
    const nobody = about(['lead-or-deputy'], { adultPart: 'not-sure' });
    expect(audienceOf('manager', nobody, fernbrook).team).toEqual(['malcolm']);
    const omar = { ...nobody, subjects: ['omar'] };
    expect(audienceOf('manager', omar, fernbrook).team).toEqual(['helen']);
  });

  it('is sealed when nobody is left, and says so', () => {
    const one = about(['headteacher'], { adultPart: 'done-by', conflicts: ['malcolm'] });
    expect(audienceOf('manager', one, fernbrook)).toMatchObject({ team: [], goesTo: 'nobody' });
  });

  it('what was done to an adult here is the headteacher’s, and the team’s when a child is in it (S30)', () => {
    expect(laneOf(about(['adult-here'], { adultPart: 'done-to' }))).toBe('manager');
    expect(laneOf(about(['adult-here', 'child-here'], { adultPart: 'done-to' }))).toBe('lead');
    expect(laneOf(about(['someone-online']))).toBe('lead');
    expect(laneOf(about(['unknown-adult']))).toBe('manager');
  });
});
