import type {
  Option,
  Pack,
  Policy,
  Procedure,
  RecordField,
  WholeStep,
} from '../domain/procedure.ts';
import { isDoable, type DoableStep } from '../domain/procedure.ts';
import { conditionInWords, dutyInWords, type Names } from './in-words.ts';

/** What changed from one version of a pack to another, in sentences for the lead who decides on it. */
export function differences(before: Policy, after: Policy): string[] {
  return [
    ...procedureDifferences(before, after),
    ...reporterDifferences(before, after),
    ...switchDifferences(before.pack, after.pack),
    ...clauseDifferences(before.pack, after.pack),
    ...stepDifferences(before, after),
  ];
}

function procedureDifferences(before: Policy, after: Policy): string[] {
  const title = (id: string) =>
    (after.procedures.get(id) ?? before.procedures.get(id))?.title ?? id;
  const [gone, added, kept] = compare(before.pack.procedures, after.pack.procedures);
  return [
    ...added.map((id) => `New procedure: “${title(id)}”.`),
    ...gone.map((id) => `Procedure no longer used: “${title(id)}”.`),
    ...kept
      .filter((id) => before.pack.procedures[id] !== after.pack.procedures[id])
      .map(
        (id) =>
          `“${title(id)}”: version ${String(before.pack.procedures[id])} becomes version ${String(after.pack.procedures[id])}.`,
      ),
  ];
}

/** What a reporter reads, how urgent it is and what stands above the walk. */
function reporterDifferences(before: Policy, after: Policy): string[] {
  const kept = [...after.procedures.keys()].filter((id) => before.procedures.has(id));
  return kept.flatMap((id) => {
    const [old, current] = [before.procedures.get(id), after.procedures.get(id)];
    return old === undefined || current === undefined ? [] : changesOfProcedure(old, current);
  });
}

function changesOfProcedure(old: Procedure, current: Procedure): string[] {
  const about = `“${current.title}”`;
  const lists = (['never', 'until_then'] as const).flatMap((list) => {
    const called =
      list === 'never' ? 'what the reporter must not do' : 'what the reporter does until then';
    const [was, is] = [old.reporter[list], current.reporter[list]];
    return [
      ...is
        .filter((line) => !was.includes(line))
        .map((line) => `${about}, ${called}, new: ${line}`),
      ...was
        .filter((line) => !is.includes(line))
        .map((line) => `${about}, ${called}, gone: ${line}`),
    ];
  });
  const rest = (['title', 'label', 'urgency', 'note', 'review_by'] as const)
    .filter((facet) => old[facet] !== current[facet])
    .map(
      (facet) =>
        `${about}, ${names[facet]}: ${old[facet] ?? 'nothing'} → ${current[facet] ?? 'nothing'}`,
    );
  return [...rest, ...lists];
}

const names = {
  title: 'title',
  label: 'name in chat',
  urgency: 'how urgent',
  note: 'note at the top',
  review_by: 'to be looked at again by',
} as const;

function switchDifferences(before: Pack, after: Pack): string[] {
  const [gone, added, kept] = compare(before.switches, after.switches);
  return [
    ...added.map((name) => `New switch ${name}: ${String(after.switches[name])}.`),
    ...gone.map((name) => `Switch ${name} is gone.`),
    ...changed(kept, before.switches, after.switches).map(
      (name) =>
        `Switch ${name}: ${String(before.switches[name])} becomes ${String(after.switches[name])}.`,
    ),
  ];
}

function clauseDifferences(before: Pack, after: Pack): string[] {
  const [gone, added, kept] = compare(clausesByLine(before), clausesByLine(after));
  const was = clausesByLine(before);
  const is = clausesByLine(after);
  return [
    ...added.map((line) => `New clause, line ${line}: ${String(is[line])}`),
    ...gone.map((line) => `Clause of line ${line} is gone: ${String(was[line])}`),
    ...changed(kept, was, is).map(
      (line) => `Clause of line ${line}: ${String(was[line])} → ${String(is[line])}`,
    ),
  ];
}

function clausesByLine({ clauses }: Pack): Record<string, string> {
  const byLine = Map.groupBy(clauses, ({ line }) => String(line));
  return Object.fromEntries(
    [...byLine].map(([line, all]) => [
      line,
      all
        .map(({ says, steps, for: ids }) =>
          ids.length === 0
            ? `${says} (${steps.join(', ')})`
            : `${says} (${steps.join(', ')}, for ${ids.join(', ')})`,
        )
        .join(' '),
    ]),
  );
}

