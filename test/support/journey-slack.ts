import type { SchoolFile } from '../../src/domain/school.ts';
import { startFakeSlack } from './fake-slack.ts';
import type { Joined } from './journey-teams.ts';

export const slackLeadChannel = 'safeguarding-leads';

/** The school on Slack: everybody has an account, and the leads have a private channel with the bot in it. */
export async function joinSlack(
  file: SchoolFile,
  { clock }: { clock?: () => Date } = {},
): Promise<Joined> {
  const slack = await startFakeSlack(clock === undefined ? {} : { clock });
  const { team } = slack.world;
  const accounts = new Map(file.people.map((person) => [person.key, slack.addPerson(person.name)]));
  const accountOf = (key: string) => {
    const account = accounts.get(key);
    if (account === undefined) throw new Error(`no account for ${key}`);
    return account;
  };
  const leads = file.people.filter(
    ({ roles }) => roles.includes('lead') || roles.includes('deputy'),
  );
  const channel = slack.addChannel(
    slackLeadChannel,
    leads.map(({ key }) => accountOf(key)),
  );
  const people = file.people.map(({ teams: _teams, ...person }) => ({
    ...person,
    slack: { team, user: accountOf(person.key).id },
  }));
  const { apiUrl, botToken, signingSecret } = slack.settings;
  return {
    file: { ...file, people, channels: { slack: { team, channel: channel.id } } },
    workplace: slack,
    leadChannel: slackLeadChannel,
    options: { teams: null, slack: { apiUrl, botToken, signingSecret, appToken: null } },
    connect: (botUrl) => {
      slack.connect(botUrl);
      return Promise.resolve();
    },
  };
}
