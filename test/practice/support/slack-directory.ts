import type { Directory } from '../../../src/practice/directory.ts';
import { directory as teams } from './directory.ts';

/** The ids of Hillside's channels. */
export const places = { leads: 'C0LEADS', staffroom: 'C0STAFFROOM' };

/** The same schools; Hillside is on Slack as well. */
export const slackDirectory: Directory = {
  schools: teams.schools.map((school) =>
    school.id === 'hillside'
      ? {
          ...school,
          people: school.people.map((person) => ({ ...person, slackUser: slackUser(person.id) })),
          slack: {
            team: 'T0HILLSIDE',
            domain: 'hillside-practice',
            channels: [
              {
                id: places.leads,
                name: 'safeguarding',
                private: true,
                members: [slackUser('priya-nair'), slackUser('tom-hale')],
              },
              { id: places.staffroom, name: 'staffroom', private: false, members: [] },
            ],
          },
        }
      : school,
  ),
};

/** `U0AMYLOWE` for `amy-lowe`. */
export function slackUser(id: string): string {
  return `U0${id.replaceAll('-', '').toUpperCase()}`;
}
