import { describe, expect, it } from 'vitest';
import { aboutAChild, citedIn, doneByAnAdult, looked, movesTo } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf } from './walking.ts';

const alerted = (packId: string, theme: string) =>
  looked(aboutAChild(packId, 'monitoring-alert'))
    .choose('monitoring/source', 'alert')
    .choose('monitoring/user', 'child')
    .choose('monitoring/theme', theme);

describe('an alert from monitoring', () => {
  it('asks whose log-in it was before anything is looked into; an adult’s goes to the manager', () => {
    const order = aboutAChild('westlands', 'monitoring-alert')
      .walk()
      .steps.map(({ step }) => step.ref);
    expect(order.indexOf('monitoring/user')).toBeLessThan(order.indexOf('monitoring/context'));
    expect(movesTo('westlands', 'monitoring/user', 'adult-here')).toBe('to-manager');
  });

  it('of an adult keeps the procedures it brought in, and nothing that looks into logs', () => {
    const walked = alerted('westlands', 'abuse-images').restrict(true).walk();
    expect(walked.running).toEqual(['spine', 'staff', 'child-abuse-images', 'monitoring']);
    const open = walked.steps.filter(
      ({ step, state }) => step.procedure === 'monitoring' && state === 'open',
    );
    expect(open.map(({ step }) => step.ref)).toEqual([]);
    expect(
      stateOf(doneByAnAdult('westlands', 'monitoring-alert').walk(), 'monitoring/context'),
    ).toBe('absent');
  });

  it.each([
    ['grooming', 'exploitation'],
    ['abuse-images', 'child-abuse-images'],
    ['nude-picture', 'nudes'],
    ['sexual', 'sexual-harm'],
    ['extremism', 'radicalisation'],
    ['bullying', 'cyberbullying'],
    ['hate', 'hate'],
    ['way-round', 'filtering'],
  ])('about %s brings in %s', (theme, procedure) => {
    expect(alerted('st-wilfrids', theme).walk().running).toContain(procedure);
  });

  it('about suicide has the child found at once, and no context is waited for', () => {
    const walked = alerted('st-wilfrids', 'danger');
    expect(missing(walked.walk())).toContain('spine/stay-with-child');
    expect(locksOn(walked.walk(), 'spine/talk')).toEqual([]);
    expect(stateOf(walked.walk(), 'monitoring/reach')).toBe('absent');
    for (const place of ['gone-home', 'elsewhere', 'not-known'])
      expect(
        stateOf(walked.choose('spine/whereabouts', place).walk(), 'monitoring/reach'),
        place,
      ).toBe('open');
  });

  it('about anything else is looked at in context before the child is talked to', () => {
    const walked = alerted('st-wilfrids', 'something-else');
    expect(locksOn(walked.walk(), 'spine/talk')).toEqual(['monitoring/context-first']);
    walked.carryOut('monitoring/context');
    expect(stateOf(walked.walk(), 'spine/talk')).toBe('open');
  });

  it('that is a false alarm needs a reason and a look at the rule, and no word to parents', () => {
    const verdict = pack('st-wilfrids').steps.get('monitoring/verdict');
    expect(
      verdict?.kind === 'question' &&
        verdict.options.find(({ id }) => id === 'false-alarm')?.reason,
    ).toBe(true);
    const walked = alerted('st-wilfrids', 'something-else')
      .carryOut('monitoring/context')
      .choose('monitoring/verdict', 'false-alarm');
    expect(missing(walked.walk())).toContain('monitoring/tune');
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('absent');
    walked
      .carryOut('monitoring/tune')
      .carryOut('spine/support', {}, 'a')
      .carryOut('spine/review')
      .carryOut('spine/debrief');
    expect(missing(walked.walk())).toEqual([]);
    expect(ends(walked.walk())).toContain('E-NFA');
  });

  it.each(['concern', 'not-sure'])(
    'that is “%s” is acted on like any other, with parents decided',
    (verdict) => {
      const walked = alerted('westlands', 'something-else')
        .choose('monitoring/verdict', verdict)
        .walk();
      expect(missing(walked)).toContain('monitoring/respond');
      expect(stateOf(walked, 'spine/parents', 'a')).toBe('open');
    },
  );

  it('with a shared log-in has somebody found out who it was', () => {
    const walked = alerted('westlands', 'bullying').choose('monitoring/user', 'shared').walk();
    expect(stateOf(walked, 'monitoring/whose-was-it')).toBe('open');
  });

  it('never has a capture in chat, whatever it shows', () => {
    const standing = alerted('westlands', 'sexual')
      .walk()
      .prohibitions.map(({ prohibition }) => prohibition.ref);
    expect(standing).toContain('monitoring/no-captures');
  });

  it('asks IT every week by itself (S38), under the protocol’s own line', () => {
    const weekly = pack('westlands').steps.get('monitoring/weekly-report');
    expect(weekly?.kind === 'action' && weekly.who).toBe('product');
    const lines = pack('westlands')
      .pack.clauses.filter(({ steps }) => steps.includes('monitoring/weekly-report'))
      .map(({ line }) => line);
    expect(lines).toEqual([130]);
  });

  it('cites at Westmoor only its own protocol and guidance', () => {
    for (const { step, types, policies } of citedIn('westlands', 'monitoring')) {
      expect(types, step).toContain('guidance');
      expect(
        policies.filter((policy) => policy !== 'Online Safety Protocol'),
        step,
      ).toEqual([]);
    }
  });
});
