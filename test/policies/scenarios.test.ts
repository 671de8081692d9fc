import { describe, expect, it } from 'vitest';
import type { Child } from '../../src/domain/answer.ts';
import { citationsOf } from '../../src/domain/policy.ts';
import { isDoable } from '../../src/domain/procedure.ts';
import { ends, locksOn, missing, pack, stateOf, walkedCase, type WalkedCase } from './walking.ts';

const two: Child[] = [
  { id: 'a', parts: ['pictured', 'shared'], elsewhere: false },
  { id: 'b', parts: ['received'], elsewhere: false },
];
const one: Child[] = [{ id: 'a', parts: ['other'], elsewhere: false }];

function raised(packId: string, kind: string, children = two): WalkedCase {
  return walkedCase(packId, { children })
    .choose('spine/emergency', 'no')
    .choose('spine/about', 'child-here')
    .choose('spine/kind', kind)
    .choose('spine/how-known', 'told')
    .choose('spine/told', 'yes');
}

function firstLook(given: WalkedCase, crime: string): WalkedCase {
  return given
    .choose('spine/immediate-risk', 'no')
    .choose('spine/adult-appears', 'no')
    .choose('spine/child-involved', 'yes')
    .carryOut('spine/name-children')
    .choose('spine/whereabouts', 'in-school')
    .choose('spine/home', 'no')
    .choose('spine/devices', 'child')
    .choose('spine/crime', crime)
    .choose('spine/elsewhere', 'no');
}

function fiveSigns(given: WalkedCase, under13: string): WalkedCase {
  return given
    .choose('nudes/adult', 'no')
    .choose('nudes/coerced', 'no')
    .choose('nudes/beyond-age', 'no')
    .choose('nudes/under-13', under13)
    .choose('nudes/harm-now', 'no');
}

describe('S9: two 15-year-olds, nothing aggravating, at Westmoor', () => {
  const toTheLook = () =>
    fiveSigns(
      firstLook(raised('westlands', 'nude-picture'), 'no')
        .choose('nudes/classify', 'among-children')
        .carryOut('nudes/initial-review'),
      'no',
    )
      .carryOut('nudes/store-device')
      .carryOut('nudes/switch-off')
      .choose('nudes/network', 'no')
      .choose('nudes/viewing', 'no')
      .choose('nudes/spread', 'only-two');

  it('asks for no police and shows no viewing', () => {
    const walked = toTheLook().walk();
    expect(stateOf(walked, 'spine/police')).toBe('absent');
    expect(stateOf(walked, 'spine/social-care')).toBe('absent');
    expect(stateOf(walked, 'nudes/view')).toBe('absent');
  });

  it('asks for the steps in the order in which a lead takes them', () => {
    const order = toTheLook()
      .walk()
      .steps.map(({ step, child }) => (child === null ? step.ref : `${step.ref} ${child}`));
    const wanted = [
      'nudes/initial-review',
      'nudes/adult',
      'nudes/store-device',
      'nudes/risk-assessment a',
      'nudes/risk-assessment b',
      'spine/parents a',
      'spine/parents b',
      'spine/support a',
      'spine/support b',
      'spine/sanctions',
      'nudes/delete',
      'nudes/no-referral',
      'spine/review',
    ];
    expect(order.filter((step) => wanted.includes(step))).toEqual(wanted);
  });

  it('opens deleting only after all three confirmations', () => {
    const walked = toTheLook();
    expect(locksOn(walked.walk(), 'nudes/delete')).toEqual(['nudes/delete-gate']);
    walked.choose('nudes/delete-check', 'no-agency', 'no-risk');
    expect(stateOf(walked.walk(), 'nudes/delete')).toBe('locked');
    walked.choose('nudes/delete-check', 'no-agency', 'no-risk', 'no-investigation');
    expect(stateOf(walked.walk(), 'nudes/delete')).toBe('open');
  });

  it('closes as handled in school once everything is settled', () => {
    const walked = toTheLook().choose(
      'nudes/delete-check',
      'no-agency',
      'no-risk',
      'no-investigation',
    );
    for (const child of ['a', 'b'])
      walked
        .carryOut('nudes/risk-assessment', {}, child)
        .chooseFor(child, 'spine/parents', 'inform-now')
        .carryOut('spine/tell-parents', {}, child)
        .carryOut('spine/support', {}, child);
    walked
      .leave('spine/sanctions', 'not-done', 'It would do more harm than good.')
      .carryOut('nudes/delete')
      .carryOut('nudes/no-referral')
      .carryOut('spine/review')
      .carryOut('spine/debrief');
    expect(missing(walked.walk())).toEqual([]);
    expect(ends(walked.walk())).toContain('E-INT');
  });

  it('cites guidance and says that the protocol hands it to another policy', () => {
    const westlands = pack('westlands');
    const running = new Set(['spine', 'nudes']);
    for (const step of westlands.steps.values()) {
      if (step.procedure !== 'nudes') continue;
      const types = citationsOf(westlands, step, running).map(({ type }) => type);
      expect(new Set(types), step.ref).toEqual(new Set(['deferred', 'guidance']));
    }
  });
});

