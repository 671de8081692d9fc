import { z } from 'zod';

/**
 * When a step applies, a gate opens or an end may be chosen.
 *
 * Unanswered counts as *not chosen*: a rule that must treat "unknown" as "yes" lists both options.
 * In a step that is walked per child, a reference to another per-child step means the same child;
 * from a step walked once, it means any child (`answered`, `recorded`) or every child (`done`).
 */
export type Condition =
  | { type: 'always' }
  | { type: 'all'; of: Condition[] }
  | { type: 'any'; of: Condition[] }
  | { type: 'not'; of: Condition }
  /** One of the options was chosen at that question. */
  | { type: 'answered'; step: string; options: string[] }
  /** One of the options was recorded in that choice field of a step that was done. */
  | { type: 'recorded'; step: string; field: string; options: string[] }
  /** The step was carried out (a referral: made). "Not done" and "not applicable" do not count. */
  | { type: 'done'; step: string }
  /** The step was settled: carried out, or set aside with a reason. */
  | { type: 'settled'; step: string }
  /** The school's switch has one of the values. */
  | { type: 'switch'; name: string; values: string[] }
  /** One of the procedures is running on the case. */
  | { type: 'procedure'; ids: string[] }
  /** The child this step is about has one of the parts. Only in per-child steps. */
  | { type: 'child'; parts: string[] };

const oneOrMore = z
  .union([z.string(), z.boolean(), z.array(z.string()).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [yamlWord(value)]));

/** YAML reads a bare yes/no as text but true/false as a boolean; both are option names here. */
function yamlWord(value: string | boolean): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return value;
}

const listOrOne = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/**
 * Reads the plain form in which conditions are written in the data:
 *
 *     when: { crime: [yes, unclear], not: { done: police-advice } }
 *
 * Several keys in one map must all hold. Keys: `any`, `all` (lists of maps), `not` (a map), `done`,
 * `settled`, `procedure`, `switch` (a map of name to value), `child_is`; every other key is a question
 * (`crime`, `nudes/spread`) or a recorded choice (`police-advice.parents`).
 */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.record(z.string(), z.unknown()).transform((map, context): Condition => {
    const parts: Condition[] = [];
    for (const [key, value] of Object.entries(map)) {
      const read = readEntry(key, value);
      if (read.success) parts.push(...read.data);
      else
        context.addIssue({
          code: 'custom',
          message: `${key}: ${read.error.issues[0]?.message ?? 'not understood'}`,
        });
    }
    return all(parts);
  }),
);

function all(parts: Condition[]): Condition {
  const [first, ...rest] = parts;
  if (first === undefined) return { type: 'always' };
  return rest.length === 0 ? first : { type: 'all', of: parts };
}

function readEntry(key: string, value: unknown): z.ZodSafeParseResult<Condition[]> {
  switch (key) {
    case 'any':
      return z
        .array(conditionSchema)
        .min(1)
        .transform((of): Condition[] => [{ type: 'any', of }])
        .safeParse(value);
    case 'all':
      return z.array(conditionSchema).min(1).safeParse(value);
    case 'not':
      return conditionSchema.transform((of): Condition[] => [{ type: 'not', of }]).safeParse(value);
    case 'done':
      return listOrOne
        .transform((steps) => steps.map((step): Condition => ({ type: 'done', step })))
        .safeParse(value);
    case 'settled':
      return listOrOne
        .transform((steps) => steps.map((step): Condition => ({ type: 'settled', step })))
        .safeParse(value);
    case 'procedure':
      return listOrOne
        .transform((ids): Condition[] => [{ type: 'procedure', ids }])
        .safeParse(value);
    case 'child_is':
      return listOrOne
        .transform((parts): Condition[] => [{ type: 'child', parts }])
        .safeParse(value);
    case 'switch':
      return z
        .record(z.string(), oneOrMore)
        .transform((map) =>
          Object.entries(map).map(([name, values]): Condition => ({
            type: 'switch',
            name,
            values,
          })),
        )
        .safeParse(value);
    default:
      return oneOrMore.transform((options) => [answerCondition(key, options)]).safeParse(value);
  }
}

function answerCondition(key: string, options: string[]): Condition {
  const dot = key.indexOf('.');
  if (dot < 0) return { type: 'answered', step: key, options };
  return { type: 'recorded', step: key.slice(0, dot), field: key.slice(dot + 1), options };
}

/** Every step that a condition looks at, for the checks on the data. */
export function stepsNamedIn(condition: Condition): string[] {
  switch (condition.type) {
    case 'all':
    case 'any':
      return condition.of.flatMap(stepsNamedIn);
    case 'not':
      return stepsNamedIn(condition.of);
    case 'answered':
    case 'recorded':
    case 'done':
    case 'settled':
      return [condition.step];
    case 'always':
    case 'switch':
    case 'procedure':
    case 'child':
      return [];
  }
}

/** The same condition with every step reference passed through `qualify`. */
export function mapSteps(condition: Condition, qualify: (step: string) => string): Condition {
  switch (condition.type) {
    case 'all':
    case 'any':
      return { type: condition.type, of: condition.of.map((part) => mapSteps(part, qualify)) };
    case 'not':
      return { type: 'not', of: mapSteps(condition.of, qualify) };
    case 'answered':
    case 'recorded':
    case 'done':
    case 'settled':
      return { ...condition, step: qualify(condition.step) };
    case 'always':
    case 'switch':
    case 'procedure':
    case 'child':
      return condition;
  }
}
