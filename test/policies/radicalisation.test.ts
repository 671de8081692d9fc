import { describe, expect, it } from 'vitest';
import { citationsOf } from '../../src/domain/policy.ts';
import { aboutAChild, citedIn, doneByAnAdult, looked, movesTo } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf } from './walking.ts';

const worried = (packId: string, crime = 'no') =>
  looked(aboutAChild(packId, 'extremism'), { crime })
    .choose('radicalisation/who', 'child-here')
    .choose('radicalisation/danger', 'none')
    .choose('radicalisation/material', 'no');

describe('S32: a pupil with extremist videos', () => {
  it('refers nobody because of the type: it asks for a check first, and for a decision', () => {
    const walked = worried('st-wilfrids').walk();
    expect(missing(walked)).toContain('radicalisation/check');
    expect(missing(walked)).toContain('radicalisation/decision');
    for (const step of ['radicalisation/prevent', 'spine/social-care', 'spine/police'])
      expect(stateOf(walked, step), step).toBe('absent');
  });

  it('lets advice be asked before anything is decided, and never makes it a condition', () => {
    const walked = worried('st-wilfrids').walk();
    const consult = walked.steps.find(({ step }) => step.ref === 'radicalisation/consult');
    expect(consult?.state).toBe('open');
    expect(consult?.step.ring).toEqual(['prevent', 'act-early', 'social-care']);
    expect(stateOf(walked, 'radicalisation/decision')).toBe('open');
    const order = walked.steps.map(({ step }) => step.ref);
    expect(order.indexOf('radicalisation/consult')).toBeLessThan(
      order.indexOf('radicalisation/decision'),
    );
  });

  it('offers four decisions, each with a reason', () => {
    const decision = pack('st-wilfrids').steps.get('radicalisation/decision');
    const options = decision?.kind === 'question' ? decision.options : [];
    expect(options.map(({ id }) => id)).toEqual([
      'prevent',
      'social-care',
      'early-help',
      'no-concern',
    ]);
    expect(options.every(({ reason }) => reason)).toBe(true);
  });

  it('has the referral go by way of social care, with social care asked about the child beside it', () => {
    const walked = worried('st-wilfrids').choose('radicalisation/decision', 'prevent').walk();
    const referral = walked.steps.find(({ step }) => step.ref === 'radicalisation/prevent')?.step;
    expect(referral?.kind).toBe('referral');
    expect(referral?.ring).toEqual(['social-care', 'prevent']);
    expect(missing(walked)).toContain('spine/social-care-decision');
    const policy = pack('st-wilfrids');
    const step = policy.steps.get('radicalisation/prevent');
    const cited = step && citationsOf(policy, step, new Set(['spine', 'radicalisation']));
    expect(cited?.[0]).toMatchObject({ type: 'clause', line: 619 });
  });

  it('asks for what the form wants, and demands neither ideas nor a religion', () => {
    const fields = [...pack('st-wilfrids').steps.values()]
      .filter(({ procedure }) => procedure === 'radicalisation')
      .flatMap((step) => ('record' in step ? step.record : []));
    const asked = new Set(fields.map(({ id }) => id));
    for (const id of [
      'worry',
      'event',
      'signs',
      'online',
      'contacts',
      'threats',
      'needs',
      'family',
      'talks',
      'help-now',
    ])
      expect(asked, id).toContain(id);
    expect(fields.find(({ id }) => id === 'views')?.required).toBe(false);
    expect(fields.filter(({ label }) => /religio|faith|ideolog/i.test(label))).toEqual([]);
  });

  it('tells the child, then the parents by default, unless somebody asks to wait', () => {
    const walked = worried('st-wilfrids')
      .choose('radicalisation/decision', 'prevent')
      .choose('spine/social-care-decision', 'they-know');
    expect(stateOf(walked.walk(), 'radicalisation/tell-child')).toBe('open');
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('open');
    const order = walked.walk().steps.map(({ step }) => step.ref);
    expect(order.indexOf('radicalisation/tell-child')).toBeLessThan(order.indexOf('spine/parents'));
    walked
      .chooseFor('a', 'spine/parents', 'inform-now')
      .carryOut('radicalisation/prevent', { 'says-telling': 'wait' });
    expect(locksOn(walked.walk(), 'spine/tell-parents', 'a')).toEqual([
      'radicalisation/prevent-telling',
    ]);
    expect(locksOn(walked.walk(), 'radicalisation/tell-child')).toEqual([
      'radicalisation/prevent-telling',
    ]);
    walked.carryOut('radicalisation/prevent', { 'says-telling': 'not-discussed' });
    expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
  });

  it('ends with Prevent only when the referral is recorded, and no punishment is ever part of it', () => {
    const walked = worried('st-wilfrids').choose('radicalisation/decision', 'prevent');
    expect(ends(walked.walk())).not.toContain('E-PREV');
    expect(stateOf(walked.walk(), 'spine/sanctions')).toBe('absent');
    expect(walked.walk().prohibitions.map(({ prohibition }) => prohibition.ref)).toContain(
      'radicalisation/no-punishing',
    );
    walked.carryOut('radicalisation/prevent');
    expect(ends(walked.walk())).toContain('E-PREV');
    expect(stateOf(walked.walk(), 'radicalisation/prevent')).toBe('awaiting');
    expect(walked.walk().timers.map(({ timer }) => timer.ref)).toContain(
      'radicalisation/prevent-answer',
    );
    walked.outcome('radicalisation/prevent');
    expect(stateOf(walked.walk(), 'radicalisation/channel')).toBe('open');
    expect(missing(walked.walk())).not.toContain('radicalisation/channel');
  });

  it('can be closed with no concern and a reason', () => {
    const walked = worried('westlands')
      .carryOut('radicalisation/check')
      .choose('radicalisation/decision', 'no-concern')
      .chooseFor('a', 'spine/parents', 'not-inform')
      .carryOut('spine/support', {}, 'a')
      .carryOut('spine/review')
      .carryOut('spine/debrief')
      .walk();
    expect(missing(walked)).toEqual([]);
    expect(ends(walked)).toContain('E-NFA');
    expect(stateOf(walked, 'radicalisation/risk-plan')).toBe('absent');
  });
});