describe('S10: sexual acts and a child under 13, at Hillside', () => {
  const signs = () =>
    fiveSigns(
      firstLook(raised('st-wilfrids', 'nude-picture'), 'no')
        .choose('nudes/classify', 'among-children')
        .carryOut('nudes/initial-review'),
      'yes',
    );

  it('asks for the police now and locks what could harm their work', () => {
    const walked = signs().walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
    expect(missing(walked)).toContain('spine/police');
    for (const step of ['spine/talk', 'spine/sanctions', 'nudes/delete'])
      expect(stateOf(walked, step), step).toBe('locked');
    for (const child of ['a', 'b']) expect(stateOf(walked, 'spine/parents', child)).toBe('locked');
    expect(locksOn(walked, 'nudes/delete')).toEqual(['spine/police-deleting', 'nudes/delete-gate']);
    expect(missing(walked)).toContain('spine/social-care-decision');
  });

  it('opens parents and keeps deleting locked when the police say so', () => {
    const walked = signs()
      .carryOut('spine/police', {
        'says-parents': 'may-tell',
        'says-deleting': 'do-not-delete',
        'says-interviews': 'wait',
      })
      .chooseFor('a', 'spine/parents', 'inform-now')
      .choose('nudes/delete-check', 'no-agency', 'no-risk', 'no-investigation');
    expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
    expect(stateOf(walked.walk(), 'spine/parents', 'b')).toBe('open');
    expect(locksOn(walked.walk(), 'nudes/delete')).toEqual(['spine/police-deleting']);
    expect(locksOn(walked.walk(), 'spine/talk')).toEqual(['spine/police-interviews']);
  });

  it('keeps telling the parents locked while the police want it to wait', () => {
    const walked = signs()
      .carryOut('spine/police', { 'says-parents': 'wait', 'says-deleting': 'not-discussed' })
      .chooseFor('a', 'spine/parents', 'inform-now')
      .chooseFor('b', 'spine/parents', 'wait');
    expect(locksOn(walked.walk(), 'spine/tell-parents', 'a')).toEqual(['spine/police-parents']);
    expect(ends(walked.walk())).not.toContain('E-POL');
  });

  it('can never be closed as handled in school, and never lets an override open deleting', () => {
    const walked = signs()
      .carryOut('spine/police-override')
      .choose('nudes/delete-check', 'no-agency', 'no-risk', 'no-investigation');
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('open');
    expect(locksOn(walked.walk(), 'nudes/delete')).toEqual(['spine/police-deleting']);
    walked.carryOut('spine/police', { 'says-deleting': 'may-delete' });
    expect(ends(walked.walk())).not.toContain('E-INT');
    expect(ends(walked.walk())).toContain('E-POL');
    expect(stateOf(walked.walk(), 'nudes/delete')).toBe('open');
  });

  it('counts “not known” as yes until it is known', () => {
    const walked = fiveSigns(firstLook(raised('st-wilfrids', 'nude-picture'), 'no'), 'unknown');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('open');
    walked.choose('nudes/under-13', 'no');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('absent');
  });
});

