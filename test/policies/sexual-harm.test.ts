import { describe, expect, it } from 'vitest';
import type { Child } from '../../src/domain/answer.ts';
import { aboutAChild, citedIn, clocks, looked, movesTo, standing } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf, type WalkedCase } from './walking.ts';

const two: Child[] = [
  { id: 'a', parts: ['harmed'], elsewhere: false },
  { id: 'b', parts: ['alleged'], elsewhere: false },
];

function firstLook(given: WalkedCase, crime: string, device = 'none', home = 'no'): WalkedCase {
  return looked(given, { crime }).choose('spine/devices', device).choose('spine/home', home);
}

describe('S18: rape disclosed during a report of online harassment, 14:50', () => {
  const disclosed = () =>
    firstLook(aboutAChild('st-wilfrids', 'sexual-comments', two), 'yes').choose(
      'sexual-harm/what',
      'comments',
      'contact-assault',
    );

  it('asks for the police from the answer alone', () => {
    const walked = aboutAChild('st-wilfrids', 'sexual-comments', two);
    expect(stateOf(walked.walk(), 'spine/police')).toBe('absent');
    walked.choose('sexual-harm/what', 'contact-assault');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('open');
    expect(stateOf(aboutAChild('westlands', 'sexual-assault', two).walk(), 'spine/police')).toBe(
      'open',
    );
  });

  it('lets nobody be questioned, punished or told before the police have advised', () => {
    const walked = disclosed().walk();
    expect(standing(walked)).toContain('sexual-harm/no-questioning');
    for (const step of ['spine/talk', 'spine/sanctions'])
      expect(locksOn(walked, step), step).toEqual(['spine/police-first']);
    for (const child of ['a', 'b'])
      expect(locksOn(walked, 'spine/parents', child)).toEqual(['spine/police-first']);
  });

  it('asks for a plan for each child and for keeping them apart, now', () => {
    const walked = disclosed().walk();
    for (const child of ['a', 'b'])
      expect(stateOf(walked, 'sexual-harm/assessment', child)).toBe('open');
    expect(stateOf(walked, 'sexual-harm/assessment-if-needed', 'a')).toBe('absent');
    expect(missing(walked)).toEqual(
      expect.arrayContaining(['sexual-harm/assessment', 'sexual-harm/separate', 'spine/home-plan']),
    );
    expect(clocks(walked)).toContain('spine/before-home');
  });

  it('never has the children brought together', () => {
    const walked = disclosed().carryOut('spine/police', { 'says-interviews': 'may-talk' }).walk();
    expect(standing(walked)).toContain('sexual-harm/no-joint-meeting');
    expect(standing(walked)).not.toContain('sexual-harm/no-questioning');
    expect(stateOf(walked, 'spine/talk')).toBe('open');
  });

  it('keeps that prohibition, lifted, when the answers are changed', () => {
    const walked = disclosed()
      .choose('sexual-harm/what', 'comments')
      .choose('spine/crime', 'no')
      .walk();
    expect(walked.prohibitions.map(({ prohibition }) => prohibition.ref)).toContain(
      'sexual-harm/no-questioning',
    );
  });

  it('brings in pictures and exploitation where they belong', () => {
    const running = (what: string) =>
      aboutAChild('st-wilfrids', 'sexual-comments', two).choose('sexual-harm/what', what).walk()
        .running;
    expect(running('shared-images')).toContain('nudes');
    expect(running('fake-or-upskirt')).toContain('nudes');
    expect(running('demands')).toContain('exploitation');
    expect(running('exploitation')).toContain('exploitation');
    expect(running('comments')).toEqual(['spine', 'sexual-harm']);
  });

  it('counts somebody who may be 18 as an adult, and moves it for one who works here', () => {
    const walked = aboutAChild('st-wilfrids', 'sexual-comments', two).choose(
      'sexual-harm/age',
      'not-known',
    );
    expect(walked.walk().running).toContain('exploitation');
    expect(movesTo('st-wilfrids', 'sexual-harm/age', 'adult-here')).toBe('to-manager');
  });
});

describe('S20: handled in school', () => {
  const comments = () =>
    firstLook(aboutAChild('st-wilfrids', 'sexual-comments', two), 'no')
      .choose('sexual-harm/what', 'comments')
      .choose('sexual-harm/age', 'no')
      .choose('sexual-harm/still-online', 'yes')
      .choose('sexual-harm/level', 'internal');

  it('needs a reason for whichever level', () => {
    const level = pack('st-wilfrids').steps.get('sexual-harm/level');
    expect(level?.kind === 'question' && level.choose).toBe('one');
    expect(level?.kind === 'question' && level.options.every(({ reason }) => reason)).toBe(true);
  });

  it('asks for blocking and taking down, help and a decision on parents for each child, and a review', () => {
    const walked = comments().walk();
    expect(stateOf(walked, 'spine/police')).toBe('absent');
    for (const child of ['a', 'b'])
      for (const step of ['spine/support', 'spine/parents', 'sexual-harm/assessment-if-needed'])
        expect(stateOf(walked, step, child), step).toBe('open');
    expect(missing(walked)).toEqual(expect.arrayContaining(['spine/removal', 'spine/review']));
  });

  it('closes as handled in school', () => {
    const walked = comments()
      .carryOut('spine/removal')
      .choose('sexual-harm/finding', 'happened')
      .leave('spine/sanctions', 'not-done', 'A talk was enough.')
      .carryOut('spine/review')
      .carryOut('spine/debrief');
    for (const child of ['a', 'b'])
      walked
        .carryOut('spine/support', {}, child)
        .carryOut('sexual-harm/assessment-if-needed', {}, child)
        .chooseFor(child, 'spine/parents', 'already-know');
    expect(missing(walked.walk())).toEqual([]);
    expect(ends(walked.walk())).toEqual(['E-NFA', 'E-INT', 'E-EH', 'E-DUP', 'E-ERR']);
  });

  it('asks for the referral that the level names', () => {
    const walked = (level: string) => comments().choose('sexual-harm/level', level).walk();
    expect(missing(walked('social-care'))).toContain('spine/social-care');
    expect(missing(walked('police'))).toContain('spine/police');
    expect(missing(walked('both'))).toEqual(
      expect.arrayContaining(['spine/social-care', 'spine/police']),
    );
    expect(ends(walked('police'))).not.toContain('E-INT');
    expect(missing(walked('early-help'))).toContain('sexual-harm/early-help');
  });

  it('thinks of the child who told when there was nothing in it', () => {
    const walked = comments().choose('sexual-harm/finding', 'unfounded').walk();
    expect(missing(walked)).toContain('sexual-harm/child-who-told');
  });

  it('asks for other schools only after the police where the policy says so', () => {
    const elsewhere = comments().choose('spine/elsewhere', 'yes').walk();
    expect(locksOn(elsewhere, 'spine/other-settings')).toEqual(['spine/others-after-police']);
    expect(missing(elsewhere)).toContain('spine/others-advice');
  });
});

describe('at Westmoor, whose protocol hands this to another policy', () => {
  it('cites guidance and says so, and never St Wilfrid’s', () => {
    for (const { step, types, policies } of citedIn('westlands', 'sexual-harm')) {
      expect(types, step).toEqual(new Set(['deferred', 'guidance']));
      expect(new Set(policies), step).toEqual(new Set(['Online Safety Protocol']));
    }
  });
});
