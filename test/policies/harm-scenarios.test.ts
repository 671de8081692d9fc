import { describe, expect, it } from 'vitest';
import type { Child } from '../../src/domain/answer.ts';
import { citationsOf } from '../../src/domain/policy.ts';
import { isDoable } from '../../src/domain/procedure.ts';
import type { Walk } from '../../src/domain/walk.ts';
import { ends, locksOn, missing, pack, stateOf, walkedCase, type WalkedCase } from './walking.ts';

const one: Child[] = [{ id: 'a', parts: ['harmed'], elsewhere: false }];
const two: Child[] = [
  { id: 'a', parts: ['harmed'], elsewhere: false },
  { id: 'b', parts: ['alleged'], elsewhere: false },
];

function raised(packId: string, kind: string, children: Child[]): WalkedCase {
  return walkedCase(packId, { children })
    .choose('spine/emergency', 'no')
    .choose('spine/about', 'child-here')
    .choose('spine/kind', kind)
    .choose('spine/how-known', 'told')
    .choose('spine/told', 'yes');
}

function firstLook(given: WalkedCase, crime: string, device = 'none', home = 'no'): WalkedCase {
  return given
    .choose('spine/immediate-risk', 'no')
    .choose('spine/adult-appears', 'no')
    .choose('spine/child-involved', 'yes')
    .carryOut('spine/name-children')
    .choose('spine/whereabouts', 'in-school')
    .choose('spine/home', home)
    .choose('spine/devices', device)
    .choose('spine/crime', crime)
    .choose('spine/elsewhere', 'no');
}

const standing = ({ prohibitions }: Walk) =>
  prohibitions.filter(({ lifted }) => !lifted).map(({ prohibition }) => prohibition.ref);
const timers = (walked: Walk) => walked.timers.map(({ timer }) => timer.ref);
const option = (packId: string, ref: string, id: string) => {
  const step = pack(packId).steps.get(ref);
  return step?.kind === 'question' ? step.options.find((one) => one.id === id) : undefined;
};

describe('S17: a boy of 15 is blackmailed over pictures', () => {
  const blackmailed = () =>
    firstLook(raised('st-wilfrids', 'grooming', one), 'yes', 'child')
      .choose('exploitation/danger', 'no')
      .choose('exploitation/form', 'blackmail')
      .choose('exploitation/suspect', 'unknown-online');

  it('asks for the police now, whatever else is answered', () => {
    expect(missing(raised('st-wilfrids', 'grooming', one).walk())).toContain('spine/police');
    const crimeDenied = firstLook(raised('st-wilfrids', 'grooming', one), 'no').walk();
    expect(stateOf(crimeDenied, 'spine/police')).toBe('open');
  });

  it('says not to pay, not to delete, and that it was not the child’s fault', () => {
    expect(standing(blackmailed().walk())).toEqual(
      expect.arrayContaining([
        'exploitation/no-paying',
        'exploitation/no-deleting',
        'exploitation/no-shaming',
        'exploitation/no-undercover',
      ]),
    );
  });

  it('has the messages kept before anybody is blocked', () => {
    const step = pack('st-wilfrids').steps.get('exploitation/keep-then-block');
    expect(step?.title).toBe('Stop replying, keep messages, then block');
    expect(missing(blackmailed().walk())).toContain('exploitation/keep-then-block');
    expect(missing(blackmailed().walk())).toContain('spine/removal');
  });

  it.each(['yes', 'not-known'])(
    'has somebody stay and rings for help on suicide “%s”',
    (answer) => {
      expect(missing(blackmailed().walk())).toContain('exploitation/suicide');
      const walked = blackmailed().choose('exploitation/suicide', answer).walk();
      expect(missing(walked)).toEqual(
        expect.arrayContaining(['exploitation/stay-with', 'spine/ring-now']),
      );
    },
  );

  it('counts down to the end of the school day', () => {
    expect(timers(blackmailed().walk())).toContain('spine/before-home');
    expect(missing(blackmailed().walk())).toContain('spine/home-plan');
  });

  it('takes no report to CEOP for a call to the police', () => {
    expect(locksOn(blackmailed().walk(), 'exploitation/ceop')).toEqual([
      'exploitation/ceop-after-police',
    ]);
    const walked = blackmailed().carryOut('exploitation/ceop').walk();
    expect(missing(walked)).toContain('spine/police');
    for (const end of ['E-POL', 'E-INT', 'E-NFA', 'E-CSC', 'E-EH'])
      expect(ends(walked), end).not.toContain(end);
  });

  it('brings in the steps on pictures when one was sent', () => {
    const walked = blackmailed().choose('exploitation/form', 'blackmail', 'images-sent').walk();
    expect(walked.running).toEqual(['spine', 'nudes', 'exploitation']);
    expect(locksOn(walked, 'nudes/delete')).toContain('exploitation/no-deleting');
    expect(stateOf(walked, 'exploitation/keep-device')).toBe('absent');
    expect(stateOf(walked, 'nudes/store-device')).toBe('open');
  });

  it('can never be handled in school, and ends without action only on recorded advice', () => {
    const walked = blackmailed();
    expect(ends(walked.walk())).not.toContain('E-NFA');
    walked.carryOut('spine/police');
    expect(ends(walked.walk())).toContain('E-NFA');
    expect(ends(walked.walk())).toContain('E-POL');
    expect(ends(walked.walk())).not.toContain('E-INT');
  });
});

