import type { SchoolFile } from '../../src/domain/school.ts';
import type { JourneyWorkplace } from './journey-person.ts';
import { joinSlack } from './journey-slack.ts';
import { joinTeams, type Joined, type JoinOptions } from './journey-teams.ts';

/**
 * One school on both platforms: the leads' channel is on `home`, and so is everybody but those named in
 * `elsewhere`, who are on the other one alone.
 */
export async function joinBoth(
  file: SchoolFile,
  home: 'teams' | 'slack',
  elsewhere: readonly string[],
  options: JoinOptions,
): Promise<Joined> {
  const away = (key: string) => elsewhere.includes(key);
  // Only those who are there stand in a file, so nobody else gets an account.
  const part = (of: boolean): SchoolFile => ({
    ...file,
    people: file.people.filter(({ key }) => away(key) === of),
  });
  const [join, joinOther] = home === 'teams' ? [joinTeams, joinSlack] : [joinSlack, joinTeams];
  const here = await join(part(false), options);
  const there = await joinOther(part(true), { ...options, channel: false });
  const at = (key: string) => (away(key) ? there : here);
  const names = new Set(part(true).people.map(({ name }) => name));
  return {
    file: {
      ...here.file,
      people: file.people.map((person) => ({
        ...person,
        ...at(person.key).file.people.find(({ key }) => key === person.key),
      })),
    },
    workplace: workplaceOf(here, there, names),
    leadChannel: here.leadChannel,
    options: {
      teams: here.options.teams ?? there.options.teams,
      slack: here.options.slack ?? there.options.slack,
    },
    upkeep: {
      ...here.upkeep,
      leaves: (key, how) => at(key).upkeep.leaves(key, how),
      accountOf: (key) => at(key).upkeep.accountOf(key),
      unreachable: (key) => {
        at(key).upkeep.unreachable(key);
      },
      down: (is) => {
        for (const one of [here, there]) one.upkeep.down(is);
      },
    },
    connect: async (botUrl, idle) => {
      for (const one of [here, there]) await one.connect(botUrl, idle);
    },
  };
}

function workplaceOf(here: Joined, there: Joined, away: ReadonlySet<string>): JourneyWorkplace {
  const both = [here.workplace, there.workplace];
  return {
    ...here.workplace,
    person: (name) => (away.has(name) ? there : here).workplace.person(name),
    deliverNext: (times) => {
      for (const one of both) one.deliverNext(times);
    },
    recordings: () => both.flatMap((one) => one.recordings()),
    violations: () => both.flatMap((one) => one.violations()),
    stop: async () => {
      for (const one of both) await one.stop();
    },
  };
}
