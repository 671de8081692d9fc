import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectAudited,
  expectNothingLeaked,
  platforms,
  startJourney,
  type Journey,
} from '../support/journey.ts';

describe.each(platforms)('a routine concern on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  it('asks about danger before anything else', async () => {
    const amy = journey.person('amy.lowe');
    await amy.says('/concern');
    const first = amy.screen();
    console.log(JSON.stringify(amy.chat(), null, 1), JSON.stringify(first, null, 1));
    expect(first?.text).toContain('999');
    await amy.press('No, or I’m not sure');
    console.log(JSON.stringify(amy.screen(), null, 1));
    amy.fill({ about: ['child-here'], kinds: ['bullying'] });
    await amy.submit();
    console.log(JSON.stringify(amy.screen(), null, 1));
    amy.fill({ said: 'Zebedee wrote horrid things about Quentin', told: 'yes' });
    await amy.submit();
    console.log(JSON.stringify(amy.chat(), null, 1), amy.notices());
    await amy.until(() => amy.chat().length > 2);
    const priya = journey.person('priya.nair');
    await priya.until(() => priya.channel(journey.leadChannel).length > 0);
    console.log(JSON.stringify(priya.channel(journey.leadChannel), null, 1));
    await priya.press('Claim', { channel: journey.leadChannel });
    await priya.until(() => priya.chat().length > 0);
    console.log(JSON.stringify(priya.chat(), null, 1));
    await amy.until(() => amy.chat().some(({ text }) => text.includes('seen by')));
    expectNothingLeaked(journey, ['Zebedee', 'Quentin']);
    await expectAudited(journey);
  });
});