describe('S18: rape disclosed during a report of online harassment, 14:50', () => {
  const disclosed = () =>
    firstLook(raised('st-wilfrids', 'sexual-comments', two), 'yes').choose(
      'sexual-harm/what',
      'comments',
      'contact-assault',
    );

  it('asks for the police from the answer alone', () => {
    const walked = raised('st-wilfrids', 'sexual-comments', two);
    expect(stateOf(walked.walk(), 'spine/police')).toBe('absent');
    walked.choose('sexual-harm/what', 'contact-assault');
    expect(stateOf(walked.walk(), 'spine/police')).toBe('open');
    expect(stateOf(raised('westlands', 'sexual-assault', two).walk(), 'spine/police')).toBe('open');
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
    expect(timers(walked)).toContain('spine/before-home');
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
      raised('st-wilfrids', 'sexual-comments', two).choose('sexual-harm/what', what).walk().running;
    expect(running('shared-images')).toContain('nudes');
    expect(running('fake-or-upskirt')).toContain('nudes');
    expect(running('demands')).toContain('exploitation');
    expect(running('exploitation')).toContain('exploitation');
    expect(running('comments')).toEqual(['spine', 'sexual-harm']);
  });

  it('counts somebody who may be 18 as an adult, and moves it for one who works here', () => {
    const walked = raised('st-wilfrids', 'sexual-comments', two).choose(
      'sexual-harm/age',
      'not-known',
    );
    expect(walked.walk().running).toContain('exploitation');
    expect(option('st-wilfrids', 'sexual-harm/age', 'adult-here')?.moves).toBe('to-manager');
  });
});

