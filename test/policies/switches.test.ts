import { describe, expect, it } from 'vitest';
import { switchesOf } from '../../src/app/deps.ts';
import { checkSwitches, switchesAt } from '../../src/domain/switches.ts';
import type { School } from '../../src/domain/school.ts';
import { walk } from '../../src/domain/walk.ts';
import { pack } from './walking.ts';

const hillside = pack('st-wilfrids');
const dutyFrom = { mandatory_csa_notification: 'on from 2027-01-01' };

/** Where the reporter’s own duty to tell stands in a concern of this kind, raised then. */
function ownDuty(raisedAt: string, kind = 'grooming', switches: Record<string, string> = dutyFrom) {
  const { steps } = walk(hillside, {
    restricted: false,
    answers: [
      {
        ...{ step: 'spine/kind', child: null, part: 'step', result: 'chosen', chosen: [kind] },
        ...{ record: {}, reason: null, by: 'amy', at: raisedAt },
      },
    ],
    children: [],
    switches: switchesOf({ switches } as unknown as School, hillside, raisedAt),
  });
  return steps.find(({ step }) => step.ref === 'spine/own-notification');
}

describe('S52: the duty to notify, switched on at a date', () => {
  it('is the reporter’s own step in a concern raised from that day on, and blocks its closing', () => {
    const step = ownDuty('2027-02-01T10:00:00Z');
    expect(step).toMatchObject({ state: 'open', step: { who: 'reporter', need: 'conditional' } });
    expect(step?.step.record.map(({ id }) => id)).toEqual(['body', 'time', 'reference', 'for-me']);
  });

  it('is not there in a concern raised before, however late it is looked at', () => {
    expect(ownDuty('2026-12-15T10:00:00Z')).toBeUndefined();
  });

  it('counts the day by the clock in England', () => {
    expect(ownDuty('2026-12-31T23:59:59Z')).toBeUndefined();
    expect(ownDuty('2027-01-01T00:00:00Z')).toBeDefined();
    const summer = { mandatory_csa_notification: 'on from 2027-07-01' };
    expect(ownDuty('2027-06-30T22:59:59Z', 'grooming', summer)).toBeUndefined();
    expect(ownDuty('2027-06-30T23:00:00Z', 'grooming', summer)).toBeDefined();
  });

  it('is asked for in each procedure about sexual offences, and in no other', () => {
    for (const kind of ['nude-picture', 'sexual-assault', 'grooming', 'abuse-images'])
      expect(ownDuty('2027-02-01T10:00:00Z', kind), kind).toBeDefined();
    for (const kind of ['bullying', 'unsuitable-site', 'hurt-or-home'])
      expect(ownDuty('2027-02-01T10:00:00Z', kind), kind).toBeUndefined();
  });

  it('is off unless the school says otherwise', () => {
    expect(ownDuty('2030-01-01T10:00:00Z', 'grooming', {})).toBeUndefined();
    expect(
      ownDuty('2026-12-15T10:00:00Z', 'grooming', { mandatory_csa_notification: 'on' }),
    ).toBeDefined();
  });

  it('holds nobody back from telling', () => {
    const { step } = ownDuty('2027-02-01T10:00:00Z') ?? {};
    expect(step?.do).toMatch(/tell the police or social care yourself/);
    expect([step?.title, step?.do, step?.why].join(' ')).not.toMatch(/wait|permission|first ask/i);
  });
});

describe('the switches of a school’s file', () => {
  const says = (switches: Record<string, string>) =>
    checkSwitches(switches, hillside).map(({ where, says: words }) => `${where}: ${words}`);

  it('are taken as they are when the policy knows them', () => {
    expect(says({ ...hillside.pack.switches })).toEqual([]);
    expect(says({ ...dutyFrom, police_before_other_settings: 'no' })).toEqual([]);
    expect(says({ parents_on_filtering_breaches: 'if-safeguarding' })).toEqual([]);
  });

  it.each([
    ['on from 2027-02-30', 'Write the day as in “on from 2027-01-01”, or “on”, or “off”.'],
    ['on from next year', 'Write the day as in “on from 2027-01-01”, or “on”, or “off”.'],
    ['yes', 'Write one of: off, on.'],
  ])('are refused when they would silently do nothing: %s', (value, expected) => {
    expect(says({ mandatory_csa_notification: value })).toEqual([
      `switches.mandatory_csa_notification: ${expected}`,
    ]);
  });

  it('are refused when the policy has no such switch', () => {
    expect(says({ mandatory_notification: 'on' })).toEqual([
      expect.stringMatching(
        /^switches\.mandatory_notification: The policy has no such switch\. It has: /,
      ),
    ]);
  });

  it('leave what has no date as it is', () => {
    expect(switchesAt({ one: 'always' }, '2027-01-01T00:00:00Z').get('one')).toBe('always');
  });
});
