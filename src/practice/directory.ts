import { createHash } from 'node:crypto';

export type DirectoryPerson = {
  id: string;
  name: string;
  roleLabel: string;
  aadObjectId: string;
  /** Their id in the school's Slack, where it has one. */
  slackUser?: string;
};

/** `members` are the Entra object ids of those who can read it. */
export type DirectoryChannel = { id: string; name: string; teamId: string; members: string[] };

/** `members` are Slack user ids; everybody of the workspace may read a public one. */
export type DirectorySlackChannel = {
  id: string;
  name: string;
  private: boolean;
  members: string[];
};

/** The school's Slack workspace. `domain` stands before `.slack.com` in links to messages. */
export type DirectorySlack = { team: string; domain: string; channels: DirectorySlackChannel[] };

export type DirectorySchool = {
  id: string;
  name: string;
  tenant: string;
  people: DirectoryPerson[];
  channels: DirectoryChannel[];
  /** A bot's token is good for one workspace: the first school that has one gets the Slack side. */
  slack?: DirectorySlack;
};

/** The fictional schools as plain data. Nobody in it may be a real person. */
export type Directory = { schools: DirectorySchool[] };

export type Account = 'member' | 'guest';

/** Somebody who can sit down in a pane. `key` is `school.person` and unique in the workspace. */
export type Seated = Omit<DirectoryPerson, 'slackUser'> & {
  key: string;
  school: string;
  tenant: string;
  account: Account;
  slackUser: string | null;
};

/** Two people whom the bot must refuse, so that a newcomer can see how it does that. */
const newcomers: { id: string; name: string; roleLabel: string; account: Account }[] = [
  { id: 'stranger', name: 'Robin Field', roleLabel: 'not on the staff list', account: 'member' },
  { id: 'guest', name: 'Jo Sands', roleLabel: 'guest account', account: 'guest' },
];

/** Everybody who can be played in this school: its people, then a stranger and a guest of our own. */
export function seatedPeople(school: DirectorySchool): Seated[] {
  const staff = school.people.map((person) => seat(school, person, 'member'));
  const others = newcomers.map((who) => seat(school, newcomer(school, who), who.account));
  return [...staff, ...others];
}

/** The school whose Slack is played, and its workspace. */
export function slackSchool({
  schools,
}: Directory): { school: DirectorySchool; slack: DirectorySlack } | null {
  for (const school of schools)
    if (school.slack !== undefined) return { school, slack: school.slack };
  return null;
}

function newcomer(
  school: DirectorySchool,
  who: Pick<DirectoryPerson, 'id' | 'name' | 'roleLabel'>,
): DirectoryPerson {
  const seed = `${school.id}.${who.id}`;
  return {
    ...who,
    aadObjectId: inventedObjectId(seed),
    ...(school.slack === undefined ? {} : { slackUser: inventedSlackId('U', seed) }),
  };
}

function seat(school: DirectorySchool, person: DirectoryPerson, account: Account): Seated {
  const { id, name, roleLabel, aadObjectId, slackUser } = person;
  const key = `${school.id}.${id}`;
  return {
    ...{ id, name, roleLabel, aadObjectId, key },
    school: school.id,
    tenant: school.tenant,
    account,
    slackUser: school.slack === undefined ? null : (slackUser ?? null),
  };
}

/** An id in Slack's manner: a letter for the kind, then capitals and digits. Always the same for a seed. */
export function inventedSlackId(kind: 'U' | 'D', seed: string): string {
  return `${kind}0${digest(seed).slice(0, 9).toUpperCase()}`;
}

/** The same id in every run, because the bot's database outlives this process. */
function inventedObjectId(seed: string): string {
  const hex = digest(seed);
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...groups, hex.slice(20, 32)].join('-');
}

function digest(seed: string): string {
  return createHash('sha256').update(`practice:${seed}`).digest('hex');
}