describe('S20: handled in school', () => {
  const comments = () =>
    firstLook(raised('st-wilfrids', 'sexual-comments', two), 'no')
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

describe('S21: grooming, and a meeting at 18:00 today', () => {
  const tonight = (home = 'no') =>
    firstLook(raised('st-wilfrids', 'grooming', one), 'yes', 'child', home)
      .choose('exploitation/danger', 'yes')
      .choose('exploitation/suicide', 'no')
      .choose('exploitation/form', 'grooming');

  it.each(['yes', 'not-sure'])('rings 999 first when harm could come today: %s', (danger) => {
    const walked = tonight().choose('exploitation/danger', danger).walk();
    expect(walked.next?.step.ref).toBe('spine/ring-now');
    const call = pack('st-wilfrids').steps.get('spine/ring-now');
    expect(call?.kind === 'referral' && call.ring[0]).toBe('emergency');
    expect(call?.kind === 'referral' && call.record.map(({ id }) => id)).toContain('reference');
  });

  it('refers to social care unless there is a reason not to, and always when family may be behind it', () => {
    const walked = tonight().choose('exploitation/suspect', 'known-adult');
    expect(missing(walked.walk())).toContain('spine/social-care-decision');
    expect(option('st-wilfrids', 'spine/social-care-decision', 'not-needed')?.reason).toBe(true);
    walked.choose('exploitation/suspect', 'family');
    expect(missing(walked.walk())).toContain('spine/social-care');
  });

  it('leaves it to judgement whether a device is kept, and makes the CEOP report with the child', () => {
    const walked = tonight().carryOut('spine/police').walk();
    expect(stateOf(walked, 'exploitation/keep-device')).toBe('open');
    const device = pack('st-wilfrids').steps.get('exploitation/keep-device');
    expect(device !== undefined && isDoable(device) && device.need).toBe('judgement');
    expect(stateOf(walked, 'exploitation/ceop')).toBe('open');
    expect(missing(walked)).toContain('exploitation/child-voice');
  });

  it('does not begin with telling parents, although line 546 asks for it', () => {
    const walked = tonight();
    expect(locksOn(walked.walk(), 'spine/parents', 'a')).toEqual(['spine/police-first']);
    walked.carryOut('spine/police-override', { reason: 'The mother meets the bus at four.' });
    expect(stateOf(walked.walk(), 'spine/parents', 'a')).toBe('open');
    walked.chooseFor('a', 'spine/parents', 'inform-now');
    expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
  });

  it('keeps parents from being told while home may be part of it, against every override', () => {
    for (const walked of [
      tonight().choose('exploitation/suspect', 'family'),
      tonight('not-sure')
        .choose('exploitation/suspect', 'known-adult')
        .choose('spine/social-care-decision', 'refer'),
    ]) {
      walked
        .carryOut('spine/police-override')
        .carryOut('spine/police', { 'says-parents': 'may-tell' })
        .chooseFor('a', 'spine/parents', 'inform-now');
      expect(locksOn(walked.walk(), 'spine/tell-parents', 'a')).toEqual([
        'exploitation/family-first',
      ]);
      walked.carryOut('spine/social-care', { 'says-parents': 'may-tell' });
      expect(stateOf(walked.walk(), 'spine/tell-parents', 'a')).toBe('open');
    }
  });

  it('tells the LADO of an adult who works with children elsewhere, and moves it for one here', () => {
    const walked = tonight().choose('exploitation/suspect', 'works-elsewhere').walk();
    expect(missing(walked)).toContain('exploitation/lado-elsewhere');
    expect(option('st-wilfrids', 'exploitation/suspect', 'works-here')?.moves).toBe('to-manager');
  });

  it('leaves the child’s side to the team once it is about an adult here', () => {
    const walked = tonight().choose('exploitation/suspect', 'works-here').restrict(true).walk();
    const ofTheTeam = walked.steps
      .filter(({ state }) => state !== 'superseded' && state !== 'automatic')
      .filter(({ step }) => step.procedure === 'exploitation')
      .map(({ step }) => step.ref);
    expect(ofTheTeam).toEqual(['exploitation/form', 'exploitation/suspect']);
    expect(standing(walked)).toContain('exploitation/no-confronting');
    expect(missing(walked)).toContain('spine/police');
  });
});

describe('S23: used for crime by a game’s chat', () => {
  const used = () =>
    firstLook(raised('westlands', 'grooming', one), 'yes').choose('exploitation/form', 'criminal');

  it.each(['criminal', 'moved', 'not-sure'])('asks about the NRM for “%s”', (form) => {
    const walked = used().choose('exploitation/form', form).walk();
    expect(missing(walked)).toEqual(
      expect.arrayContaining(['spine/police', 'spine/social-care-decision', 'exploitation/nrm']),
    );
  });

  it('does not ask about it for grooming alone', () => {
    const walked = used().choose('exploitation/form', 'grooming').walk();
    expect(stateOf(walked, 'exploitation/nrm')).toBe('absent');
  });

  it('asks for missing episodes, gifts, contacts and the agencies asked in each child’s risk assessment', () => {
    const step = pack('westlands').steps.get('exploitation/risk-assessment');
    const fields = step !== undefined && isDoable(step) ? step.record.map(({ id }) => id) : [];
    expect(fields).toEqual(
      expect.arrayContaining(['missing', 'gifts', 'contacts', 'vulnerable', 'agencies']),
    );
  });

  it('asks for the reason when social care is not told', () => {
    expect(option('westlands', 'spine/social-care-decision', 'not-needed')?.reason).toBe(true);
    expect(option('westlands', 'spine/social-care-decision', 'they-know')?.reason).toBe(true);
  });
});

describe('S24: a pop-up on a school laptop', () => {
  const popUp = (packId = 'st-wilfrids', crime = 'no') =>
    firstLook(raised(packId, 'abuse-images', one), crime, 'school')
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
      expect(option('st-wilfrids', 'child-abuse-images/brought', answer)?.moves).toBe('to-manager');
  });
});

