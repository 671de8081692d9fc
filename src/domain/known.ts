import { slotOf, type Answer } from './answer.ts';
import { holds, type Known } from './holds.ts';
import { indexOf } from './policy-index.ts';
import type { Policy } from './procedure.ts';
import { onceAnswered, runningProcedures } from './running.ts';
import type { Facts } from './walk.ts';

export type Knowledge = {
  /** What holds now: the last answers, less those to steps that no longer apply. */
  now: Known;
  /** Every answer ever given, for rules that must not lapse when somebody changes their mind. */
  ever: Known;
  /** The last answer of every slot, also of steps that no longer apply: they stay on the record. */
  recorded: ReadonlyMap<string, Answer>;
  /** Procedures that were asked for and that this policy does not have. */
  absent: string[];
};

/** What the conditions of a walk are judged against. */
export function knowledgeOf(policy: Policy, facts: Facts): Knowledge {
  const recorded = new Map(facts.answers.map((answer) => [slotOf(answer), answer]));
  const every = Map.groupBy(facts.answers, slotOf);
  const ever = judged(policy, facts, every, onceAnswered);
  const now = applying(policy, facts, recorded);
  return { now: now.known, ever: ever.known, recorded, absent: now.absent };
}

type Judged = { known: Known; absent: string[] };

function judged(
  policy: Policy,
  facts: Facts,
  answers: Known['answers'],
  counts?: typeof onceAnswered,
): Judged {
  const base = {
    answers,
    children: facts.children,
    perChild: indexOf(policy).perChild,
    switches: facts.switches,
  };
  const { running, absent } = runningProcedures(policy, facts.restricted, base, counts);
  return { known: { ...base, running }, absent };
}

/**
 * Leaves out the answers to steps that no longer apply, then those that only applied because of them, and
 * so on. Only ever leaves out, so it ends.
 */
function applying(policy: Policy, facts: Facts, recorded: ReadonlyMap<string, Answer>): Judged {
  const kept = new Map([...recorded].map(([slot, answer]) => [slot, [answer]]));
  for (;;) {
    const state = judged(policy, facts, kept);
    const gone = [...kept].filter(
      ([, [answer]]) => answer === undefined || !applies(policy, state.known, answer),
    );
    if (gone.length === 0) return state;
    for (const [slot] of gone) kept.delete(slot);
  }
}

function applies(policy: Policy, known: Known, { step: ref, child }: Answer): boolean {
  const step = policy.steps.get(ref);
  if (step === undefined || !known.running.has(step.procedure)) return false;
  const about = known.children.find(({ id }) => id === child) ?? null;
  return holds(step.when, known, about);
}
