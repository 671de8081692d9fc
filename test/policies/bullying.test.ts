import { describe, expect, it } from 'vitest';
import { laneOf, type Involvement } from '../../src/domain/audience.ts';
import { urgencyOf } from '../../src/domain/urgency.ts';
import { aboutAChild, citedIn, doneByAnAdult, doneToAnAdult, looked, movesTo } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf } from './walking.ts';

const packs = ['st-wilfrids', 'westlands'];
const bullied = (packId: string, { crime = 'no' } = {}) =>
  looked(aboutAChild(packId, 'bullying'), { crime })
    .choose('cyberbullying/target', 'child-here')
    .choose('cyberbullying/despair', 'no');

describe('S29: the child says she wants to die', () => {
  const said = () =>
    aboutAChild('st-wilfrids', 'bullying')
      .choose('spine/emergency', 'yes')
      .choose('spine/immediate-risk', 'yes')
      .choose('spine/child-involved', 'yes');

  it('is an emergency from the first screen, with 999 before anything about bullying', () => {
    const emergency = { emergency: true, kinds: ['bullying'], allegation: false, told: true };
    expect(urgencyOf(pack('st-wilfrids'), emergency)).toBe('emergency');
    const order = said()
      .walk()
      .steps.filter(({ state, step }) => state === 'open' && step.due === 'now')
      .map(({ step }) => step.ref);
    const first = ['spine/call-999', 'spine/ring-now', 'spine/stay-with-child'];
    const wanted = [...first, 'cyberbullying/target'];
    expect(order.filter((ref) => wanted.includes(ref))).toEqual(wanted);
  });

  it('has the child found and stayed with, and social care told before they go home', () => {
    const walked = said().walk();
    for (const step of ['spine/ring-now', 'spine/stay-with-child', 'spine/social-care'])
      expect(missing(walked), step).toContain(step);
    const stay = walked.steps.find(({ step }) => step.ref === 'spine/stay-with-child')?.step;
    expect(stay?.never).toContain('Do not leave the child alone.');
    expect(stay?.due).toBe('now');
    expect(walked.next?.step.ref).toBe('spine/call-999');
  });

  it('goes on with the bullying once the child is safe', () => {
    const walked = said().carryOut('spine/stay-with-child').carryOut('spine/ring-now').walk();
    for (const step of ['evidence', 'ongoing', 'has-it-stopped'])
      expect(missing(walked)).toContain(`cyberbullying/${step}`);
  });

  it.each([
    ['yes', 'open', 'open'],
    ['not-asked', 'open', 'absent'],
    ['no', 'absent', 'absent'],
  ])('asked later, “%s” has somebody stay: %s, and help rung for: %s', (answer, stay, ring) => {
    const walked = bullied('westlands').choose('cyberbullying/despair', answer).walk();
    expect(stateOf(walked, 'spine/stay-with-child')).toBe(stay);
    expect(stateOf(walked, 'spine/ring-now')).toBe(ring);
  });

  it('goes on counting when blackmail brings another procedure in', () => {
    const walked = bullied('westlands')
      .choose('cyberbullying/despair', 'yes')
      .choose('cyberbullying/also', 'blackmail')
      .walk();
    for (const step of ['spine/ring-now', 'spine/stay-with-child'])
      expect(stateOf(walked, step), step).toBe('open');
  });
});

describe('S30: parents abuse a teacher online', () => {
  const abused = (packId = 'st-wilfrids', { crime = 'no' } = {}) =>
    looked(doneToAnAdult(packId, 'bullying'), { crime, child: false })
      .choose('cyberbullying/target', 'adult-here')
      .choose('cyberbullying/author', 'parent');

  it('is the headteacher’s from the start, and no allegation; a child in it makes it the team’s', () => {
    const involvement: Involvement = {
      about: ['adult-here', 'parent-or-visitor'],
      adultPart: 'done-to',
      subjects: [],
      conflicts: [],
    };
    expect(laneOf(involvement)).toBe('manager');
    expect(laneOf({ ...involvement, about: [...involvement.about, 'child-here'] })).toBe('lead');
    expect(abused().walk().running).toEqual(['spine', 'cyberbullying']);
  });

  it.each(packs)(
    'looks after the adult, with the helpline, and asks nothing about a child (%s)',
    (packId) => {
      const walked = abused(packId)
        .choose('cyberbullying/also', 'none')
        .choose('cyberbullying/ongoing', 'spreading')
        .choose('cyberbullying/pattern', 'group')
        .walk();
      expect(missing(walked)).toEqual([
        'cyberbullying/evidence',
        'cyberbullying/adult-welfare',
        'cyberbullying/helpline',
        'spine/removal',
        'cyberbullying/speak-to-parent',
        'spine/review',
        'spine/debrief',
        'cyberbullying/has-it-stopped',
      ]);
      const helpline = walked.steps.find(({ step }) => step.ref === 'cyberbullying/helpline')?.step;
      expect(helpline?.ring).toEqual(['posh']);
    },
  );

  it('brings the police in for a threat, and nobody speaks to the parent before', () => {
    const walked = abused().choose('cyberbullying/also', 'threat');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('open');
    expect(locksOn(walked.walk(), 'cyberbullying/speak-to-parent')).toEqual(['spine/police-first']);
    walked.carryOut('spine/police');
    expect(stateOf(walked.walk(), 'cyberbullying/speak-to-parent')).toBe('open');
    expect(ends(walked.walk())).toContain('E-POL');
  });

  it('asks no social care about a child when a crime was done to an adult only', () => {
    expect(
      stateOf(abused('st-wilfrids', { crime: 'yes' }).walk(), 'spine/social-care-decision'),
    ).toBe('absent');
  });

  it('can be closed as handled in school', () => {
    const walked = abused()
      .choose('cyberbullying/also', 'none')
      .choose('cyberbullying/ongoing', 'over')
      .choose('cyberbullying/pattern', 'once')
      .carryOut('cyberbullying/evidence')
      .carryOut('cyberbullying/adult-welfare')
      .carryOut('cyberbullying/helpline')
      .leave('cyberbullying/speak-to-parent', 'not-done', 'The chair has written to them.')
      .choose('cyberbullying/has-it-stopped', 'yes')
      .carryOut('spine/review')
      .carryOut('spine/debrief')
      .walk();
    expect(missing(walked)).toEqual([]);
    expect(ends(walked)).toContain('E-INT');
  });

  it('when it comes to the safeguarding team first, has the headteacher told now', () => {
    const withChild = looked(aboutAChild('st-wilfrids', 'bullying')).choose(
      'cyberbullying/target',
      'child-here',
      'adult-here',
    );
    expect(stateOf(withChild.walk(), 'cyberbullying/tell-head')).toBe('open');
    expect(stateOf(abused().walk(), 'cyberbullying/tell-head')).toBe('absent');
  });
});

