import type { Child } from '../../src/domain/answer.ts';
import { citationsOf } from '../../src/domain/policy.ts';
import type { Option } from '../../src/domain/procedure.ts';
import type { Walk } from '../../src/domain/walk.ts';
import { pack, walkedCase, type WalkedCase } from './walking.ts';

/** A child whose part nobody has decided. */
export const oneChild: Child[] = [{ id: 'a', parts: ['other'], elsewhere: false }];

/** A concern about a child here, as the reporter's form leaves it. */
export function aboutAChild(packId: string, kind: string, children = oneChild): WalkedCase {
  return walkedCase(packId, { children })
    .choose('spine/emergency', 'no')
    .choose('spine/about', 'child-here')
    .choose('spine/kind', kind);
}

/** Something done to an adult here, with no child in it: the headteacher's lane, without the staff procedure. */
export function doneToAnAdult(packId: string, kind: string): WalkedCase {
  return walkedCase(packId)
    .choose('spine/emergency', 'no')
    .choose('spine/about', 'adult-here', 'parent-or-visitor')
    .choose('spine/adult-part', 'done-to')
    .choose('spine/kind', kind);
}

/** Something an adult here may have done: the staff procedure runs. */
export function doneByAnAdult(packId: string, kind: string): WalkedCase {
  return walkedCase(packId, { restricted: true })
    .choose('spine/emergency', 'no')
    .choose('spine/about', 'adult-here')
    .choose('spine/adult-part', 'done-by')
    .choose('spine/kind', kind);
}

/** The lead's first look, with nothing in it that asks for an agency unless the crime question says so. */
export function looked(given: WalkedCase, { crime = 'no', child = true } = {}): WalkedCase {
  given
    .choose('spine/immediate-risk', 'no')
    .choose('spine/adult-appears', 'no')
    .choose('spine/child-involved', child ? 'yes' : 'no')
    .choose('spine/devices', 'none')
    .choose('spine/crime', crime)
    .choose('spine/elsewhere', 'no');
  return child
    ? given
        .carryOut('spine/name-children')
        .choose('spine/whereabouts', 'in-school')
        .choose('spine/home', 'no')
    : given;
}

/** Which kinds of source the steps of a procedure cite while it runs alone, and of which policies. */
export function citedIn(packId: string, procedure: string) {
  const policy = pack(packId);
  const running = new Set(['spine', procedure]);
  return [...policy.steps.values()]
    .filter((step) => step.procedure === procedure)
    .map((step) => {
      const citations = citationsOf(policy, step, running);
      return {
        step: step.ref,
        types: new Set(citations.map(({ type }) => type)),
        policies: citations.flatMap((one) => ('policy' in one ? [one.policy] : [])),
      };
    });
}

/** Where an answer moves the case. */
export function movesTo(packId: string, question: string, option: string): string | undefined {
  return optionOf(packId, question, option).moves;
}

/** One answer of a question. */
export function optionOf(packId: string, question: string, option: string): Option {
  const step = pack(packId).steps.get(question);
  if (step?.kind !== 'question') throw new Error(`${question} is no question`);
  const found = step.options.find(({ id }) => id === option);
  if (found === undefined) throw new Error(`${question} has no option ${option}`);
  return found;
}

/** The prohibitions that stand now. */
export function standing({ prohibitions }: Walk): string[] {
  return prohibitions.filter(({ lifted }) => !lifted).map(({ prohibition }) => prohibition.ref);
}

/** The clocks that run now. */
export function clocks({ timers }: Walk): string[] {
  return timers.map(({ timer }) => timer.ref);
}
