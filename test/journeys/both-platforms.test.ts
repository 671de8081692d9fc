import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  answer,
  claim,
  details,
  heardOf,
  inChannel,
  openMatter,
  raise,
  readable,
  sentTo,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { startJourney, type Journey } from '../support/journey.ts';

/* One school on both platforms: the teacher on one, the safeguarding team on the other. */

const picture: Told = {
  about: ['child-here'],
  kinds: ['nude-picture'],
  words: { said: 'Valentina says there is a picture of her', who: 'Valentina Moss, Year 6' },
};

describe.each([
  { platform: 'teams', teacher: 'Slack' },
  { platform: 'slack', teacher: 'Teams' },
] as const)('a teacher in $teacher, the team in $platform', ({ platform }) => {
  let journey: Journey;
  let reference: string;
  beforeAll(async () => {
    const elsewhere = ['amy.lowe', 'joe.birch', 'tom.hale'];
    journey = await startJourney({ platform, elsewhere, school: 'hillside' });
  });

  it('brings the concern to the channel and to the lead, and the receipt to the teacher', async () => {
    reference = await raise(journey, 'amy.lowe', picture);
    expect(inChannel(journey, 'priya.nair', reference)).toContain('Picture of a child · URGENT');
    expect(aboutIn(journey.person('priya.nair'), reference)).toHaveLength(1);
    expect(aboutIn(journey.person('amy.lowe'), reference)).toEqual([
      expect.stringContaining('Saved at 10:3'),
    ]);
    expect(sentTo(journey, 'Joe Birch')).toBe(0);
  });

  it('tells the teacher who has it, and shows the words to the holder alone', async () => {
    journey.itIs('10:42');
    const priya = await claim(journey, 'priya.nair', reference);
    expect(aboutIn(journey.person('amy.lowe'), reference).at(-1)).toBe(
      `${reference}: seen by the safeguarding team at 10:42.`,
    );
    expect(await details(priya, reference)).toContain('Valentina Moss');
    priya.close();
  });

  it('walks the lead through it, and the teacher sees nothing of that', async () => {
    const priya = journey.person('priya.nair');
    const before = sentTo(journey, 'Amy Lowe');
    await answer(priya, reference, 'Is any child at risk right now?', 'No');
    priya.close();
    await journey.settled();
    expect(sentTo(journey, 'Amy Lowe')).toBe(before);
    expect(await journey.record(reference)).toContainEqual(
      expect.objectContaining({ type: 'answered', by: 'Priya Nair' }),
    );
  });

  it('brings what the teacher adds to the one who holds it', async () => {
    const amy = journey.person('amy.lowe');
    await amy.press('Add something', { on: reference });
    amy.fill({ adult: 'No' });
    await amy.submit();
    amy.fill({ said: 'It was sent on to Casimir' });
    await amy.submit();
    amy.close();
    await journey.settled();
    const priya = journey.person('priya.nair');
    expect(await details(priya, reference)).toContain('sent on to Casimir');
    priya.close();
  });

  it('lets a deputy on the other platform read it, and the audit says who looked', async () => {
    const tom = journey.person('tom.hale');
    await tom.says(reference);
    expect(readable(tom).join('\n')).toContain(reference);
    expect(await details(tom, reference)).toContain('Valentina Moss');
    tom.close();
    expect(await journey.record(reference)).toContainEqual(
      expect.objectContaining({ type: 'viewed', by: 'Tom Hale' }),
    );
  });

  it('keeps a concern about an adult from both, and from the channel', async () => {
    const restricted = await raise(journey, 'amy.lowe', {
      about: ['adult-here'],
      kinds: ['adult-behaviour'],
      adult: { part: 'done-by', subject: 'Joe Birch' },
      words: { said: 'He shouted at Ottilie' },
    });
    expect(inChannel(journey, 'priya.nair', restricted)).toBe('');
    for (const name of ['Priya Nair', 'Tom Hale', 'Ewa Zielinska', 'Joe Birch'])
      expect(heardOf(journey, name, restricted)).toBe(false);
    const ruth = await openMatter(journey, 'ruth.carr', restricted);
    expect(await details(ruth, restricted)).toContain('Ottilie');
    ruth.close();
  });

  it('obeys no button of somebody else', async () => {
    const own = journey.person('amy.lowe').keep('Add something', { on: reference });
    expect(await journey.person('joe.birch').pressKept(own)).toContain('no longer valid');
  });

  itKeepsItsPromises(() => journey);
});
