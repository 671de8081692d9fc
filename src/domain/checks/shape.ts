import type { DoableStep, Policy, Step } from '../procedure.ts';
import { isDoable } from '../procedure.ts';
import { eachStep, type Problem } from './problem.ts';
import { conditionsOf, partsOf } from './conditions.ts';

/** The tighter of the two platforms' ceilings. Source: platforms.md 2.2; src/chat/limits.ts says the same. */
const label = 75;
const shownChoices = 10;
const listedChoices = 100;
/** The form shows its lists as a select, so they may be longer than checkboxes. */
const formChoices = 20;
const titleWords = 8;

/**
 * What must be done leaves something written: a mandatory or conditional action, and every referral,
 * records at least one field that may not be empty. Steps with a dialog of their own record there.
 */
export function mandatoryStepsAreRecorded(policy: Policy): Problem[] {
  return eachStep(policy, (step) => {
    if (!isDoable(step) || step.who === 'product' || step.kind === 'question') return [];
    const must =
      step.kind === 'referral' || step.need === 'mandatory' || step.need === 'conditional';
    if (!must || recordsSomething(step)) return [];
    return ['must be done and records nothing'];
  });
}

function recordsSomething(step: DoableStep): boolean {
  if (step.kind === 'action' && step.dialog !== undefined) return true;
  return step.record.some(({ required }) => required);
}

/** A step with a dialog of its own has no fields. */
export function stepsWithADialogRecordNothing(policy: Policy): Problem[] {
  return eachStep(policy, (step) =>
    step.kind === 'action' && step.dialog !== undefined && step.record.length > 0
      ? ['has a dialog of its own, so its record fields are never asked']
      : [],
  );
}

/** Labels and numbers of choices that both platforms can show. */
export function choicesFitThePlatforms(policy: Policy): Problem[] {
  return eachStep(policy, (step) => {
    if (!isDoable(step)) return [];
    const fields = step.kind === 'referral' ? [...step.record, ...step.outcome] : step.record;
    return [
      ...(step.kind === 'question' ? tooMany(step.options.length, choiceLimit(step)) : []),
      ...(step.kind === 'question' ? tooLong(step.options) : []),
      ...tooLong(fields),
      ...fields.flatMap((field) => (field.kind === 'choice' ? tooLong(field.options) : [])),
      ...fields.flatMap((field) =>
        field.kind === 'choice' ? tooMany(field.options.length, listedChoices) : [],
      ),
    ];
  });
}

function choiceLimit(question: Step & { kind: 'question' }): number {
  if (question.choose === 'one') return listedChoices;
  return question.asked === 'concern' ? formChoices : shownChoices;
}

function tooMany(count: number, limit: number): string[] {
  return count > limit ? [`has ${String(count)} choices, and ${String(limit)} can be shown`] : [];
}

function tooLong(labelled: { label: string }[]): string[] {
  return labelled
    .filter(({ label: words }) => words.length > label)
    .map(({ label: words }) => `“${words}” is longer than ${String(label)} characters`);
}

export function titlesAreShort(policy: Policy): Problem[] {
  return eachStep(policy, ({ title }) =>
    title.split(/\s+/).length > titleWords
      ? [`“${title}” has more than ${String(titleWords)} words`]
      : [],
  );
}

/** What may stand on one card is called by different names: two steps of one title cannot be told apart. */
export function titlesAreDistinct(policy: Policy): Problem[] {
  const shown = [...policy.steps.values()].filter(
    (step) => isDoable(step) || step.kind === 'prohibition',
  );
  return [...Map.groupBy(shown, ({ title }) => title.toLowerCase()).values()].flatMap(
    ([first, ...others]) =>
      others.map(({ ref, title }) => ({
        at: ref,
        problem: `is called “${title}” like ${first?.ref ?? ''}`,
      })),
  );
}

/** A comma that YAML takes for the end of an item leaves half a sentence, which may say the opposite. */
export function neversAreSentences(policy: Policy): Problem[] {
  return eachStep(policy, (step) =>
    isDoable(step)
      ? step.never
          .filter((never) => !/^[A-Z].*[.!?]$/s.test(never))
          .map((never) => `“${never}” is not a whole sentence`)
      : [],
  );
}

/** A prohibition that lifts, and an end that asks for something, say so in words. */
export function requiredWordsAreThere(policy: Policy): Problem[] {
  return eachStep(policy, (step) => {
    if (step.kind === 'prohibition' && step.until !== undefined && step.until_words === undefined)
      return ['has `until` without `until_words`'];
    if (step.kind === 'end' && step.requires.type !== 'always' && step.requires_words === undefined)
      return ['has `requires` without `requires_words`'];
    return [];
  });
}

export function itStepsHaveATask(policy: Policy): Problem[] {
  return eachStep(policy, (step) =>
    isDoable(step) && step.who === 'it' && step.task === undefined
      ? ['is for the IT person and has no `task`']
      : [],
  );
}

/**
 * A prohibition stands as soon as its condition ever held, from every answer ever given; with `not` in it,
 * it would come to stand by an answer that is missing. See `standing` in walk.ts.
 */
export function prohibitionsDoNotDependOnNot(policy: Policy): Problem[] {
  return eachStep(policy, (step) =>
    step.kind === 'prohibition' && partsOf(step.when).some(({ type }) => type === 'not')
      ? ['is a prohibition whose `when` uses `not`']
      : [],
  );
}

/** `child_is` and `children` make sense only where a step is walked per child; an end is chosen once. */
export function perChildConditionsAreInPerChildSteps(policy: Policy): Problem[] {
  return eachStep(policy, (step) => {
    if (step.per === 'child')
      return step.kind === 'end' ? ['is an end per child, and a case ends once'] : [];
    const childIs = conditionsOf(step).some(({ condition }) =>
      partsOf(condition).some(({ type }) => type === 'child'),
    );
    return [
      ...(childIs ? ['uses `child_is` and is not walked per child'] : []),
      ...(step.children.length > 0 ? ['lists `children` and is not walked per child'] : []),
    ];
  });
}

/** No two steps of a procedure have one name: the later would silently take the earlier’s place. */
export function stepsAreInOnePlaceOnly(policy: Policy): Problem[] {
  return [...policy.procedures.values()].flatMap(({ id, steps }) => {
    const names = steps.map((step) => step.id);
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
      (name) => ({
        at: `${id}/${name}`,
        problem: 'is there twice',
      }),
    );
  });
}
