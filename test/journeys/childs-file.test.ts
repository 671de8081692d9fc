import { beforeAll, describe, expect, it } from 'vitest';
import { claim, openMatter, raise, walkOf } from '../support/journey-acts.ts';
import type { JourneyPerson } from '../support/journey-person.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { calmLook, take, writing } from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const toFile = 'For the child’s file';

describe.each(platforms)('what is copied into a child’s file (S51) on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  const priya = () => journey.person('priya.nair');

  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
    reference = await raise(journey, 'amy.lowe', {
      about: ['child-here'],
      kinds: ['bullying'],
      words: {
        said: 'Ferdinand called Gwendolen names at https://bad.example/x?p=1',
        who: 'Ferdinand Quill and Gwendolen Thrupp',
      },
    });
    await claim(journey, 'priya.nair', reference);
    await take(priya(), reference, {
      ...calmLook(
        { name: 'Ferdinand Quill', parts: ['alleged'] },
        { name: 'Gwendolen Thrupp', parts: ['harmed'] },
      ),
      'Shall this child’s parents be told?: child 1': writing({ chosen: 'Tell them now' }),
      'Shall this child’s parents be told?: child 2': writing({ chosen: 'Tell them now' }),
    });
  }, 240_000);

  async function details(person: JourneyPerson): Promise<void> {
    await person.press('Details', walkOf(person, reference)?.at);
  }

  /** All pages, as text. */
  async function wholeRecord(person: JourneyPerson): Promise<string> {
    const pages = [person.screen()?.text ?? ''];
    while (person.screen()?.buttons.includes('Next page')) {
      await person.press('Next page');
      pages.push(person.screen()?.text ?? '');
    }
    return pages.join('\n');
  }

  it('asks for which child, and leaves the other one out', async () => {
    await details(priya());
    await priya().press(toFile);
    await priya().press('For child 2');
    const record = await wholeRecord(priya());
    priya().close();
    expect(record).toContain('Gwendolen Thrupp');
    expect(record).not.toMatch(/Ferdinand|Quill/);
    expect(record).toContain('child 1 called Gwendolen names');
    expect(record).toMatch(/told\?.*child 2.*Tell them now/);
    expect(record).not.toMatch(/told\?.*child 1/);
  });

  it('says by which version and which clauses, in order, with addresses that nobody can click', async () => {
    await details(priya());
    await priya().press(toFile);
    await priya().press('For child 1');
    const record = await wholeRecord(priya());
    priya().close();
    expect(record).toMatch(/Procedure[\s\S]*, version 1/);
    expect(record).toMatch(/line \d+/);
    expect(record).toContain('hxxps://bad[.]example');
    expect(record).not.toContain('https://bad.example');
    expect(record.indexOf('raised the concern')).toBeLessThan(record.indexOf('Tell them now'));
    expect(record).not.toMatch(/Gwendolen|Thrupp/);
  });

  it('is in the record each time', async () => {
    await details(priya());
    const before = await readings();
    await priya().press(toFile);
    await priya().press('For child 1');
    expect(await readings()).toBe(before + 2);
    priya().close();
  });

  async function readings(): Promise<number> {
    const rows = await journey.sql(`SELECT 1 FROM case_event WHERE type = 'viewed'`);
    return rows.length;
  }

  it('is for the headteacher alone when it is about an adult here', async () => {
    const restricted = await raise(journey, 'joe.birch', {
      about: ['adult-here'],
      kinds: ['grooming'],
      adult: { part: 'done-by', subject: 'Ben Okoro' },
      words: { said: 'He messaged Peregrine at night' },
    });
    const ruth = await openMatter(journey, 'ruth.carr', restricted);
    await ruth.press('Details');
    expect(ruth.screen()?.buttons).toContain(toFile);
    await ruth.press(toFile);
    expect(ruth.screen()?.text).toContain('Peregrine');
    ruth.close();
  });

  itKeepsItsPromises(() => journey);
});
