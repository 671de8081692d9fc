import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { senderFrom, type UserInfo } from '../../src/slack/account.ts';
import { createPeople } from '../../src/slack/people.ts';
import { createSlackClient } from '../../src/slack/slack-client.ts';
import { shortcutPayload } from '../support/fake-slack-payloads.ts';
import { type Bench, startBench } from './bench.ts';

const school = { team: 'TSCHOOL', enterprise: null, botUser: 'UBOT' };
const trust = { team: null, enterprise: 'ETRUST', botUser: 'UBOT' };
const grid = { team: 'TSCHOOL', enterprise: 'ETRUST', botUser: 'UBOT' };

function user(change: Partial<UserInfo> = {}): UserInfo {
  return { id: 'U1', team_id: 'TSCHOOL', ...change };
}

function claim(contextTeam: string | null = 'TSCHOOL', userTeam: string | null = 'TSCHOOL') {
  return { user: 'U1', contextTeam, userTeam };
}

describe('who somebody is', () => {
  it.each([
    ['a member', user(), claim(), school, 'TSCHOOL', 'member'],
    [
      'a member by command, which does not say the person’s team',
      user(),
      claim('TSCHOOL', null),
      school,
      'TSCHOOL',
      'member',
    ],
    ['a guest', user({ is_restricted: true }), claim(), school, 'TSCHOOL', 'guest'],
    [
      'a guest of one channel',
      user({ is_ultra_restricted: true }),
      claim(),
      school,
      'TSCHOOL',
      'guest',
    ],
    ['a bot', user({ is_bot: true }), claim(), school, 'TSCHOOL', 'bot'],
    ['a workflow', user({ is_workflow_bot: true }), claim(), school, 'TSCHOOL', 'bot'],
    ['Slackbot', user({ id: 'USLACKBOT' }), claim(), school, 'TSCHOOL', 'bot'],
    ['a leaver', user({ deleted: true }), claim(), school, 'TSCHOOL', 'ended'],
    ['a stranger', user({ is_stranger: true }), claim(), school, 'TSCHOOL', 'foreign'],
    [
      'somebody of a connected organisation',
      user({ team_id: 'TOTHER' }),
      claim('TSCHOOL', 'TOTHER'),
      school,
      'TOTHER',
      'foreign',
    ],
    [
      'one of ours in a channel of another organisation',
      user(),
      claim('TOTHER'),
      school,
      'TSCHOOL',
      'foreign',
    ],
    [
      'somebody who claims our team but is of another',
      user({ team_id: 'TOTHER' }),
      claim(),
      school,
      'TOTHER',
      'foreign',
    ],
    [
      'one of ours who is claimed for another',
      user(),
      claim('TSCHOOL', 'TOTHER'),
      school,
      'TSCHOOL',
      'foreign',
    ],
    [
      'one of the trust who is in this school',
      user({
        team_id: 'THOME',
        enterprise_user: { enterprise_id: 'ETRUST', teams: ['THOME', 'TSCHOOL'] },
      }),
      claim('TSCHOOL', 'THOME'),
      grid,
      'TSCHOOL',
      'member',
    ],
    [
      'one of the trust whose team is given as the trust itself',
      user({ enterprise_user: { enterprise_id: 'ETRUST', teams: ['TSCHOOL'] } }),
      claim('TSCHOOL', 'ETRUST'),
      grid,
      'TSCHOOL',
      'member',
    ],
    [
      'one of the trust who is in another school',
      user({ team_id: 'TOTHER', enterprise_user: { enterprise_id: 'ETRUST', teams: ['TOTHER'] } }),
      claim('TSCHOOL', 'TOTHER'),
      grid,
      'TOTHER',
      'foreign',
    ],
    [
      'one of the trust, with the app installed on all of it',
      user({ enterprise_user: { enterprise_id: 'ETRUST', teams: ['TSCHOOL'] } }),
      claim(),
      trust,
      'TSCHOOL',
      'member',
    ],
    ['nobody’s context', user(), claim(null, null), trust, 'TSCHOOL', 'foreign'],
  ] as const)('%s', (_, info, claimed, identity, tenant, account) => {
    expect(senderFrom(info, claimed, identity)).toEqual({
      platform: 'slack',
      tenant,
      user: info.id,
      account,
    });
  });
});

describe('asking Slack who somebody is', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  const asked = () => bench.fake.calls.filter(({ method }) => method === 'users.info').length;

  it('is done once in five minutes, and again after a change', async () => {
    let at = new Date('2026-11-28T10:00:00Z');
    const { id } = bench.fake.addPerson('Ada Okoro');
    const client = createSlackClient(
      bench.fake.settings.botToken,
      new URL(bench.fake.settings.apiUrl),
    );
    const people = createPeople(
      client,
      () => Promise.resolve(school),
      () => at,
    );
    const look = () => people.senderOf({ user: id, contextTeam: null, userTeam: null });
    await Promise.all([look(), look()]);
    at = new Date('2026-11-28T10:04:59Z');
    await look();
    expect(asked()).toBe(1);
    at = new Date('2026-11-28T10:05:00Z');
    await look();
    expect(asked()).toBe(2);
    people.forget(id);
    await look();
    expect(asked()).toBe(3);
  });

  it('treats whom Slack does not know as a stranger', async () => {
    const stranger = {
      ...bench.fake.addPerson('Nobody'),
      id: 'U0GONE',
      team: 'T0OTHER',
      stranger: true,
    };
    await bench.fake.line().say('interactive', shortcutPayload(bench.fake.world, stranger));
    await bench.slack.idle();
    expect(bench.asked).toMatchObject([
      { from: { user: 'U0GONE', tenant: 'T0OTHER', account: 'foreign' } },
    ]);
  });

  it('does nothing, and says that nothing was saved, while Slack cannot say', async () => {
    bench.fake.addPerson('Ada Okoro');
    bench.fake.faults.next('users.info', { type: 'status', status: 503 });
    const ada = bench.fake.person('Ada Okoro');
    await ada.raises();
    expect(bench.asked).toEqual([]);
    expect(ada.screen()?.text).toContain('Not saved.');
    ada.close();
    await ada.raises();
    expect(bench.asked).toHaveLength(1);
  });

  it.each([
    ['a guest', { guest: true }, 'guest'],
    ['a guest of one channel', { singleChannelGuest: true }, 'guest'],
    ['somebody of a connected organisation', { team: 'T0OTHER', stranger: true }, 'foreign'],
    ['a leaver', { deleted: true }, 'ended'],
    ['a bot', { bot: true }, 'bot'],
  ] as const)('names %s', async (_, change, account) => {
    bench.fake.addPerson('Somebody', change);
    await bench.fake.person('Somebody').raises();
    expect(bench.asked).toMatchObject([{ from: { account } }]);
  });
});