describe('S13: viewing', () => {
  const nude = () =>
    raised('st-wilfrids', 'nude-picture').choose('nudes/classify', 'among-children');

  it('offers three grounds, none of which is wanting to be sure', () => {
    const viewing = pack('st-wilfrids').steps.get('nudes/viewing');
    expect(viewing?.kind === 'question' && viewing.options.map(({ id }) => id)).toEqual([
      'no',
      'to-decide',
      'to-report',
      'unavoidable',
    ]);
  });

  it('locks looking until the headteacher or chair was told', () => {
    const walked = nude().choose('nudes/viewing', 'to-decide');
    expect(locksOn(walked.walk(), 'nudes/view')).toEqual(['nudes/view-gate']);
    walked.carryOut('nudes/head-told');
    expect(stateOf(walked.walk(), 'nudes/view')).toBe('open');
  });

  it('asks for viewer, witness, place, time and reason, and has no place for a picture', () => {
    const view = pack('st-wilfrids').steps.get('nudes/view');
    const fields = view?.kind === 'action' ? view.record : [];
    expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual([
      'viewer',
      'witness',
      'place',
      'time',
      'reason',
      'same-sex',
    ]);
  });

  it('records a chance look apart from an authorised one', () => {
    const walked = nude().choose('nudes/viewing', 'no').choose('nudes/seen', 'yes').walk();
    expect(stateOf(walked, 'nudes/seen-by-chance')).toBe('open');
    expect(stateOf(walked, 'nudes/view')).toBe('absent');
  });
});

describe('S15: a fake picture of a real child', () => {
  const fake = () =>
    raised('st-wilfrids', 'nude-picture').choose('nudes/classify', 'made-by-ai').walk();

  it('gets the same steps and prohibitions as a photograph', () => {
    const photograph = raised('st-wilfrids', 'nude-picture')
      .choose('nudes/classify', 'among-children')
      .walk();
    expect(fake().steps.map(({ step }) => step.ref)).toEqual(
      photograph.steps.map(({ step }) => step.ref),
    );
    const standing = fake().prohibitions.map(({ prohibition }) => prohibition.ref);
    for (const { prohibition } of photograph.prohibitions)
      expect(standing).toContain(prohibition.ref);
    expect(standing).toContain('nudes/fake-counts');
  });

  it('keeps that warning when the answer is revised', () => {
    const walked = raised('st-wilfrids', 'nude-picture')
      .choose('nudes/classify', 'made-by-ai')
      .choose('nudes/classify', 'among-children')
      .walk();
    expect(walked.prohibitions.map(({ prohibition }) => prohibition.ref)).toContain(
      'nudes/fake-counts',
    );
  });
});

describe('S35: the same breach under two policies', () => {
  const gamblingAdvert = (packId: string) =>
    firstLook(raised(packId, 'unsuitable-site', one), 'no')
      .choose('filtering/what', 'harmful')
      .choose('filtering/who-used', 'by-chance')
      .choose('filtering/distress', 'no');

  it('asks about parents at Hillside whatever the breach', () => {
    const walked = gamblingAdvert('st-wilfrids').walk();
    expect(stateOf(walked, 'spine/parents', 'a')).toBe('open');
    expect(stateOf(walked, 'filtering/safeguarding')).toBe('absent');
  });

  it('asks at Westmoor whether it is a safeguarding concern, and about parents only then', () => {
    const walked = gamblingAdvert('westlands');
    expect(stateOf(walked.walk(), 'filtering/safeguarding')).toBe('open');
    walked.choose('filtering/safeguarding', 'no');
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('absent');
    walked.choose('filtering/safeguarding', 'yes');
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('open');
  });

  it.each(['st-wilfrids', 'westlands'])(
    'has it recorded, mended and told to leaders (%s)',
    (packId) => {
      const walked = gamblingAdvert(packId).walk();
      for (const step of ['record-breach', 'it-check', 'tell-leadership'])
        expect(missing(walked)).toContain(`filtering/${step}`);
    },
  );

  it('gives IT the device and the time, and no field that may hold a name', () => {
    const step = pack('westlands').steps.get('filtering/it-check');
    expect(step !== undefined && isDoable(step) && step.task_shows).toEqual([
      'filtering/record-breach.device-number',
      'filtering/record-breach.time',
    ]);
  });
});