describe('a web page met by chance, and nothing on a device', () => {
  const page = () =>
    firstLook(raised('st-wilfrids', 'abuse-images', one), 'no')
      .choose('child-abuse-images/situation', 'seen-by-chance', 'website')
      .choose('child-abuse-images/peers', 'no')
      .choose('child-abuse-images/copies', 'no');

  it('asks whether to ring the police, and wants a reason for not doing it', () => {
    expect(stateOf(page().walk(), 'spine/police')).toBe('absent');
    expect(missing(page().walk())).toContain('child-abuse-images/ask-police');
    expect(option('st-wilfrids', 'child-abuse-images/ask-police', 'no')?.reason).toBe(true);
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
    firstLook(raised('st-wilfrids', 'abuse-images', one), 'yes', 'school')
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
    firstLook(raised('st-wilfrids', 'nude-picture', two), 'no', 'child').choose(
      'nudes/classify',
      'not-sure',
    );

  it('keeps the stricter rules: nothing is looked at, switched off or deleted', () => {
    const walked = doubtful().walk();
    expect(walked.running).toEqual(['spine', 'nudes', 'child-abuse-images']);
    expect(locksOn(walked, 'nudes/switch-off')).toEqual(['child-abuse-images/as-found']);
    expect(locksOn(walked, 'nudes/delete')).toContain('child-abuse-images/no-deleting');
    walked.steps
      .filter(({ step }) => step.ref === 'nudes/view')
      .forEach(({ state }) => expect(state).toBe('locked'));
    expect(missing(walked)).toContain('spine/police');
  });

  it('switches a device off when the police say so', () => {
    const walked = doubtful().carryOut('spine/police', { 'says-devices': 'may-switch-off' }).walk();
    expect(stateOf(walked, 'nudes/switch-off')).toBe('open');
  });

  it('is lifted only by a reasoned answer that agrees with the other one', () => {
    const walked = doubtful();
    expect(option('st-wilfrids', 'child-abuse-images/peers', 'among-children')?.reason).toBe(true);
    walked.choose('child-abuse-images/peers', 'among-children');
    expect(locksOn(walked.walk(), 'nudes/switch-off')).toEqual(['child-abuse-images/as-found']);
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
    expect(timers(walked)).toContain('staff/lado-clock');
    expect(stateOf(walked, 'child-abuse-images/secure')).toBe('absent');
    expect(locksOn(walked, 'staff/inform-adult')).toContain('staff/police-before-adult');
  });

  it('cannot be put below the harm threshold', () => {
    const walked = laptop().choose('staff/what', 'abuse-images').choose('staff/online', 'no');
    for (const question of ['harmed', 'offence', 'risk', 'suitability'])
      walked.choose(`staff/${question}`, 'no');
    for (const step of ['staff/low-level', 'staff/sign-off-notes', 'staff/conduct'])
      expect(locksOn(walked.walk(), step), step).toEqual(
        expect.arrayContaining(['child-abuse-images/threshold-met']),
      );
    walked.choose('staff/offence', 'unsure');
    expect(missing(walked.walk())).toContain('staff/lado');
    expect(stateOf(walked.walk(), 'staff/low-level')).toBe('absent');
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
      expect(option('st-wilfrids', `child-abuse-images/${step}`, answer)?.moves, step).toBe(
        'to-manager',
      );
  });
});

describe('at Westmoor, whose protocol hands these to another policy', () => {
  it.each(['sexual-harm', 'exploitation', 'child-abuse-images'])(
    '%s cites guidance and says so, and never St Wilfrid’s',
    (procedure) => {
      const westlands = pack('westlands');
      const running = new Set(['spine', procedure]);
      for (const step of westlands.steps.values()) {
        if (step.procedure !== procedure) continue;
        const cited = citationsOf(westlands, step, running);
        expect(new Set(cited.map(({ type }) => type)), step.ref).toEqual(
          new Set(['deferred', 'guidance']),
        );
      }
    },
  );
});
