import type { Condition } from '../condition.ts';
import type { Policy } from '../procedure.ts';

type Leaf = Exclude<Condition, { type: 'all' | 'any' | 'not' | 'always' }>;
type Literal = { leaf: Leaf; wanted: boolean };
/** Literals that must all hold together. */
type Term = Literal[];

/** Beyond this many ways to satisfy a condition, it is taken to be satisfiable. */
const manyTerms = 20_000;

/** Whether the condition asks for things that exclude each other, such as one answer and its opposite. */
export function contradictsItself(condition: Condition, policy: Policy): boolean {
  const terms = termsOf(condition, true);
  return terms !== null && terms.every((term) => isImpossible(term, policy));
}

function termsOf(condition: Condition, wanted: boolean): Term[] | null {
  switch (condition.type) {
    case 'always':
      return wanted ? [[]] : [];
    case 'not':
      return termsOf(condition.of, !wanted);
    case 'all':
    case 'any':
      return (condition.type === 'all') === wanted
        ? together(condition.of, wanted)
        : either(condition.of, wanted);
    case 'answered':
    case 'recorded':
    case 'done':
    case 'settled':
    case 'switch':
    case 'procedure':
    case 'child':
      return [[{ leaf: condition, wanted }]];
  }
}

function either(parts: Condition[], wanted: boolean): Term[] | null {
  const all = parts.map((part) => termsOf(part, wanted));
  return all.every((terms) => terms !== null) ? all.flat() : null;
}

function together(parts: Condition[], wanted: boolean): Term[] | null {
  let product: Term[] = [[]];
  for (const part of parts) {
    const terms = termsOf(part, wanted);
    if (terms === null || product.length * terms.length > manyTerms) return null;
    product = product.flatMap((left) => terms.map((right) => [...left, ...right]));
  }
  return product;
}

function isImpossible(term: Term, policy: Policy): boolean {
  const bySubject = Map.groupBy(term, ({ leaf }) => subjectOf(leaf));
  return [...bySubject.values()].some((literals) => leavesNothing(literals, policy));
}

/** What a condition is about: conditions about the same thing can exclude each other. */
function subjectOf(leaf: Leaf): string {
  switch (leaf.type) {
    case 'answered':
      return `answered ${leaf.step}`;
    case 'recorded':
      return `recorded ${leaf.step}.${leaf.field}`;
    case 'done':
    case 'settled':
      return `settled ${leaf.step}`;
    case 'switch':
      return `switch ${leaf.name}`;
    case 'procedure':
    case 'child':
      return leaf.type;
  }
}

function leavesNothing(literals: Term, policy: Policy): boolean {
  const refused = new Set(
    literals.filter(({ wanted }) => !wanted).flatMap(({ leaf }) => valuesOf(leaf)),
  );
  const wanted = literals
    .filter((literal) => literal.wanted)
    .map(({ leaf }) => valuesOf(leaf).filter((value) => !refused.has(value)));
  if (refused.has('procedure spine') || wanted.some((values) => values.length === 0)) return true;
  const [first, ...rest] = wanted;
  if (first === undefined || !literals.every(({ leaf }) => hasOneValue(leaf, policy))) return false;
  return !first.some((value) => rest.every((values) => values.includes(value)));
}

/** The values that satisfy it. What was done was also settled, so "done" is refused where "settled" is. */
function valuesOf(leaf: Leaf): string[] {
  switch (leaf.type) {
    case 'answered':
    case 'recorded':
      return leaf.options;
    case 'done':
      return ['done'];
    case 'settled':
      return ['done', 'set aside'];
    case 'switch':
      return leaf.values;
    case 'procedure':
      return leaf.ids.map((id) => `procedure ${id}`);
    case 'child':
      return leaf.parts;
  }
}

function hasOneValue(leaf: Leaf, policy: Policy): boolean {
  if (leaf.type === 'switch') return true;
  if (leaf.type !== 'answered' && leaf.type !== 'recorded') return false;
  const step = policy.steps.get(leaf.step);
  if (step === undefined || step.per === 'child') return false;
  return leaf.type === 'recorded' || (step.kind === 'question' && step.choose === 'one');
}
