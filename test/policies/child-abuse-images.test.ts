import { describe, expect, it } from 'vitest';
import type { Child } from '../../src/domain/answer.ts';
import { citationsOf } from '../../src/domain/policy.ts';
import { isDoable } from '../../src/domain/procedure.ts';
import { saidOnce } from '../../src/domain/said-once.ts';
import { aboutAChild, citedIn, clocks, looked, movesTo, optionOf, standing } from './raising.ts';
import { ends, locksOn, missing, pack, stateOf, walkedCase, type WalkedCase } from './walking.ts';

const one: Child[] = [{ id: 'a', parts: ['harmed'], elsewhere: false }];
const two: Child[] = [
  { id: 'a', parts: ['harmed'], elsewhere: false },
  { id: 'b', parts: ['alleged'], elsewhere: false },
];

function firstLook(given: WalkedCase, crime: string, device = 'none', home = 'no'): WalkedCase {
  return looked(given, { crime }).choose('spine/devices', device).choose('spine/home', home);
}

describe('S24: a pop-up on a school laptop', () => {
  const popUp = (packId = 'st-wilfrids', crime = 'no') =>
    firstLook(aboutAChild(packId, 'abuse-images', one), crime, 'school')
      .choose('child-abuse-images/situation', 'seen-by-chance')
      .choose('child-abuse-images/peers', 'no')
      .choose('child-abuse-images/brought', 'by-chance');

  it.each(['st-wilfrids', 'westlands'])(
    'asks for police, social care and the IWF, never for the steps of chance alone (%s)',
    (packId) => {
      const walked = popUp(packId).choose('child-abuse-images/address-known', 'yes').walk();
      expect(missing(walked)).toEqual(
        expect.arrayContaining([
          'spine/police',
          'spine/social-care',
          'child-abuse-images/iwf',
          'child-abuse-images/secure',
          'child-abuse-images/welfare',
          'child-abuse-images/filter-failed',
        ]),
      );
      expect(stateOf(walked, 'child-abuse-images/ask-police')).toBe('absent');
    },
  );

  it('goes on to the filter when it failed, or may have', () => {
    for (const answer of ['yes', 'not-known'])
      expect(popUp().choose('child-abuse-images/filter-failed', answer).walk().running).toContain(
        'filtering',
      );
    expect(popUp().choose('child-abuse-images/filter-failed', 'no').walk().running).not.toContain(
      'filtering',
    );
  });

  it('cannot end as handled in school', () => {
    const walked = popUp()
      .choose('child-abuse-images/address-known', 'no')
      .choose('child-abuse-images/copies', 'no')
      .carryOut('spine/police')
      .walk();
    expect(ends(walked)).not.toContain('E-INT');
    expect(ends(walked)).toContain('E-POL');
  });

  it('locks parents until the police have advised', () => {
    expect(locksOn(popUp().walk(), 'spine/parents', 'a')).toEqual(['spine/police-first']);
  });

  it('moves it when it may be an adult’s doing', () => {
    for (const answer of ['adult', 'not-sure'])
      expect(movesTo('st-wilfrids', 'child-abuse-images/brought', answer)).toBe('to-manager');
  });
});

