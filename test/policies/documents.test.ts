import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

  it('names what an answer leads to, what lifts a prohibition, and what is said beside another', () => {
    const after = changed('nudes', (steps) =>
      steps.map((step): Step => {
        if (step.kind === 'question' && step.id === 'viewing')
          return { ...step, options: step.options.map((one) => ({ ...one, reason: false })) };
        if (step.kind === 'prohibition' && step.id === 'no-copy') return { ...step, same_as: [] };
        if (step.kind === 'prohibition' && step.id === 'no-view') {
          const { until: _, ...rest } = step;
          return rest;
        }
        return step;
      }),
    );
    const found = differences(westlands, after);
    expect(found).toHaveLength(3);
    expect(found[0]).toMatch(/^“Never look at the picture”, until when: .* → nothing$/);
    expect(found[1]).toBe(
      '“Never copy, save or send it”, left unsaid beside: “Never copy, print, send or describe it” → nothing',
    );
    expect(found[2]).toMatch(/^“Must anybody look at it\?”, answers: .*\(with a reason\).* → /);
  });

  it('names what a reporter reads otherwise, and every clause of a line', () => {
    const procedures = [...westlands.procedures.values()].map((one): Procedure =>
      one.id === 'nudes'
        ? { ...one, urgency: 'routine', reporter: { never: [], until_then: ['Breathe.'] } }
        : one,
    );
    const [last] = westlands.pack.clauses.filter(({ line }) => line === 151);
    const clauses = westlands.pack.clauses.filter((clause) => clause !== last);
    const found = differences(
      westlands,
      assemblePolicy({ ...westlands.pack, clauses }, procedures, 'x'),
    );
    expect(found).toContain('“Nude or sexual picture of a child”, how urgent: urgent → routine');
    expect(found).toContain(
      '“Nude or sexual picture of a child”, what the reporter does until then, new: Breathe.',
    );
    expect(found).toContainEqual(expect.stringMatching(/must not do, gone: Do not look at it/));
    expect(found).toContainEqual(expect.stringMatching(/^Clause of line 151: /));
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

describe('the documents in the repository', () => {
  const kept = (file: string) =>
    readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8');

  it('are drawn from the procedures as they are', () => {
    for (const procedure of policies.procedures) {
      const file = `procedures/${procedure.id}-${String(procedure.version)}.svg`;
      expect(
        kept(file) === drawing(procedure, policies.procedures),
        `npm run policies -- draw: ${file}`,
      ).toBe(true);
    }
  });

  it('have the clauses as the packs carry them', () => {
    expect(kept('coverage.md')).toBe(coverageDocument(policies.packs, policies.clauses));
  });
});