describe('S36: it was a teacher’s log-in', () => {
  it('moves to the manager, and the team’s steps are gone', () => {
    const question = pack('st-wilfrids').steps.get('filtering/who-used');
    const option =
      question?.kind === 'question' && question.options.find(({ id }) => id === 'staff-user');
    expect(option && option.moves).toBe('to-manager');
    const walked = firstLook(raised('st-wilfrids', 'unsuitable-site', one), 'no')
      .choose('filtering/what', 'harmful')
      .choose('filtering/who-used', 'staff-user')
      .restrict(true)
      .walk();
    expect(walked.running).toEqual(['spine', 'staff', 'filtering']);
    for (const step of ['spine/parents', 'spine/support', 'spine/review'])
      expect(stateOf(walked, step), step).toBe('absent');
    expect(walked.next?.step.ref).toBe('staff/name-adult');
    expect(ends(walked)).toEqual(['E-DUP']);
  });

  const moved = () =>
    firstLook(raised('st-wilfrids', 'unsuitable-site', one), 'no')
      .choose('filtering/what', 'harmful')
      .choose('filtering/who-used', 'staff-user')
      .restrict(true);

  it('tells IT nothing before the LADO has advised, and then the site alone', () => {
    const walked = moved();
    const live = ['it-check', 'it-block', 'tell-leadership', 'change'].map((step) =>
      stateOf(walked.walk(), `filtering/${step}`),
    );
    expect(live).toEqual(['absent', 'locked', 'absent', 'absent']);
    expect(locksOn(walked.walk(), 'filtering/it-block')).toEqual(['staff/threshold-first']);
    walked.choose('staff/offence', 'unsure');
    for (const question of ['harmed', 'risk', 'suitability'])
      walked.choose(`staff/${question}`, 'no');
    expect(locksOn(walked.walk(), 'filtering/it-block')).toEqual(['staff/lado-first']);
    walked.carryOut('staff/lado');
    expect(stateOf(walked.walk(), 'filtering/it-block')).toBe('open');
  });

  it('gives IT nothing by which to tell whose log-in it was', () => {
    const step = pack('st-wilfrids').steps.get('filtering/it-block');
    const task = step !== undefined && isDoable(step) ? step : undefined;
    expect(task?.task_shows).toBeUndefined();
    expect(task?.task).toMatch(/Do not look in the logs/);
    expect(task?.task).not.toMatch(/headteacher|chair|adult|staff/i);
  });

  it('asks for the whole check again once the case is released', () => {
    const walked = moved().restrict(false).walk();
    expect(stateOf(walked, 'filtering/it-check')).toBe('open');
    expect(stateOf(walked, 'filtering/it-block')).toBe('absent');
  });
});

describe('S37: a lesson site is blocked', () => {
  const blocked = () =>
    raised('st-wilfrids', 'unsuitable-site', [])
      .choose('spine/about', 'system')
      .choose('spine/immediate-risk', 'no')
      .choose('spine/adult-appears', 'no')
      .choose('spine/child-involved', 'no')
      .choose('spine/devices', 'none')
      .choose('spine/crime', 'no')
      .choose('spine/elsewhere', 'no')
      .choose('filtering/what', 'over-blocking');

  it('asks for a look with IT and a weighed, logged change; no parents, police or child’s record', () => {
    const walked = blocked().choose('filtering/change', 'yes').walk();
    expect(missing(walked)).toEqual([
      'filtering/review-block',
      'filtering/agree-change',
      'spine/review',
      'spine/debrief',
    ]);
  });
});

