import type { Answer, Child } from './answer.ts';
import type { Condition } from './condition.ts';

/** What conditions are judged against. */
export type Known = {
  /**
   * Answers to steps by the step's full name: one for each child where the step is walked once per child.
   * In a sticky judgement several may stand for one child.
   */
  answers: ReadonlyMap<string, readonly Answer[]>;
  children: readonly Child[];
  running: ReadonlySet<string>;
  switches: ReadonlyMap<string, string>;
};

/** Whether a condition holds, for the child in hand if there is one. Total: an unknown step holds nothing. */
export type Judge = (known: Known, child: Child | null) => boolean;

/**
 * A condition as a function, made once per policy because it is asked thousands of times.
 * @param perChild Full names of the steps that are walked once per child.
 */
export function judgeOf(condition: Condition, perChild: ReadonlySet<string>): Judge {
  switch (condition.type) {
    case 'always':
      return () => true;
    case 'all': {
      const parts = condition.of.map((part) => judgeOf(part, perChild));
      return (known, child) => parts.every((part) => part(known, child));
    }
    case 'any': {
      const parts = condition.of.map((part) => judgeOf(part, perChild));
      return (known, child) => parts.some((part) => part(known, child));
    }
    case 'not': {
      const part = judgeOf(condition.of, perChild);
      return (known, child) => !part(known, child);
    }
    case 'answered': {
      const isWanted = oneOf(condition.options);
      return judgeAnswers(condition.step, perChild, ({ chosen }) => chosen.some(isWanted));
    }
    case 'recorded': {
      const isWanted = oneOf(condition.options);
      const isRecorded: Test = ({ result, record }) =>
        result === 'done' && isWanted(record[condition.field] ?? '');
      return judgeAnswers(condition.step, perChild, isRecorded);
    }
    case 'done':
      return judgePlaces(
        condition.step,
        perChild,
        ({ result }) => result === 'done' || result === 'chosen',
      );
    case 'settled':
      return judgePlaces(condition.step, perChild, () => true);
    case 'switch':
      return ({ switches }) => condition.values.includes(switches.get(condition.name) ?? '');
    case 'procedure': {
      const [first = '', ...others] = condition.ids;
      return ({ running }) => running.has(first) || others.some((id) => running.has(id));
    }
    case 'child':
      return (_, child) => child?.parts.some((part) => condition.parts.includes(part)) ?? false;
  }
}

function oneOf(options: readonly string[]): (option: string) => boolean {
  const [first, ...others] = options;
  return (option) => option === first || others.includes(option);
}

type Test = (answer: Answer) => boolean;

/** Some answer passes: for the child in hand where both steps are walked per child, else for any. */
function judgeAnswers(step: string, perChild: ReadonlySet<string>, test: Test): Judge {
  if (!perChild.has(step)) return ({ answers }) => answers.get(step)?.some(test) ?? false;
  return ({ answers }, child) =>
    answers
      .get(step)
      ?.some((answer) => (child === null || answer.child === child.id) && test(answer)) ?? false;
}

/** Every place has an answer that passes: that of the child in hand where both are per child, else of every child. */
function judgePlaces(step: string, perChild: ReadonlySet<string>, test: Test): Judge {
  if (!perChild.has(step)) return ({ answers }) => answers.get(step)?.some(test) ?? false;
  return ({ answers, children }, child) => {
    const given = answers.get(step);
    if (given === undefined) return false;
    const about = child === null ? children : [child];
    return about.every(({ id }) => given.some((answer) => answer.child === id && test(answer)));
  };
}
