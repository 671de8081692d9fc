import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDoable } from '../../src/domain/procedure.ts';
import type { Walk } from '../../src/domain/walk.ts';
import {
  answerOf,
  cases,
  casesOf,
  everyWalk,
  isWanted,
  mayBeDone,
  policeSay,
  settling,
  type RandomCase,
} from './random-walking.ts';
import { pack } from './walking.ts';

/** Holds for the walks of many cases. */
function always(of: fc.Arbitrary<RandomCase>, check: (walked: Walk) => void, numRuns = 12) {
  fc.assert(
    fc.property(of, (given) => {
      everyWalk(given, check);
    }),
    { numRuns },
  );
}

/** Parents who wait for an agency keep a case open, until that is decided anew. */
function waitsForAnAgency({ steps }: Walk): boolean {
  return steps.some(
    ({ answer, state }) => state !== 'superseded' && (answer?.chosen.includes('wait') ?? false),
  );
}

function availableEnds({ ends }: Walk): string[] {
  return ends.filter(({ available }) => available).map(({ end }) => end.code);
}

/** Ends that say what became of the case, rather than that it was none. */
function endsOfItsOwn(walked: Walk): string[] {
  return availableEnds(walked).filter((code) => !['E-DUP', 'E-ERR'].includes(code));
}

