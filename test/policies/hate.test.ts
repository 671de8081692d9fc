import { describe, expect, it } from 'vitest';
import { aboutAChild, citedIn, doneByAnAdult, looked, movesTo } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf } from './walking.ts';

const hated = (packId: string, { crime = 'no' } = {}) =>
  looked(aboutAChild(packId, 'hate'), { crime })
    .choose('hate/aimed-at', 'child')
    .choose('hate/author', 'child-here')
    .choose('hate/grounds', 'faith')
    .choose('hate/taken-as-hate', 'target')
    .choose('hate/extreme', 'no');

describe('hate online', () => {
  it('starts from how it was taken, by the person it was aimed at or anybody else', () => {
    const taken = pack('st-wilfrids').steps.get('hate/taken-as-hate');
    expect(taken?.kind === 'question' && taken.options.map(({ id }) => id)).toEqual([
      'target',
      'somebody',
      'nobody',
      'not-asked',
    ]);
    const walked = aboutAChild('st-wilfrids', 'hate').walk();
    expect(missing(walked)).toContain('hate/taken-as-hate');
    expect(walked.prohibitions.map(({ prohibition }) => prohibition.ref)).toContain(
      'hate/no-arguing',
    );
  });

  it('goes to the police when a crime is suspected, whatever the first look said', () => {
    const walked = hated('westlands').choose('hate/offence', 'yes').walk();
    expect(missing(walked)).toContain('spine/police');
    expect(stateOf(walked, 'spine/parents', 'a')).toBe('locked');
    expect(stateOf(walked, 'hate/advice')).toBe('absent');
  });

  it('waits for advice when it is unclear, from social care or the police', () => {
    const walked = hated('st-wilfrids').choose('hate/offence', 'unclear');
    const advice = walked.walk().steps.find(({ step }) => step.ref === 'hate/advice')?.step;
    expect(advice?.ring).toEqual(['social-care', 'police']);
    expect(missing(walked.walk())).toContain('hate/advice');
    for (const step of ['spine/talk', 'spine/sanctions'])
      expect(locksOn(walked.walk(), step), step).toEqual(['hate/advice-first']);
    expect(locksOn(walked.walk(), 'spine/parents', 'a')).toEqual(['hate/advice-first']);
    walked.carryOut('hate/advice', { verdict: 'not-crime' });
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('open');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('absent');
    expect(ends(walked.walk())).toContain('E-INT');
  });

  it('holds the telling of parents too, when they were decided about before it became unclear', () => {
    const walked = hated('st-wilfrids').chooseFor('a', 'spine/parents', 'inform-now');
    expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
    walked.choose('hate/offence', 'unclear');
    expect(locksOn(walked.walk(), 'spine/tell-parents', 'a')).toEqual(['hate/advice-first']);
    walked.carryOut('hate/advice', { verdict: 'not-crime' });
    expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
  });

  it.each(['police', 'still-unclear'])(
    'goes on to the police when the advice is “%s”',
    (verdict) => {
      const walked = hated('st-wilfrids')
        .choose('hate/offence', 'unclear')
        .carryOut('hate/advice', { verdict })
        .walk();
      expect(stateOf(walked, 'spine/police')).toBe('open');
      expect(locksOn(walked, 'spine/sanctions')).toEqual(['spine/police-first']);
    },
  );

  it('asks once when the first look already sends it to the police', () => {
    const walked = hated('st-wilfrids', { crime: 'unclear' })
      .choose('hate/offence', 'unclear')
      .walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
    expect(stateOf(walked, 'hate/advice')).toBe('absent');
  });

  it.each(['yes', 'not-sure'])(
    'brings in extremism when the idea behind it is extreme: %s',
    (answer) => {
      const { running } = hated('westlands').choose('hate/extreme', answer).walk();
      expect(running).toEqual(['spine', 'hate', 'radicalisation']);
    },
  );

  it('by an adult here goes to the manager, and what is left there asks about the crime', () => {
    expect(movesTo('westlands', 'hate/author', 'adult-here')).toBe('to-manager');
    const walked = doneByAnAdult('westlands', 'hate');
    const here = walked.walk().steps.filter(({ step }) => step.procedure === 'hate');
    expect(here.map(({ step }) => step.ref)).toEqual([
      'hate/grounds',
      'hate/offence',
      'hate/extreme',
    ]);
    walked.choose('hate/offence', 'yes');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('open');
  });

  it('against an adult here has them helped, and nobody is asked to wait', () => {
    const walked = hated('st-wilfrids').choose('hate/aimed-at', 'adult-here').walk();
    expect(missing(walked)).toContain('hate/adult-support');
  });

  it('is answered under the school’s policies, taken down, and logged where there is a log', () => {
    const walked = hated('st-wilfrids')
      .choose('hate/offence', 'no')
      .choose('hate/online', 'yes')
      .walk();
    for (const step of ['hate/own-policy', 'hate/evidence', 'spine/removal', 'spine/sanctions'])
      expect(missing(walked), step).toContain(step);
    expect(stateOf(walked, 'hate/log')).toBe('open');
    expect(missing(walked)).not.toContain('hate/log');
  });

  it('asks for evidence and removal once when it is bullying too', () => {
    const walked = hated('st-wilfrids').choose('spine/kind', 'hate', 'bullying').walk();
    for (const step of ['hate/evidence', 'hate/online'])
      expect(stateOf(walked, step)).toBe('absent');
    for (const step of ['cyberbullying/evidence', 'cyberbullying/ongoing'])
      expect(stateOf(walked, step)).toBe('open');
  });

  it('cites no clause of its own at Westmoor', () => {
    for (const { step, types } of citedIn('westlands', 'hate'))
      expect(types, step).toEqual(new Set(['deferred', 'guidance']));
  });
});
