import { describe, expect, it } from 'vitest';
import { assemblePolicy } from '../../src/domain/policy.ts';
import type { Pack, Procedure, Step } from '../../src/domain/procedure.ts';
import { coverageDocument } from '../../src/policies/coverage.ts';
import { differences } from '../../src/policies/diff.ts';
import { drawing } from '../../src/policies/draw.ts';
import { conditionInWords } from '../../src/policies/in-words.ts';
import { pack, policies } from './walking.ts';

const westlands = pack('westlands');

/** The shipped pack with one procedure changed. */
function changed(
  procedure: string,
  change: (steps: Step[]) => Step[],
  changePack: Partial<Pack> = {},
) {
  const procedures = [...westlands.procedures.values()].map((one): Procedure =>
    one.id === procedure ? { ...one, steps: change(one.steps) } : one,
  );
  return assemblePolicy({ ...westlands.pack, ...changePack }, procedures, 'other');
}

describe('what changed between two versions, in words', () => {
  it('is nothing between a pack and itself', () => {
    expect(differences(westlands, westlands)).toEqual([]);
  });

  it('names a step that is gone, a step that is new and a word that is different', () => {
    const after = changed('nudes', (steps) =>
      steps
        .filter(({ id }) => id !== 'signpost')
        .map((step) => (step.id === 'no-copy' ? { ...step, why: 'Every copy hurts.' } : step)),
    );
    expect(differences(westlands, after)).toEqual([
      'Step removed: “Say where to find help” (whoever holds the case · before closing · may).',
      '“Never copy, save or send it”, why: Every copy is a new offence and a new way for it to spread. → Every copy hurts.',
    ]);
    expect(differences(after, westlands)[0]).toMatch(/^New step: “Say where to find help”/);
  });

  it('names a switch that is set otherwise', () => {
    const switches = { ...westlands.pack.switches, parents_on_filtering_breaches: 'always' };
    const after = changed('spine', (steps) => steps, { switches });
    expect(differences(westlands, after)).toEqual([
      'Switch parents_on_filtering_breaches: if-safeguarding becomes always.',
    ]);
  });
});

describe('conditions in words', () => {
  it('call steps, answers and fields by what a lead reads', () => {
    const say = (ref: string) =>
      conditionInWords(westlands.steps.get(ref)?.when ?? { type: 'always' }, westlands);
    expect(say('spine/call-999')).toBe('“Is anyone in danger right now?” is “Yes, right now”');
    expect(say('spine/police-interviews')).toBe('“Speak to the police” is done');
    expect(say('nudes/isolate')).toBe(
      '“Was the school’s network used?” is “Yes” or “Not known”, and not (“What kind of picture is it?” is “Words only, or pictures of adults only”)',
    );
  });
});

describe('the drawings', () => {
  it.each(policies.procedures.map((procedure): [string, Procedure] => [procedure.id, procedure]))(
    '%s shows every step by its title',
    (_id, procedure) => {
      const picture = drawing(procedure, policies.procedures);
      for (const { title } of procedure.steps)
        expect(picture).toContain(`class="title">${title.replaceAll('&', '&amp;')}`);
    },
  );
});

describe('the coverage document', () => {
  it('has a row for every clause, and none that is missing a step', () => {
    const document = coverageDocument(policies.packs, policies.clauses);
    expect(document).toContain('| L523 | device stored securely | nudes/store-device');
    expect(document).toContain('nudes: left to another policy');
    expect(document).not.toContain('**missing**');
  });
});
