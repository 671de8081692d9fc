import type { Directory } from '../../../src/practice/directory.ts';

/** Enough of the fictional schools for the practice workspace's own tests. */
export const directory: Directory = {
  schools: [
    {
      id: 'hillside',
      name: 'Hillside',
      tenant: '11111111-0000-4000-8000-000000000001',
      people: [
        person('amy-lowe', 'Amy Lowe', 'teacher', 1),
        person('priya-nair', 'Priya Nair', 'safeguarding lead', 2),
        person('tom-hale', 'Tom Hale', 'deputy safeguarding lead', 3),
        person('ruth-carr', 'Ruth Carr', 'headteacher', 4),
      ],
      channels: [
        channel('dsl', 'dsl', 'leads', [2, 3]),
        channel('staffroom', 'staffroom', 'staff', [1, 2, 3, 4]),
      ],
    },
    {
      id: 'fernbrook',
      name: 'Fernbrook',
      tenant: '11111111-0000-4000-8000-000000000002',
      people: [person('helen-marsh', 'Helen Marsh', 'headteacher and safeguarding lead', 11)],
      channels: [],
    },
  ],
};

/** Object ids of the people above, by number. */
export function objectId(number: number): string {
  return `22222222-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The conversation ids of the channels above. */
export const channels = {
  dsl: '19:practice-dsl@thread.tacv2',
  staffroom: '19:practice-staffroom@thread.tacv2',
};

function person(id: string, name: string, roleLabel: string, number: number) {
  return { id, name, roleLabel, aadObjectId: objectId(number) };
}

function channel(id: string, name: string, team: string, members: number[]) {
  return {
    id: `19:practice-${id}@thread.tacv2`,
    name,
    teamId: `19:practice-team-${team}@thread.tacv2`,
    members: members.map(objectId),
  };
}
