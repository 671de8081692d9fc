import { describe, expect, it } from 'vitest';
import { aboutAChild, citedIn, looked, movesTo } from './raising.ts';
import { locksOn, missing, pack, stateOf } from './walking.ts';

const came = (packId: string, ...triggers: string[]) =>
  looked(aboutAChild(packId, 'something-else')).choose('other-triggers/trigger', ...triggers);
const ofT11 = (refs: string[]) => refs.filter((ref) => ref.startsWith('other-triggers/'));

describe('a message, or what is on a phone', () => {
  it.each([
    ['sexual', 'sexual-harm'],
    ['sexual-picture', 'nudes'],
    ['adult-to-child', 'exploitation'],
    ['hate', 'hate'],
    ['at-child', 'cyberbullying'],
    ['at-adult', 'cyberbullying'],
  ])('%s brings in %s', (what, procedure) => {
    const walked = came('st-wilfrids', 'message').choose('other-triggers/message-is', what).walk();
    expect(walked.running).toContain(procedure);
  });

  it('a threat goes to the police', () => {
    const walked = came('st-wilfrids', 'message')
      .choose('other-triggers/message-is', 'threat')
      .walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
  });

  it('a threat that an adult here wrote still goes to the police once the manager has it', () => {
    const walked = came('st-wilfrids', 'message')
      .choose('other-triggers/message-is', 'threat', 'from-adult-here')
      .restrict(true)
      .walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
  });

  it('anything else is kept and written down', () => {
    const walked = came('st-wilfrids', 'message')
      .choose('other-triggers/message-is', 'none')
      .walk();
    expect(ofT11(missing(walked))).toEqual(['other-triggers/keep-message']);
  });

  it('about an adult here ends with the headteacher told', () => {
    const walked = came('st-wilfrids', 'message')
      .choose('other-triggers/message-is', 'at-adult')
      .choose('cyberbullying/target', 'adult-here')
      .walk();
    expect(stateOf(walked, 'cyberbullying/tell-head')).toBe('open');
    expect(stateOf(walked, 'other-triggers/keep-message')).toBe('absent');
  });

  it('on a phone falls under the behaviour policy', () => {
    expect(stateOf(came('st-wilfrids', 'phone').walk(), 'spine/sanctions')).toBe('open');
  });
});

describe('a child or parent who writes to an adult’s own account', () => {
  it('is noted when the adult told at once, and is nobody’s fault', () => {
    const walked = came('st-wilfrids', 'own-account')
      .choose('other-triggers/answered', 'no')
      .walk();
    expect(ofT11(missing(walked))).toEqual(['other-triggers/account-note']);
    const note = walked.steps.find(({ step }) => step.ref === 'other-triggers/account-note')?.step;
    expect(note?.never).toContain('Do not treat it as misconduct.');
  });

  it.each(['yes', 'not-known'])('goes to the manager when it was answered: %s', (answer) => {
    expect(movesTo('st-wilfrids', 'other-triggers/answered', answer)).toBe('to-manager');
  });
});

describe('what belongs to an adult here', () => {
  it('a declared tie is noted without concern; a hidden one moves', () => {
    const walked = came('st-wilfrids', 'tie').choose('other-triggers/declared', 'yes').walk();
    expect(ofT11(missing(walked))).toEqual(['other-triggers/tie-note']);
    expect(movesTo('st-wilfrids', 'other-triggers/declared', 'no')).toBe('to-manager');
  });

  it.each([
    ['trigger', 'own-post'],
    ['message-is', 'from-adult-here'],
    ['visitor', 'works-here'],
    ['whose-conduct', 'adult-here'],
  ])('%s: %s moves', (question, option) => {
    expect(movesTo('st-wilfrids', `other-triggers/${question}`, option)).toBe('to-manager');
  });
});

describe('a visitor', () => {
  it('who put it away is only written down', () => {
    const walked = came('st-wilfrids', 'visitor')
      .choose('other-triggers/visitor', 'put-away')
      .walk();
    expect(ofT11(missing(walked))).toEqual(['other-triggers/visitor-note']);
    expect(stateOf(walked, 'spine/police')).toBe('absent');
  });

  it('who was not spoken to is asked first', () => {
    const walked = came('st-wilfrids', 'visitor')
      .choose('other-triggers/visitor', 'not-asked')
      .walk();
    expect(stateOf(walked, 'other-triggers/ask-visitor')).toBe('open');
  });

  it('who took pictures has the children seen to; nothing is looked at', () => {
    const walked = came('st-wilfrids', 'visitor')
      .choose('other-triggers/visitor', 'pictures')
      .walk();
    expect(stateOf(walked, 'other-triggers/visitor-pictures')).toBe('open');
    expect(stateOf(walked, 'spine/police')).toBe('absent');
  });

  it.each(['refused', 'illegal'])('goes to the police: %s', (what) => {
    const walked = came('st-wilfrids', 'visitor').choose('other-triggers/visitor', what).walk();
    expect(stateOf(walked, 'spine/police')).toBe('open');
  });

  it('is not asked while the police come first', () => {
    const walked = came('st-wilfrids', 'visitor')
      .choose('other-triggers/visitor', 'not-asked', 'illegal')
      .walk();
    expect(locksOn(walked, 'other-triggers/ask-visitor')).toEqual(['spine/police-first']);
  });
});

describe('apps and conduct', () => {
  it('an app the child is too young for is talked about, and its parents are decided on', () => {
    const walked = came('st-wilfrids', 'too-young').walk();
    expect(ofT11(missing(walked))).toEqual(['other-triggers/under-age']);
    expect(stateOf(walked, 'spine/parents', 'a')).toBe('open');
    const lines = pack('st-wilfrids')
      .pack.clauses.filter(({ steps }) => steps.includes('other-triggers/under-age'))
      .map(({ line }) => line);
    expect(lines).toEqual([409, 410]);
  });

  it('nasty conduct brings in bullying, other conduct a policy', () => {
    const conduct = came('st-wilfrids', 'conduct').choose('other-triggers/whose-conduct', 'parent');
    expect(stateOf(conduct.walk(), 'other-triggers/hurts-somebody')).toBe('open');
    conduct.choose('other-triggers/hurts-somebody', 'no');
    expect(stateOf(conduct.walk(), 'other-triggers/conduct-note')).toBe('open');
    conduct.choose('other-triggers/hurts-somebody', 'yes');
    expect(conduct.walk().running).toContain('cyberbullying');
  });

  it('what fits nothing is said in a sentence, with who acts', () => {
    const walked = came('westlands', 'something-else').walk();
    expect(ofT11(missing(walked))).toEqual(['other-triggers/describe']);
  });
});

it('cites at Westmoor guidance and the policy that was not supplied', () => {
  for (const { step, types } of citedIn('westlands', 'other-triggers'))
    expect(types, step).toEqual(new Set(['deferred', 'guidance']));
});
