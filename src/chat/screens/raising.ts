import type { Policy, Question } from '../../domain/procedure.ts';
import type { NationalContacts } from '../say.ts';
import type { School } from '../../domain/school.ts';
import type { Choice } from '../elements.ts';
import type { Mint } from '../mint.ts';

/** What the screens of raising a concern are drawn from. */
export type Raising = {
  school: School;
  policy: Policy;
  national: NationalContacts;
  mint: Mint;
  /** The draft that the screens write to. */
  draft: string;
};

/** The options of one of the spine's own questions, with the words of the data. */
export function optionsOf(policy: Policy, step: string): Choice[] {
  return (
    questionOf(policy, step)?.options.map(({ id, label, help }) => ({
      id,
      label,
      ...(help === undefined ? {} : { help }),
    })) ?? []
  );
}

export function questionOf(policy: Policy, step: string): Question | null {
  const found = policy.steps.get(step);
  return found?.kind === 'question' ? found : null;
}
