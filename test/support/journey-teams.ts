import type { BotOptions } from '../../src/bot.ts';
import type { SchoolFile } from '../../src/domain/school.ts';
import { startFakeTeams } from './fake-teams.ts';
import { homeTenant } from './fake-teams-world.ts';
import type { Workplace } from './person-driver.ts';

/** A school's file put on a platform's stand-in: everybody has an account there and the bot installed. */
export type Joined = {
  file: SchoolFile;
  workplace: Workplace;
  leadChannel: string;
  options: Pick<BotOptions, 'teams' | 'slack'>;
  connect(botUrl: string): Promise<void>;
};

export const leadTeam = 'Safeguarding';

/** The school on Teams: real tokens, a private team with one channel for the leads. */
export async function joinTeams(file: SchoolFile): Promise<Joined> {
  const teams = await startFakeTeams();
  const accounts = new Map(file.people.map((person) => [person.key, teams.addPerson(person.name)]));
  const accountOf = (key: string) => {
    const account = accounts.get(key);
    if (account === undefined) throw new Error(`no account for ${key}`);
    return account;
  };
  const leads = file.people.filter(
    ({ roles }) => roles.includes('lead') || roles.includes('deputy'),
  );
  const team = teams.addTeam(
    leadTeam,
    leads.map(({ key }) => accountOf(key)),
  );
  const people = file.people.map(({ slack: _slack, ...person }) => ({
    ...person,
    teams: { tenant: homeTenant, user: accountOf(person.key).aad },
  }));
  return {
    file: {
      ...file,
      people,
      channels: { teams: { tenant: homeTenant, team: team.id, channel: team.id } },
    },
    workplace: teams,
    leadChannel: leadTeam,
    options: {
      teams: {
        credentials: teams.settings.credentials,
        openIdMetadataUrl: teams.settings.openIdMetadataUrl,
        serviceUrls: [teams.settings.serviceUrl],
      },
      slack: null,
    },
    connect: async (botUrl) => {
      teams.connect(botUrl);
      for (const account of accounts.values()) await teams.install(account);
    },
  };
}