describe('a web page met by chance, and nothing on a device', () => {
  const page = () =>
    firstLook(aboutAChild('st-wilfrids', 'abuse-images', one), 'no')
      .choose('child-abuse-images/situation', 'seen-by-chance', 'website')
      .choose('child-abuse-images/peers', 'no')
      .choose('child-abuse-images/copies', 'no');

  it('asks whether to ring the police, and wants a reason for not doing it', () => {
    expect(stateOf(page().walk(), 'spine/police')).toBe('absent');
    expect(missing(page().walk())).toContain('child-abuse-images/ask-police');
    expect(optionOf('st-wilfrids', 'child-abuse-images/ask-police', 'no').reason).toBe(true);
    const walked = page().choose('child-abuse-images/ask-police', 'ask').walk();
    expect(missing(walked)).toContain('spine/police');
  });

  it('ends as handled in school with the IWF’s report and the police’s advice', () => {
    const walked = page()
      .choose('child-abuse-images/ask-police', 'ask')
      .choose('child-abuse-images/address-known', 'yes')
      .carryOut('spine/police');
    expect(ends(walked.walk())).not.toContain('E-INT');
    walked.carryOut('child-abuse-images/iwf');
    expect(ends(walked.walk())).toContain('E-INT');
  });

  it.each(['school-device', 'child-has', 'own-device', 'adult-outside', 'unclear'])(
    'makes the police a must as soon as it is also “%s”',
    (also) => {
      const walked = page()
        .choose('child-abuse-images/situation', 'seen-by-chance', 'website', also)
        .walk();
      expect(missing(walked)).toContain('spine/police');
      expect(stateOf(walked, 'child-abuse-images/ask-police')).toBe('absent');
    },
  );

  it('offers the IWF only for an address', () => {
    const walked = page().choose('child-abuse-images/address-known', 'no').walk();
    expect(stateOf(walked, 'child-abuse-images/iwf')).toBe('absent');
    const step = pack('st-wilfrids').steps.get('child-abuse-images/iwf');
    const fields = step !== undefined && isDoable(step) ? step.record : [];
    expect(fields.find(({ required, kind }) => required && kind === 'link')?.id).toBe('address');
  });
});

describe('S25: an e-mail with a suspect attachment', () => {
  const mail = () =>
    firstLook(aboutAChild('st-wilfrids', 'abuse-images', one), 'yes', 'school')
      .choose('child-abuse-images/situation', 'seen-by-chance', 'school-device')
      .choose('child-abuse-images/peers', 'no')
      .choose('child-abuse-images/copies', 'yes');

  it('locks deleting until the police’s advice on deleting is recorded', () => {
    const walked = mail();
    expect(locksOn(walked.walk(), 'child-abuse-images/delete-copies')).toEqual([
      'spine/police-deleting',
      'child-abuse-images/delete-gate',
      'child-abuse-images/no-deleting',
    ]);
    walked.carryOut('spine/police-override');
    expect(stateOf(walked.walk(), 'child-abuse-images/delete-copies')).toBe('locked');
    for (const says of ['do-not-delete', 'not-discussed']) {
      walked.carryOut('spine/police', { 'says-deleting': says });
      expect(stateOf(walked.walk(), 'child-abuse-images/delete-copies')).toBe('locked');
    }
    walked.carryOut('spine/police', { 'says-deleting': 'may-delete' });
    expect(stateOf(walked.walk(), 'child-abuse-images/delete-copies')).toBe('open');
  });

  it('gives IT a task without opening, forwarding or looking further, and asks for place, item and time', () => {
    const step = pack('st-wilfrids').steps.get('child-abuse-images/delete-copies');
    if (step === undefined || !isDoable(step)) throw new Error('no such step');
    expect(step.who).toBe('it');
    expect(step.task).toMatch(/without opening.*Do not open, copy, forward or move/s);
    expect(step.record.filter(({ required }) => required).map(({ id }) => id)).toEqual([
      'item',
      'time',
    ]);
  });

  it('cites lines 568 and 573 for deleting, and line 575 for keeping a copy', () => {
    const lines = (ref: string) => {
      const policy = pack('st-wilfrids');
      const step = policy.steps.get(ref);
      return step === undefined
        ? []
        : citationsOf(policy, step, new Set(['spine', 'child-abuse-images'])).flatMap((cited) =>
            cited.type === 'clause' ? [cited.line] : [],
          );
    };
    expect(lines('child-abuse-images/delete-gate')).toEqual([568, 573]);
    expect(lines('child-abuse-images/kept-access')).toEqual([575]);
    expect(lines('child-abuse-images/iwf')).toEqual([567, 572]);
  });

  it('keeps a copy only at the police’s request, in two records', () => {
    const walked = mail();
    expect(stateOf(walked.walk(), 'child-abuse-images/kept')).toBe('absent');
    walked.carryOut('spine/police').choose('child-abuse-images/kept', 'yes');
    expect(missing(walked.walk())).toEqual(
      expect.arrayContaining(['child-abuse-images/kept-request', 'child-abuse-images/kept-access']),
    );
  });
});

