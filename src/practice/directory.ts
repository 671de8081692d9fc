import { createHash } from 'node:crypto';

export type DirectoryPerson = {
  id: string;
  name: string;
  roleLabel: string;
  aadObjectId: string;
};

/** `members` are the Entra object ids of those who can read it. */
export type DirectoryChannel = { id: string; name: string; teamId: string; members: string[] };

export type DirectorySchool = {
  id: string;
  name: string;
  tenant: string;
  people: DirectoryPerson[];
  channels: DirectoryChannel[];
};

/** The fictional schools as plain data. Nobody in it may be a real person. */
export type Directory = { schools: DirectorySchool[] };

export type Account = 'member' | 'guest';

/** Somebody who can sit down in a pane. `key` is `school.person` and unique in the workspace. */
export type Seated = DirectoryPerson & {
  key: string;
  school: string;
  tenant: string;
  account: Account;
};

/** Two people whom the bot must refuse, so that a newcomer can see how it does that. */
const newcomers: { id: string; name: string; roleLabel: string; account: Account }[] = [
  { id: 'stranger', name: 'Robin Field', roleLabel: 'not on the staff list', account: 'member' },
  { id: 'guest', name: 'Jo Sands', roleLabel: 'guest account', account: 'guest' },
];

/** Everybody who can be played in this school: its people, then a stranger and a guest of our own. */
export function seatedPeople(school: DirectorySchool): Seated[] {
  const staff = school.people.map((person) => seat(school, person, 'member'));
  const others = newcomers.map((who) =>
    seat(school, { ...who, aadObjectId: inventedObjectId(`${school.id}.${who.id}`) }, who.account),
  );
  return [...staff, ...others];
}

function seat(school: DirectorySchool, person: DirectoryPerson, account: Account): Seated {
  const { id, name, roleLabel, aadObjectId } = person;
  const key = `${school.id}.${id}`;
  return {
    id,
    name,
    roleLabel,
    aadObjectId,
    key,
    school: school.id,
    tenant: school.tenant,
    account,
  };
}

/** The same id in every run, because the bot's database outlives this process. */
function inventedObjectId(seed: string): string {
  const hex = createHash('sha256').update(`practice:${seed}`).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...groups, hex.slice(20, 32)].join('-');
}