describe('whatever somebody answers', { timeout: 180_000 }, () => {
  it('a case can be brought to its close, and then has an end to choose; every procedure is met', () => {
    const met = new Map(['st-wilfrids', 'westlands'].map((id) => [id, new Set<string>()]));
    fc.assert(
      fc.property(cases, (given) => {
        const walks = [...settling(given)];
        for (const { running } of walks) running.forEach((id) => met.get(given.packId)?.add(id));
        const last = walks.at(-1);
        expect(last?.missing.map(({ step }) => step.ref)).toEqual([]);
        if (last !== undefined && !waitsForAnAgency(last))
          expect(endsOfItsOwn(last)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
    for (const [id, procedures] of met)
      expect([...procedures].toSorted()).toEqual(Object.keys(pack(id).pack.procedures).toSorted());
  });

  it('no prohibition that ever stood goes away, nor when the case moves to the manager', () => {
    fc.assert(
      fc.property(cases, (given) => {
        let before: string[] = [];
        for (const { prohibitions, running } of settling(given)) {
          const now = prohibitions.map(({ prohibition }) => prohibition.ref);
          const due = running.includes('staff') ? before : before.filter((ref) => !isStaffs(ref));
          expect(now).toEqual(expect.arrayContaining(due));
          before = now;
        }
      }),
      { numRuns: 25 },
    );
  });

  it('a prohibition, or a shut gate, beats every action of every procedure, also a settled one', () => {
    always(
      cases,
      ({ prohibitions, gates, steps }) => {
        const stopped = new Set([
          ...prohibitions
            .filter(({ lifted }) => !lifted)
            .flatMap(({ prohibition }) => prohibition.forbids),
          ...gates.filter(({ open }) => !open).flatMap(({ gate }) => gate.locks),
        ]);
        for (const { step, locks, state } of steps)
          if (state !== 'superseded' && step.acts.some((act) => stopped.has(act)))
            expect(locks, step.ref).not.toEqual([]);
      },
      25,
    );
  });

  it('nobody is questioned, punished or told about, and no other school rung, before the police', () => {
    const guarded = ['spine/talk', 'spine/sanctions', 'spine/other-settings', 'spine/parents'];
    always(
      cases,
      (walked) => {
        if (!isWanted(walked, 'spine/police') || answerOf(walked, 'spine/police') !== null) return;
        if (answerOf(walked, 'spine/police-override') !== null) return;
        for (const step of guarded) expect(mayBeDone(walked, step), step).toBe(false);
      },
      25,
    );
  });
});

function isStaffs(ref: string): boolean {
  return ref.startsWith('staff/');
}

describe('pictures, whatever somebody answers', { timeout: 180_000 }, () => {
  it('nothing opens deleting without all three confirmations, nor against the police', () => {
    always(casesOf('nude-picture'), (walked) => {
      if (!mayBeDone(walked, 'nudes/delete')) return;
      expect(answerOf(walked, 'nudes/delete-check')?.chosen ?? []).toHaveLength(3);
      if (isWanted(walked, 'spine/police'))
        expect(policeSay(walked, 'says-deleting')).toBe('may-delete');
    });
  });

  it('no copy of an abuse picture is deleted before the police have said so', () => {
    always(casesOf('abuse-images'), (walked) => {
      if (mayBeDone(walked, 'child-abuse-images/delete-copies'))
        expect(policeSay(walked, 'says-deleting')).toBe('may-delete');
    });
  });

  it('while it may be an abuse picture nothing at all is deleted or switched off without the police', () => {
    always(casesOf('abuse-images', 'nude-picture'), (walked) => {
      if (answerOf(walked, 'child-abuse-images/peers')?.chosen[0] === 'among-children') return;
      if (!walked.running.includes('child-abuse-images')) return;
      for (const { step, locks, state } of walked.steps) {
        if (state === 'superseded' || locks.length > 0) continue;
        if (step.acts.includes('delete'))
          expect(policeSay(walked, 'says-deleting'), step.ref).toBe('may-delete');
        if (step.acts.includes('device-power'))
          expect(policeSay(walked, 'says-devices'), step.ref).toBe('may-switch-off');
        expect(step.acts, step.ref).not.toContain('view');
      }
    });
  });

  it('an abuse picture on a school device always asks for the police and for social care', () => {
    always(casesOf('abuse-images'), (walked) => {
      const devices = answerOf(walked, 'spine/devices')?.chosen ?? [];
      const what = answerOf(walked, 'child-abuse-images/situation')?.chosen ?? [];
      if (!devices.includes('school') && !what.includes('school-device')) return;
      if (answerOf(walked, 'child-abuse-images/peers')?.chosen[0] === 'among-children') return;
      expect(isWanted(walked, 'spine/police')).toBe(true);
      if (!walked.running.includes('staff'))
        expect(isWanted(walked, 'spine/social-care')).toBe(true);
    });
  });

  it('the IWF is given addresses only', () => {
    always(casesOf('abuse-images'), (walked) => {
      if (isWanted(walked, 'child-abuse-images/iwf'))
        expect(answerOf(walked, 'child-abuse-images/address-known')?.chosen).toEqual(['yes']);
    });
  });

  it('once an adult here may hold them, nothing is given to IT and nothing is low-level', () => {
    always(casesOf('abuse-images'), (walked) => {
      if (!walked.running.includes('staff') || !walked.running.includes('child-abuse-images'))
        return;
      expect(isWanted(walked, 'spine/police')).toBe(true);
      for (const { step, state } of walked.steps)
        if (step.procedure === 'child-abuse-images' && step.who === 'it')
          expect(state, step.ref).toBe('superseded');
      const held = (answerOf(walked, 'staff/what')?.chosen ?? []).includes('abuse-images');
      if (held) expect(mayBeDone(walked, 'staff/low-level')).toBe(false);
    });
  });
});

describe('exploitation and sexual harm, whatever somebody answers', { timeout: 180_000 }, () => {
  it('exploitation always asks for the police, and ends only with their advice', () => {
    always(casesOf('grooming'), (walked) => {
      expect(isWanted(walked, 'spine/police')).toBe(true);
      if (answerOf(walked, 'spine/police')?.result === 'done') return;
      const without = availableEnds(walked).filter((code) => !['E-DUP', 'E-ERR'].includes(code));
      expect(['E-POL', 'E-XFER']).toEqual(expect.arrayContaining(without));
    });
  });

  it('no report to CEOP comes before the police', () => {
    always(casesOf('grooming'), (walked) => {
      if (mayBeDone(walked, 'exploitation/ceop'))
        expect(answerOf(walked, 'spine/police')?.result).toBe('done');
    });
  });

  it('parents hear nothing while family may be behind it and no agency has agreed', () => {
    always(casesOf('grooming'), (walked) => {
      const behind = answerOf(walked, 'exploitation/suspect')?.chosen ?? [];
      if (!behind.includes('family') || !mayBeDone(walked, 'spine/tell-parents')) return;
      const agreed = [
        answerOf(walked, 'spine/social-care')?.record['says-parents'],
        policeSay(walked, 'says-parents'),
      ];
      expect(agreed).toContain('may-tell');
    });
  });

  it('rape or assault always asks for the police, a plan for each child, and keeping them apart', () => {
    always(casesOf('sexual-assault'), (walked) => {
      if (walked.running.includes('staff')) return;
      expect(isWanted(walked, 'spine/police')).toBe(true);
      expect(availableEnds(walked)).not.toContain('E-INT');
      const plans = walked.steps.filter(
        ({ step, state }) => step.ref === 'sexual-harm/assessment' && state !== 'superseded',
      );
      expect(plans.map(({ child }) => child)).toEqual(['a', 'b']);
      expect(isWanted(walked, 'sexual-harm/separate')).toBe(true);
    });
  });
});

describe('a concern about an adult here, whatever somebody answers', { timeout: 180_000 }, () => {
  it('nobody is told, questioned or suspended before the LADO has advised, when the LADO is due', () => {
    const guarded = [
      'inform-adult',
      'inform-parents',
      'inform-employer',
      'measures',
      'collect-device',
    ];
    const restricted = cases.map((given) => ({ ...given, restricted: true }));
    always(restricted, (walked) => {
      if (!isWanted(walked, 'staff/lado') || answerOf(walked, 'staff/lado') !== null) return;
      for (const step of guarded) expect(mayBeDone(walked, `staff/${step}`), step).toBe(false);
    });
  });

  it('no step of the safeguarding team is asked for while the manager has it', () => {
    const restricted = cases.map((given) => ({ ...given, restricted: true }));
    always(
      restricted,
      (walked) => {
        if (!walked.running.includes('staff')) return;
        for (const step of ['parents', 'tell-parents', 'support', 'review', 'social-care'])
          expect(isWanted(walked, `spine/${step}`), step).toBe(false);
      },
      8,
    );
  });
});

it('every step that does something to a device or a picture says what it does', () => {
  const acting = [
    'nudes/switch-off',
    'nudes/delete',
    'nudes/view',
    'child-abuse-images/delete-copies',
  ];
  for (const ref of acting) {
    const step = pack('st-wilfrids').steps.get(ref);
    expect(step !== undefined && isDoable(step) && step.acts, ref).not.toEqual([]);
  }
});
