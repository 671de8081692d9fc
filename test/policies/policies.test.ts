import { describe, expect, it } from 'vitest';
import { isDoable, type Procedure } from '../../src/domain/procedure.ts';
import { digestOf } from '../../src/policies/digest.ts';
import { gradeOf } from '../../src/policies/readability.ts';
import { reporterTexts } from '../../src/policies/reporter-texts.ts';
import { asksAboutAdult, emptyDraft } from '../../src/chat/draft.ts';
import { pack, policies, stateOf, walkedCase } from './walking.ts';

const packs = ['st-wilfrids', 'westlands'];

describe('the shipped policies', () => {
  it('have no problem', () => {
    expect(policies.problems).toEqual([]);
  });

  it.each(packs)('%s can be had by its name and by its version', (id) => {
    expect(policies.policyFor(id, pack(id).pack.version)).toBe(pack(id));
    expect(policies.policyFor(id, 999)).toBeNull();
    expect(policies.policyFor('no-such-pack')).toBeNull();
  });

  it('are known by a digest that changes with any word and not with the order of keys', () => {
    expect(pack('westlands').digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf({ a: 1, b: [2] })).toBe(digestOf({ b: [2], a: 1 }));
    expect(digestOf({ a: 1, b: [2] })).not.toBe(digestOf({ a: 1, b: [3] }));
  });

  it.each(policies.procedures.map((procedure): [string, Procedure] => [procedure.id, procedure]))(
    '%s is read by reporters at grade 7 or easier',
    (_id, procedure) => {
      for (const { what, text } of reporterTexts(procedure))
        expect(gradeOf(text), `${what}: ${text}`).toBeLessThanOrEqual(7);
    },
  );

  it('never let a reporter’s words hold anybody back from ringing', () => {
    for (const procedure of policies.procedures)
      for (const { what, text } of reporterTexts(procedure))
        expect(text, what).not.toMatch(
          /(do not|never|don’t) (ring|call|contact) (the police|social care|the LADO|999)/i,
        );
  });

  it('say that the child’s file is elsewhere, and are cited for handing over to it', () => {
    for (const id of packs) {
      const policy = pack(id);
      const step = policy.steps.get('spine/record-export');
      expect(`${step?.do ?? ''} ${step?.why ?? ''}`).toMatch(
        /school’s own safeguarding records.*it is not this app/,
      );
      expect(policy.pack.clauses.some(({ steps }) => steps.includes('spine/record-export'))).toBe(
        true,
      );
    }
  });

  it('ask about the adult’s part exactly when the form does', () => {
    const question = pack('st-wilfrids').steps.get('spine/about');
    const options = question?.kind === 'question' ? question.options.map(({ id }) => id) : [];
    const asked = options.filter((option) => {
      const walked = walkedCase('st-wilfrids').choose('spine/about', option).walk();
      const inTree = stateOf(walked, 'spine/adult-part') === 'open';
      expect(inTree, option).toBe(asksAboutAdult({ ...emptyDraft(null), about: [option] }));
      return inTree;
    });
    expect(asked).toEqual(['adult-here', 'headteacher', 'lead-or-deputy']);
  });

  it('ask no IT person’s task to carry a name', () => {
    for (const step of pack('st-wilfrids').steps.values())
      if (isDoable(step) && step.who === 'it')
        expect(step.task).not.toMatch(/\b(name|pupil called|child called)\b/i);
  });

  it('hold every national number in the one list', () => {
    const numbers = new Map(policies.contacts.map(({ role, phone }) => [role, phone]));
    expect(numbers.get('emergency')).toBe('999');
    expect(numbers.get('police')).toBe('101');
    expect(numbers.get('childline')).toBe('0800 1111');
    expect(numbers.get('nspcc-whistleblowing')).toBe('0800 028 0285');
  });
});