describe('a picture that may be one among children', () => {
  const doubtful = () =>
    firstLook(aboutAChild('st-wilfrids', 'nude-picture', two), 'no', 'child').choose(
      'nudes/classify',
      'not-sure',
    );

  it('keeps the stricter rules: nothing is looked at, switched off or deleted', () => {
    const walked = doubtful().walk();
    expect(walked.running).toEqual(['spine', 'nudes', 'child-abuse-images']);
    expect(standing(walked)).toContain('child-abuse-images/as-found');
    expect(locksOn(walked, 'nudes/delete')).toContain('child-abuse-images/no-deleting');
    walked.steps
      .filter(({ step }) => step.ref === 'nudes/view')
      .forEach(({ state }) => expect(state).toBe('locked'));
    expect(missing(walked)).toContain('spine/police');
  });

  it('puts the device away by one rule only: as it was found', () => {
    const walked = doubtful();
    const device = () =>
      ['nudes/store-device', 'nudes/switch-off', 'child-abuse-images/secure'].map((step) =>
        stateOf(walked.walk(), step),
      );
    expect(device()).toEqual(['absent', 'absent', 'open']);
    walked.choose('nudes/classify', 'among-children');
    walked.choose('child-abuse-images/peers', 'among-children');
    walked.choose('spine/kind', 'nude-picture', 'abuse-images');
    expect(device()).toEqual(['open', 'open', 'absent']);
  });

  it('says once what must never be done, by its stricter words', () => {
    const walked = doubtful();
    const said = () => saidOnce(walked.walk().prohibitions).map(({ ref }) => ref);
    expect(said()).toEqual([
      'spine/never-hold-back',
      'spine/no-promises',
      'nudes/no-asking',
      'nudes/no-shaming',
      'child-abuse-images/no-looking',
      'child-abuse-images/no-copying',
      'child-abuse-images/as-found',
      'child-abuse-images/no-deleting',
      'child-abuse-images/no-keeping',
      'child-abuse-images/no-link',
      'child-abuse-images/no-confronting',
    ]);
    for (const ref of ['nudes/no-view', 'nudes/no-deleting-yet'])
      expect(standing(walked.walk())).toContain(ref);
    walked.carryOut('spine/police', { 'says-deleting': 'may-delete' });
    expect(said()).not.toContain('child-abuse-images/no-deleting');
    expect(said()).toContain('nudes/no-deleting-yet');
  });

  it('switches a device off when the police say so', () => {
    const walked = doubtful().carryOut('spine/police', { 'says-devices': 'may-switch-off' }).walk();
    expect(stateOf(walked, 'nudes/switch-off')).toBe('open');
  });

  it('is lifted only by a reasoned answer that agrees with the other one', () => {
    const walked = doubtful();
    expect(optionOf('st-wilfrids', 'child-abuse-images/peers', 'among-children').reason).toBe(true);
    walked.choose('child-abuse-images/peers', 'among-children');
    expect(standing(walked.walk())).toContain('child-abuse-images/as-found');
    expect(stateOf(walked.walk(), 'nudes/switch-off')).toBe('absent');
    walked.choose('nudes/classify', 'among-children');
    walked.choose('spine/kind', 'nude-picture', 'abuse-images');
    expect(stateOf(walked.walk(), 'nudes/switch-off')).toBe('open');
    expect(standing(walked.walk())).not.toContain('child-abuse-images/no-looking');
    expect(standing(walked.walk())).toContain('child-abuse-images/no-copying');
  });

  it('is not lifted by changing the first answer alone', () => {
    const walked = doubtful().choose('nudes/classify', 'among-children').walk();
    expect(standing(walked)).toContain('child-abuse-images/as-found');
    expect(locksOn(walked, 'nudes/switch-off')).toEqual(['child-abuse-images/as-found']);
  });
});