describe('S34: a radicalised teaching assistant', () => {
  it('goes to the LADO within a working day of anyone being told, and asks for the Prevent procedure', () => {
    const walked = walkedCase('st-wilfrids', { restricted: true, children: [] })
      .choose('spine/about', 'adult-here')
      .choose('spine/adult-part', 'done-by')
      .carryOut('staff/first-told', { moment: '2026-05-01T15:40:00Z' })
      .choose('staff/what', 'extremism')
      .choose('staff/harmed', 'no')
      .choose('staff/offence', 'no')
      .choose('staff/risk', 'no')
      .choose('staff/suitability', 'yes')
      .walk();
    expect([...walked.running, ...walked.absent]).toContain('radicalisation');
    expect(stateOf(walked, 'staff/lado')).toBe('open');
    expect(walked.timers.find(({ timer }) => timer.ref === 'staff/lado-clock')?.from).toEqual({
      type: 'moment',
      at: '2026-05-01T15:40:00Z',
    });
    expect(stateOf(walked, 'staff/inform-adult')).toBe('locked');
  });
});

describe('S40: an allegation about the headteacher who is also the lead', () => {
  const opened = () =>
    walkedCase('st-wilfrids', { restricted: true, children: one })
      .choose('spine/emergency', 'no')
      .choose('spine/about', 'headteacher')
      .choose('spine/adult-part', 'done-by')
      .choose('spine/kind', 'adult-behaviour');

  it('runs the staff procedure and nothing of the safeguarding team’s', () => {
    const walked = opened().walk();
    const ofTheTeam = walked.steps.filter(
      ({ step, state }) =>
        step.procedure === 'spine' && step.who === 'lead' && state !== 'automatic',
    );
    expect(ofTheTeam.map(({ step }) => step.ref)).toEqual([]);
    expect(walked.next?.step.ref).toBe('staff/name-adult');
  });

  it('tells the reporter that the LADO may be rung by anybody', () => {
    const words = pack('st-wilfrids').procedures.get('staff')?.reporter.until_then.join(' ');
    expect(words).toMatch(/You can ring the LADO .* You do not need to ask first/);
  });

  it('locks speaking to anybody from the first moment, until the LADO has advised', () => {
    const walked = opened();
    for (const step of ['staff/conduct', 'staff/collect-device'])
      expect(['locked', 'absent']).toContain(stateOf(walked.walk(), step));
    walked
      .choose('staff/harmed', 'unsure')
      .choose('staff/offence', 'no')
      .choose('staff/risk', 'no')
      .choose('staff/suitability', 'no');
    for (const step of ['inform-adult', 'measures', 'conduct'])
      expect(locksOn(walked.walk(), `staff/${step}`), step).toEqual(['staff/lado-first']);
    expect(locksOn(walked.walk(), 'staff/inform-parents', 'a')).toEqual(['staff/lado-first']);
    walked.carryOut('staff/lado', { 'says-adult': 'may-tell', 'says-parents': 'wait' });
    expect(stateOf(walked.walk(), 'staff/inform-adult')).toBe('open');
    expect(locksOn(walked.walk(), 'staff/inform-parents', 'a')).toEqual(['staff/lado-parents']);
  });

  it('takes every online allegation to the LADO at Hillside, and only those over the threshold at Westmoor', () => {
    const lado = (packId: string) => {
      const walked = walkedCase(packId, { restricted: true }).choose('staff/online', 'yes');
      for (const question of ['harmed', 'offence', 'risk', 'suitability'])
        walked.choose(`staff/${question}`, 'no');
      return [stateOf(walked.walk(), 'staff/lado'), stateOf(walked.walk(), 'staff/low-level')];
    };
    expect(lado('st-wilfrids')).toEqual(['open', 'absent']);
    expect(lado('westlands')).toEqual(['absent', 'open']);
  });

  it('brings the LADO back in when low-level concerns make a pattern', () => {
    const walked = walkedCase('westlands', { restricted: true }).choose('staff/online', 'no');
    for (const question of ['harmed', 'offence', 'risk', 'suitability'])
      walked.choose(`staff/${question}`, 'no');
    walked.carryOut('staff/low-level').choose('staff/pattern', 'yes');
    expect(stateOf(walked.walk(), 'staff/lado')).toBe('open');
    expect(ends(walked.walk())).not.toContain('E-LLC');
  });
});