describe('when it cannot wait', () => {
  it.each(['harm', 'crime', 'travel', 'weapon'])('%s is 999 now, in both lanes', (danger) => {
    const walked = worried('westlands').choose('radicalisation/danger', danger).walk();
    expect(stateOf(walked, 'spine/ring-now')).toBe('open');
    expect(stateOf(walked, 'spine/police')).toBe('open');
    expect(stateOf(walked, 'spine/parents', 'a')).toBe('locked');
    const ofAnAdult = doneByAnAdult('westlands', 'extremism').choose(
      'radicalisation/danger',
      danger,
    );
    expect(stateOf(ofAnAdult.walk(), 'spine/ring-now')).toBe('open');
  });

  it('the referral to social care alone is made, not only thought about', () => {
    const walked = worried('westlands').choose('radicalisation/decision', 'social-care').walk();
    expect(missing(walked)).toContain('spine/social-care');
    expect(stateOf(walked, 'radicalisation/prevent')).toBe('absent');
  });

  it('children who live with the adult are asked about', () => {
    const walked = worried('westlands').choose('radicalisation/who', 'parent');
    expect(stateOf(walked.walk(), 'radicalisation/household')).toBe('open');
    walked.choose('radicalisation/household', 'yes');
    expect(stateOf(walked.walk(), 'spine/social-care-decision')).toBe('open');
  });

  it('a visitor or another adult goes to the police', () => {
    const walked = worried('westlands').choose('radicalisation/who', 'other-adult').walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
  });
});

describe('terrorist material', () => {
  it('on a school system brings in the filter, the police and a device that nobody opens', () => {
    const walked = worried('st-wilfrids').choose('radicalisation/material', 'school-system').walk();
    expect(walked.running).toEqual(['spine', 'radicalisation', 'filtering']);
    for (const step of ['spine/police', 'radicalisation/secure-device'])
      expect(missing(walked), step).toContain(step);
    expect(stateOf(walked, 'radicalisation/report-address')).toBe('open');
  });

  it('of an adult here stays where it is, and IT hears nothing', () => {
    const walked = doneByAnAdult('st-wilfrids', 'extremism')
      .choose('radicalisation/material-adult', 'school-system')
      .walk();
    expect(walked.running).toEqual(['spine', 'staff', 'radicalisation']);
    expect(stateOf(walked, 'radicalisation/leave-device')).toBe('open');
    expect(stateOf(walked, 'radicalisation/secure-device')).toBe('absent');
    expect(stateOf(walked, 'spine/police')).toBe('open');
  });
});

describe('S34: a radicalised teaching assistant', () => {
  const assistant = (packId = 'st-wilfrids') =>
    doneByAnAdult(packId, 'extremism')
      .choose('staff/what', 'extremism')
      .choose('staff/harmed', 'no')
      .choose('staff/offence', 'no')
      .choose('staff/risk', 'no')
      .choose('staff/suitability', 'yes');

  it.each(['st-wilfrids', 'westlands'])(
    'has the LADO’s clock and Prevent, for the manager alone (%s)',
    (packId) => {
      const walked = assistant(packId).choose('radicalisation/decision', 'prevent').walk();
      expect(walked.running).toEqual(['spine', 'staff', 'radicalisation']);
      expect(missing(walked)).toContain('staff/lado');
      expect(missing(walked)).toContain('radicalisation/prevent');
      expect(walked.timers.map(({ timer }) => timer.ref)).toContain('staff/lado-clock');
      for (const step of [
        'spine/parents',
        'spine/support',
        'spine/social-care-decision',
        'radicalisation/tell-child',
        'radicalisation/risk-plan',
        'radicalisation/who',
      ])
        expect(stateOf(walked, step), step).toBe('absent');
    },
  );

  it('lets nobody tell the adult while Prevent asks to wait, even when the LADO agrees', () => {
    const walked = assistant()
      .carryOut('staff/lado', { 'says-adult': 'may-tell' })
      .choose('radicalisation/decision', 'prevent')
      .carryOut('radicalisation/prevent', { 'says-telling': 'wait' });
    expect(locksOn(walked.walk(), 'staff/inform-adult')).toEqual([
      'radicalisation/prevent-telling',
    ]);
    walked.carryOut('radicalisation/prevent', { 'says-telling': 'may-tell' });
    expect(stateOf(walked.walk(), 'staff/inform-adult')).toBe('open');
  });

  it('has social care told of children at home by the manager', () => {
    const walked = assistant().choose('radicalisation/household', 'yes').walk();
    expect(stateOf(walked, 'radicalisation/household-care')).toBe('open');
    expect(stateOf(walked, 'spine/social-care-decision')).toBe('absent');
  });

  it('moves there when the safeguarding team finds that it is an adult here', () => {
    expect(movesTo('st-wilfrids', 'radicalisation/who', 'adult-here')).toBe('to-manager');
  });
});

describe('where the steps come from', () => {
  it('at Westmoor, national guidance and the policy that was not supplied', () => {
    for (const { step, types } of citedIn('westlands', 'radicalisation'))
      expect(types, step).toEqual(new Set(['deferred', 'guidance']));
  });
});
