import fc from 'fast-check';
import type { Involvement } from '../../../src/domain/audience.ts';
import type { Child } from '../../../src/domain/answer.ts';
import { roles, type Person } from '../../../src/domain/people.ts';
import { childParts } from '../../../src/domain/procedure.ts';
import { kindQuestion } from '../../../src/domain/urgency.ts';
import { pack } from '../walking.ts';

/** People with any roles at all: one may hold several offices, an office may have nobody, or somebody who has left. */
export const people: fc.Arbitrary<Person[]> = fc
  .array(
    fc.record({
      roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 4 }),
      active: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((some) =>
    some.map((one, index) => ({
      ...one,
      id: `p${String(index)}`,
      name: `Person ${String(index)}`,
      phone: null,
      awayUntil: null,
    })),
  );

const anyone = fc.integer({ min: 0, max: 7 }).map((index) => `p${String(index)}`);
const aboutOptions = optionsOf('spine/about');
const kindOptions = optionsOf('spine/kind');

function optionsOf(ref: string): string[] {
  const question = pack('st-wilfrids').steps.get(ref);
  if (question?.kind !== 'question') throw new Error(`${ref} is no question`);
  return question.options.map(({ id }) => id);
}

/** Three in four concerns are about children alone: both lanes are walked often. */
const mostlyChildren = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'child-here',
      'child-elsewhere',
      'someone-online',
      'parent-or-visitor',
      'system',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...aboutOptions) },
);

/** Who is involved, as a reporter may say it; subjects and conflicts may hold any office, or be nobody of the school. */
export const involvement: fc.Arbitrary<Involvement> = fc
  .record({
    about: fc.uniqueArray(mostlyChildren, { minLength: 1, maxLength: 3 }),
    part: fc.constantFrom('done-by', 'done-to', 'not-sure' as const),
    subjects: fc.uniqueArray(anyone, { maxLength: 2 }),
    conflicts: fc.uniqueArray(anyone, { maxLength: 2 }),
  })
  .map(({ about, part, subjects, conflicts }) => {
    const adult = about.some((one) =>
      ['adult-here', 'headteacher', 'lead-or-deputy'].includes(one),
    );
    return { about, adultPart: adult ? part : null, subjects: adult ? subjects : [], conflicts };
  });

const child = fc.record({
  parts: fc.uniqueArray(fc.constantFrom(...childParts), { minLength: 1, maxLength: 2 }),
  elsewhere: fc.boolean(),
});

/** A concern and everything that is decided by chance in its life. */
export type Life = {
  packId: string;
  people: Person[];
  involvement: Involvement;
  kinds: string[];
  emergency: boolean;
  hasChannel: boolean;
  /** Most questions are answered with “no”: what is not serious has ends of its own. */
  mild: boolean;
  /** Switched otherwise than in the pack. */
  switched: boolean;
  children: Child[];
  /** One for each turn in which people do whatever they like; then the case is brought to its end. */
  turns: number[];
};

/** Any life of a concern under a pack. */
export function lives(packId: string): fc.Arbitrary<Life> {
  return fc
    .record({
      people,
      involvement,
      kinds: fc.uniqueArray(fc.constantFrom(...kindOptions), { minLength: 1, maxLength: 3 }),
      emergency: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
      hasChannel: fc.boolean(),
      switched: fc.boolean(),
      mild: fc.integer({ min: 0, max: 3 }).map((number) => number === 0),
      children: fc.array(child, { maxLength: 2 }),
      turns: fc.array(fc.nat(0xffff), { maxLength: 9 }),
    })
    .map((life) => ({
      ...life,
      packId,
      involvement: withAdult(life.kinds, life.involvement),
      children: life.children.map((one, index) => ({ ...one, id: `c${String(index)}` })),
    }));
}

/** "How an adult here has behaved" is about an adult here, whatever was ticked: the use case sees to that. */
function withAdult(kinds: string[], given: Involvement): Involvement {
  const moves = kindQuestion(pack('st-wilfrids'))?.options.some(
    (option) => kinds.includes(option.id) && option.moves === 'to-manager',
  );
  const names = ['adult-here', 'headteacher', 'lead-or-deputy', 'unknown-adult'];
  if (moves !== true || given.about.some((one) => names.includes(one))) return given;
  return {
    ...given,
    about: [...given.about, 'adult-here'],
    adultPart: given.adultPart ?? 'not-sure',
  };
}

/** Numbers that follow from one number, so that a life can be lived again. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed + 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