function stepDifferences(before: Policy, after: Policy): string[] {
  const was = Object.fromEntries(before.steps);
  const is = Object.fromEntries(after.steps);
  const [gone, added, kept] = compare(was, is);
  return [
    ...added.flatMap((ref) => ofStep(is[ref], (step) => [`New step: ${named(step)}. ${step.do}`])),
    ...gone.flatMap((ref) => ofStep(was[ref], (step) => [`Step removed: ${named(step)}.`])),
    ...kept.flatMap((ref) =>
      ofStep(was[ref], (old) => ofStep(is[ref], (step) => changesIn(old, step, before, after))),
    ),
  ];
}

function ofStep(step: WholeStep | undefined, say: (step: WholeStep) => string[]): string[] {
  return step === undefined ? [] : say(step);
}

function named(step: WholeStep): string {
  const duty = dutyInWords(step);
  return duty === '' ? `“${step.title}”` : `“${step.title}” (${duty})`;
}

function changesIn(old: WholeStep, step: WholeStep, before: Names, after: Names): string[] {
  const was = facetsOf(old, before);
  const is = facetsOf(step, after);
  return Object.keys({ ...was, ...is })
    .filter((facet) => was[facet] !== is[facet])
    .map(
      (facet) =>
        `“${step.title}”, ${facet}: ${was[facet] ?? 'nothing'} → ${is[facet] ?? 'nothing'}`,
    );
}

/** What a lead sees of a step, facet by facet. */
function facetsOf(step: WholeStep, names: Names): Record<string, string> {
  const facets: Record<string, string> = {
    title: step.title,
    'what to do': step.do,
    why: step.why,
    source: step.source.join(', '),
    'who, by when, how binding': dutyInWords(step),
    'when it comes up': conditionInWords(step.when, names),
  };
  Object.assign(facets, isDoable(step) ? doingFacets(step) : {}, ownFacets(step, names));
  return Object.fromEntries(Object.entries(facets).filter(([, words]) => words !== ''));
}

function doingFacets(step: DoableStep): Record<string, string> {
  return {
    'what to record': fieldsInWords(step.record),
    'what never to do': step.never.join(' '),
    'whom to ring': spaced(step.ring),
    'what it does': spaced(step.acts),
    'what IT is told': step.task ?? '',
  };
}

/** What only this kind of step has. */
function ownFacets(step: WholeStep, names: Names): Record<string, string> {
  switch (step.kind) {
    case 'question':
      return { answers: step.options.map((option) => optionInWords(option, names)).join(' / ') };
    case 'referral':
      return { 'what to record of the answer': fieldsInWords(step.outcome) };
    case 'gate':
      return {
        'what it locks': spaced([...step.locks, ...step.locks_steps]),
        'what opens it': conditionInWords(step.opens, names),
      };
    case 'prohibition':
      return {
        'what it forbids': spaced(step.forbids),
        'until when': step.until === undefined ? '' : conditionInWords(step.until, names),
        'left unsaid beside': step.same_as
          .map((ref) => `“${names.steps.get(ref)?.title ?? ref}”`)
          .join(', '),
      };
    case 'timer':
      return { 'how long': `${step.lasts} from ${step.from}` };
    case 'end':
      return { 'what it asks for': conditionInWords(step.requires, names) };
    case 'action':
      return {};
  }
}

/** The answer, and what follows from it. */
function optionInWords({ label, adds, moves, reason }: Option, { procedures }: Names): string {
  const follows = [
    ...adds.map((id) => `brings in “${procedures.get(id)?.title ?? id}”`),
    ...(moves === 'to-manager' ? ['goes to the headteacher or the chair'] : []),
    ...(moves === 'to-lead' ? ['goes to the safeguarding team'] : []),
    ...(reason ? ['with a reason'] : []),
  ];
  return follows.length === 0 ? label : `${label} (${follows.join(', ')})`;
}

function spaced(words: readonly string[]): string {
  return words.map((word) => word.replaceAll('-', ' ')).join(', ');
}

function fieldsInWords(fields: RecordField[]): string {
  return fields
    .map((field) => (field.required ? labelOf(field) : `${labelOf(field)} (may be empty)`))
    .join(', ');
}

function labelOf(field: RecordField): string {
  return field.kind === 'choice'
    ? `${field.label} [${field.options.map(({ label }) => label).join(' / ')}]`
    : field.label;
}

function compare(before: object, after: object): [gone: string[], added: string[], kept: string[]] {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const kept = Object.keys(after).filter((key) => Object.hasOwn(before, key));
  return [gone, added, kept];
}

function changed(
  keys: string[],
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  return keys.filter((key) => before[key] !== after[key]);
}