describe('bullying of a child', () => {
  it.each(['threat', 'blackmail', 'stalking', 'urged-to-die'])(
    'goes to the police first for %s, before talking, punishing or telling parents',
    (what) => {
      const walked = bullied('westlands').choose('cyberbullying/also', what).walk();
      expect(stateOf(walked, 'spine/police')).toBe('open');
      for (const step of ['spine/talk', 'spine/sanctions'])
        expect(stateOf(walked, step), step).toBe('locked');
      expect(stateOf(walked, 'spine/parents', 'a')).toBe('locked');
      expect(ends(walked)).not.toContain('E-INT');
    },
  );

  it('needs no police when none of that is part of it', () => {
    const walked = bullied('westlands').choose('cyberbullying/also', 'none').walk();
    expect(stateOf(walked, 'spine/police')).toBe('absent');
    expect(stateOf(walked, 'spine/sanctions')).toBe('open');
  });

  it.each([
    ['sexual-words', 'sexual-harm'],
    ['sexual-picture', 'nudes'],
    ['hate', 'hate'],
    ['blackmail', 'exploitation'],
  ])('%s brings in %s', (what, procedure) => {
    const { running } = bullied('st-wilfrids').choose('cyberbullying/also', what).walk();
    expect(running).toContain(procedure);
    expect(running).toContain('cyberbullying');
  });

  it('by an adult here goes to the manager; by a stranger, it is asked whether there is more to it', () => {
    expect(movesTo('st-wilfrids', 'cyberbullying/author', 'adult-here')).toBe('to-manager');
    const stranger = bullied('st-wilfrids').choose('cyberbullying/author', 'other-adult');
    expect(stateOf(stranger.walk(), 'cyberbullying/adult-after-child')).toBe('open');
    stranger.choose('cyberbullying/adult-after-child', 'may-be');
    expect(stranger.walk().running).toContain('exploitation');
  });

  it('that does serious harm asks about social care', () => {
    const asked = (answer: string) =>
      stateOf(
        bullied('westlands').choose('cyberbullying/serious-harm', answer).walk(),
        'spine/social-care-decision',
      );
    expect(['no', 'yes', 'not-sure'].map(asked)).toEqual(['absent', 'open', 'open']);
  });

  it.each([
    ['over', 'absent'],
    ['going-on', 'open'],
    ['not-known', 'open'],
  ])('that is %s has it taken down: %s', (ongoing, removal) => {
    const walked = bullied('westlands').choose('cyberbullying/ongoing', ongoing).walk();
    expect(stateOf(walked, 'spine/removal')).toBe(removal);
  });

  it('is looked at again after two weeks, and cannot close before', () => {
    const walked = bullied('westlands');
    const timer = walked
      .walk()
      .timers.find(({ timer: { ref } }) => ref === 'cyberbullying/look-again');
    expect(timer?.timer.lasts).toBe('2 weeks');
    expect(missing(walked.walk())).toContain('cyberbullying/has-it-stopped');
    walked.choose('cyberbullying/has-it-stopped', 'yes');
    expect(walked.walk().timers.map(({ timer: { ref } }) => ref)).not.toContain(
      'cyberbullying/look-again',
    );
  });

  it('by an adult here leaves the child’s help and the investigating to others', () => {
    const walked = doneByAnAdult('st-wilfrids', 'bullying').walk();
    const here = walked.steps.filter(({ step }) => step.procedure === 'cyberbullying');
    expect(here.map(({ step }) => step.ref)).toEqual(['cyberbullying/also']);
    expect(walked.running).toContain('staff');
  });
});

describe('where the steps about bullying come from', () => {
  it('is national advice, and the anti-bullying policy that neither school supplied', () => {
    for (const [packId, own] of [
      ['st-wilfrids', 'Online Safety Policy'],
      ['westlands', 'Online Safety Protocol'],
    ] as const)
      for (const { step, types, policies } of citedIn(packId, 'cyberbullying')) {
        expect(types, step).toContain('guidance');
        expect(types.has('deferred') || types.has('clause'), step).toBe(true);
        expect(new Set(policies), step).toEqual(new Set([own]));
      }
  });

  it('is never a clause of its own at Westmoor', () => {
    for (const { step, types } of citedIn('westlands', 'cyberbullying'))
      expect(types, step).toEqual(new Set(['deferred', 'guidance']));
  });

  it('has a place for the school’s own policy', () => {
    const step = pack('westlands').steps.get('cyberbullying/own-policy');
    expect(step?.kind === 'action' && step.record[0]?.label).toBe(
      'Which part of your policy you follow',
    );
  });
});
