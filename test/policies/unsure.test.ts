import { describe, expect, it } from 'vitest';
import { isDoable } from '../../src/domain/procedure.ts';
import { aboutAChild, citedIn, doneByAnAdult, looked, movesTo } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf } from './walking.ts';

const unsure = (packId: string, ...about: string[]) =>
  looked(aboutAChild(packId, 'not-sure')).choose('unsure/about', ...about);

describe('whom to ask', () => {
  it.each([
    ['crime', 'ask-police', 'police'],
    ['threshold', 'ask-social-care', 'social-care'],
    ['parents', 'ask-social-care', 'social-care'],
    ['technical', 'ask-technical', 'posh'],
    ['extremism', 'ask-prevent', 'prevent'],
    ['procedure', 'ask-local', 'education-advice'],
    ['support', 'ask-support', 'nspcc'],
  ])('about %s: %s rings %s, and writes down the advice today', (about, step, role) => {
    const walked = unsure('st-wilfrids', about).walk();
    expect(missing(walked)).toContain(`unsure/${step}`);
    const asking = pack('st-wilfrids').steps.get(`unsure/${step}`);
    if (asking === undefined || !isDoable(asking)) throw new Error(step);
    expect(asking.ring[0]).toBe(role);
    expect(['now', 'today']).toContain(asking.due);
    const written = asking.record.filter(({ required }) => required).map(({ id }) => id);
    expect(written).toEqual(expect.arrayContaining(['spoke-to', 'time', 'advice', 'decided']));
  });

  it('asks nobody about what nobody is unsure about', () => {
    const asked = missing(unsure('st-wilfrids', 'support').walk());
    expect(asked.filter((ref) => ref.startsWith('unsure/ask'))).toEqual(['unsure/ask-support']);
  });

  it('about an adult here moves it; there the LADO is asked, unless that has been done', () => {
    expect(movesTo('st-wilfrids', 'unsure/about', 'adult-here')).toBe('to-manager');
    const walked = doneByAnAdult('st-wilfrids', 'not-sure').choose('unsure/about', 'adult-here');
    expect(stateOf(walked.walk(), 'unsure/ask-lado')).toBe('open');
    walked.choose('staff/harmed', 'unsure').carryOut('staff/lado');
    expect(stateOf(walked.walk(), 'unsure/ask-lado')).toBe('absent');
  });

  it('about a picture takes the rules for abuse pictures, and nobody looks', () => {
    const walked = unsure('westlands', 'picture').walk();
    expect(walked.running).toContain('child-abuse-images');
    expect(walked.prohibitions.map(({ prohibition }) => prohibition.ref)).toContain(
      'unsure/no-peeking',
    );
  });

  it('about a crime, what could harm the police waits until they have advised', () => {
    const walked = unsure('st-wilfrids', 'crime');
    expect(locksOn(walked.walk(), 'spine/parents', 'a')).toEqual(['unsure/police-advice-first']);
    expect(locksOn(walked.walk(), 'spine/talk')).toEqual(['unsure/police-advice-first']);
    walked.carryOut('unsure/ask-police', { verdict: 'not-crime' });
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('open');
    expect(ends(walked.walk())).toContain('E-INT');
    walked.carryOut('unsure/ask-police', { verdict: 'police' });
    expect(stateOf(walked.walk(), 'spine/police')).toBe('open');
  });

  it('about a crime, parents who were decided about before are not told until the police have advised', () => {
    const walked = unsure('st-wilfrids', 'support').chooseFor('a', 'spine/parents', 'inform-now');
    expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
    walked.choose('unsure/about', 'crime');
    expect(locksOn(walked.walk(), 'spine/tell-parents', 'a')).toEqual([
      'unsure/police-advice-first',
    ]);
  });

  it('asks the police once when the first look already does', () => {
    const walked = looked(aboutAChild('st-wilfrids', 'not-sure'), { crime: 'unclear' })
      .choose('unsure/about', 'crime')
      .walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
    expect(stateOf(walked, 'unsure/ask-police')).toBe('absent');
  });
});

describe('what it turns out to be', () => {
  it('is asked for until somebody says, with a reminder after one school day', () => {
    const walked = unsure('westlands', 'support');
    expect(missing(walked.walk())).toContain('unsure/turns-out');
    const timer = walked.walk().timers.find(({ timer: { ref } }) => ref === 'unsure/name-it-soon');
    expect(timer?.timer.lasts).toBe('1 school-days');
    expect(timer?.from).toEqual({ type: 'concern' });
    walked.choose('unsure/turns-out', 'hate', 'bullying');
    expect(walked.walk().running).toEqual(['spine', 'cyberbullying', 'hate', 'unsure']);
    expect(walked.walk().timers.map(({ timer: { ref } }) => ref)).not.toContain(
      'unsure/name-it-soon',
    );
  });

  it('is not asked again when the lead needs advice in a concern that has its name', () => {
    const walked = looked(aboutAChild('westlands', 'bullying'))
      .choose('spine/unsure', 'yes')
      .walk();
    expect(walked.running).toEqual(['spine', 'cyberbullying', 'unsure']);
    expect(stateOf(walked, 'unsure/turns-out')).toBe('absent');
    expect(walked.timers.map(({ timer: { ref } }) => ref)).toContain('unsure/advice-now-due');
  });
});

it('cites at Westmoor guidance and the policy that was not supplied', () => {
  for (const { step, types } of citedIn('westlands', 'unsure'))
    expect(types, step).toEqual(new Set(['deferred', 'guidance']));
});