describe('S27: pictures on a teacher’s school laptop', () => {
  const laptop = () =>
    walkedCase('st-wilfrids', { restricted: true, children: [] })
      .choose('spine/emergency', 'no')
      .choose('spine/about', 'adult-here')
      .choose('spine/adult-part', 'done-by')
      .choose('spine/kind', 'abuse-images')
      .choose('staff/danger', 'no');

  it('asks for the police at once, and says what must not be done', () => {
    const walked = laptop().walk();
    expect(walked.running).toEqual(['spine', 'staff', 'child-abuse-images']);
    expect(missing(walked)).toContain('spine/police');
    expect(standing(walked)).toEqual(
      expect.arrayContaining([
        'staff/no-approach',
        'staff/no-telling',
        'staff/no-wiping',
        'child-abuse-images/as-found',
        'child-abuse-images/no-confronting',
      ]),
    );
  });

  it('asks for quarantine and the LADO, with a working day from when anybody was told', () => {
    const walked = laptop()
      .choose('staff/what', 'abuse-images')
      .carryOut('staff/first-told', { moment: '2026-05-01T15:40:00Z' })
      .choose('staff/offence', 'yes')
      .walk();
    expect(missing(walked)).toEqual(expect.arrayContaining(['staff/quarantine', 'staff/lado']));
    expect(clocks(walked)).toContain('staff/lado-clock');
    expect(stateOf(walked, 'child-abuse-images/secure')).toBe('absent');
    expect(locksOn(walked, 'staff/inform-adult')).toContain('staff/police-before-adult');
  });

  it('cannot be put below the harm threshold', () => {
    const walked = laptop().choose('staff/what', 'abuse-images').choose('staff/online', 'no');
    for (const question of ['harmed', 'offence', 'risk', 'suitability'])
      walked.choose(`staff/${question}`, 'no');
    expect(missing(walked.walk())).toContain('staff/lado');
    expect(clocks(walked.walk())).toContain('staff/lado-clock');
    expect(stateOf(walked.walk(), 'staff/low-level')).toBe('absent');
    expect(locksOn(walked.walk(), 'staff/conduct')).toContain('staff/lado-first');
    expect(standing(walked.walk())).toContain('staff/never-low-level');
    walked.carryOut('staff/lado').carryOut('spine/police');
    expect(ends(walked.walk())).not.toContain('E-LLC');
  });

  it('keeps the threshold when the team’s own answer had moved the case', () => {
    const walked = laptop()
      .choose('child-abuse-images/situation', 'school-device')
      .choose('child-abuse-images/brought', 'not-sure');
    for (const question of ['harmed', 'offence', 'risk', 'suitability'])
      walked.choose(`staff/${question}`, 'no');
    expect(missing(walked.walk())).toContain('staff/lado');
  });

  it('gives nothing to the team and no task to IT', () => {
    const walked = laptop()
      .choose('staff/what', 'abuse-images')
      .choose('child-abuse-images/situation', 'staff-has', 'school-device')
      .choose('child-abuse-images/copies', 'yes')
      .walk();
    const live = walked.steps.filter(({ state }) => !['automatic', 'superseded'].includes(state));
    expect(live.filter(({ step }) => step.who === 'it').map(({ step }) => step.ref)).toEqual([]);
    for (const step of ['spine/parents', 'spine/support', 'spine/review'])
      expect(stateOf(walked, step), step).toBe('absent');
    expect(missing(walked)).toContain('staff/child-side');
  });

  it('does not lift the stricter rules while an adult here is involved', () => {
    const walked = laptop().choose('child-abuse-images/peers', 'among-children').walk();
    expect(standing(walked)).toEqual(
      expect.arrayContaining(['child-abuse-images/no-looking', 'child-abuse-images/as-found']),
    );
  });

  it('moves the case from the team as soon as an adult here may have it', () => {
    for (const [step, answer] of [
      ['situation', 'staff-has'],
      ['adult-device', 'yes'],
      ['adult-device', 'not-sure'],
    ] as const)
      expect(movesTo('st-wilfrids', `child-abuse-images/${step}`, answer), step).toBe('to-manager');
  });
});

describe('at Westmoor, whose protocol hands this to another policy', () => {
  it('cites guidance and says so, and never St Wilfrid’s', () => {
    for (const { step, types, policies } of citedIn('westlands', 'child-abuse-images')) {
      expect(types, step).toEqual(new Set(['deferred', 'guidance']));
      expect(new Set(policies), step).toEqual(new Set(['Online Safety Protocol']));
    }
  });
});
