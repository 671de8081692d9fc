import type { Role } from './domain/people.ts';
import type { SchoolFile, SchoolFilePerson } from './domain/school.ts';
import type { Directory, DirectoryPerson, DirectorySlack } from './practice/directory.ts';

const roleLabels: Record<Role, string> = {
  lead: 'safeguarding lead',
  deputy: 'deputy lead',
  headteacher: 'headteacher',
  chair: 'chair of governors',
  'leadership-on-call': 'leadership on call',
  it: 'IT',
  'safeguarding-governor': 'safeguarding governor',
  administrator: 'administrator',
  staff: 'member of staff',
};

/** The practice schools as the workspace needs them: who can be played, and who is in which channel. */
export function practiceDirectory(schools: readonly SchoolFile[]): Directory {
  return {
    schools: schools.flatMap((school) => {
      const lead = school.channels.teams;
      if (lead === undefined) return [];
      return [
        {
          id: school.school,
          name: school.name,
          tenant: lead.tenant,
          people: school.people.flatMap(toPerson),
          channels: [leadChannel(school, lead), staffRoom(school)],
          ...slackOf(school),
        },
      ];
    }),
  };
}

function toPerson(person: SchoolFilePerson): DirectoryPerson[] {
  if (person.teams === undefined) return [];
  const labels = person.roles.filter((role) => role !== 'staff').map((role) => roleLabels[role]);
  return [
    {
      id: person.key,
      name: person.name,
      roleLabel: labels.join(', ') || roleLabels.staff,
      aadObjectId: person.teams.user,
      ...(person.slack === undefined ? {} : { slackUser: person.slack.user }),
    },
  ];
}

function leadChannel(school: SchoolFile, lead: NonNullable<SchoolFile['channels']['teams']>) {
  const members = usersOf(leadTeam(school));
  return { id: lead.channel, name: 'Safeguarding', teamId: lead.team, members };
}

function leadTeam({ people }: SchoolFile): SchoolFilePerson[] {
  return people.filter(({ roles }) => roles.includes('lead') || roles.includes('deputy'));
}

/** The school's Slack: the lead's private channel and a public one that the bot is not in. */
function slackOf(school: SchoolFile): { slack?: DirectorySlack } {
  const lead = school.channels.slack;
  if (lead === undefined) return {};
  const members = leadTeam(school).flatMap(({ slack }) =>
    slack === undefined ? [] : [slack.user],
  );
  const channels = [
    { id: lead.channel, name: 'safeguarding', private: true, members },
    { id: `C0${school.prefix}STAFFROOM`, name: 'staffroom', private: false, members: [] },
  ];
  return { slack: { team: lead.team, domain: `${school.school}-practice`, channels } };
}

function staffRoom(school: SchoolFile) {
  const id = `19:${school.school}-staff@thread.practice`;
  return {
    id,
    name: 'Staff room',
    teamId: `team-${school.school}-staff`,
    members: usersOf(school.people),
  };
}

function usersOf(people: readonly SchoolFilePerson[]): string[] {
  return people.flatMap(({ teams }) => (teams === undefined ? [] : [teams.user]));
}
