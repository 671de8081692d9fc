import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../walking.ts';
import { living, type Moment } from './living.ts';
import { peopleRules } from './people-rules.ts';
import { stepRules, type Rule } from './rules.ts';
import { lives, type Life } from './school.ts';

/** Together with the other pack: at least 50,000 random walks in every run of the tests. */
const walks = 25_000;
/** The seed is printed; to walk the same walks again, run with WALK_SEED set to it. */
const seed = Number(process.env['WALK_SEED'] ?? Date.now() % 2_147_483_647);

const rules: Readonly<Record<string, Rule>> = { ...stepRules, ...peopleRules };

/** What has been seen in all the walks. */
type Seen = { rules: Set<string>; procedures: Set<string>; ends: Set<string>; moments: number };

/** Every rule at every moment of random lives under a pack, one test for each rule. */
export function checkLives(packId: string): void {
  const seen: Seen = { rules: new Set(), procedures: new Set(), ends: new Set(), moments: 0 };
  let report: string | null = null;

  describe(`every walk under ${packId}`, () => {
    beforeAll(async () => {
      const started = process.cpuUsage();
      const result = await fc.check(livesKeepTheRules(packId, seen), {
        numRuns: walks,
        seed,
        endOnFailure: false,
        includeErrorInReport: true,
      });
      report = result.failed ? (fc.defaultReportMessage(result) ?? 'failed') : null;
      say(
        `${packId}: ${String(result.numRuns)} random walks, ${String(seen.moments)} moments, seed ${String(seed)}, ${seconds(started)} s of processor time`,
      );
    }, 1_500_000);

    it('can be brought to an end state', () => {
      expectNone(report, 'it ends');
    });

    it.each(Object.keys(rules))('%s', (name) => {
      expectNone(report, name);
      if (report === null) expect(seen.rules.has(name), 'never had anything to say').toBe(true);
    });

    it('meets every procedure of the pack, and every way to end', () => {
      // Whatever was broken, and whether or not its name was found in the report.
      if (report !== null) expect.fail(report);
      const policy = pack(packId);
      expect([...seen.procedures].toSorted()).toEqual(
        Object.keys(policy.pack.procedures).toSorted(),
      );
      const ends = [...policy.steps.values()].filter(
        (step) => step.kind === 'end' && !['E-DUP', 'E-ERR'].includes(step.code),
      );
      expect([...seen.ends].toSorted()).toEqual(ends.map(({ ref }) => ref).toSorted());
    });
  });
}

/** Every test but the one about the broken rule passes, so that its name is read first. */
function expectNone(report: string | null, name: string): void {
  if (report?.includes(`[${name}]`) === true) expect.fail(report);
}

function livesKeepTheRules(packId: string, seen: Seen) {
  let count = 0;
  return fc.asyncProperty(lives(packId), async (life) => {
    liveThrough(life, seen);
    // A runner that hears nothing for a minute takes its worker for dead.
    count += 1;
    if (count % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  });
}

function liveThrough(life: Life, seen: Seen): void {
  let last: Moment | null = null;
  for (const moment of told(life)) {
    last = moment;
    seen.moments += 1;
    for (const [name, rule] of Object.entries(rules))
      if (keeps(name, rule, moment)) seen.rules.add(name);
  }
  last?.walk.running.forEach((id) => seen.procedures.add(id));
  if (last === null || last.state.closedAs === null)
    throw new Error(
      `[it ends] left: ${last?.walk.missing.map(({ step }) => step.ref).join(', ') ?? ''}`,
    );
  seen.ends.add(last.state.closedAs);
}

/** A step that is open and cannot be recorded keeps a case from its end. */
function* told(life: Life): Generator<Moment> {
  try {
    yield* living(life);
  } catch (fault) {
    throw new Error(`[it ends] ${String(fault)}`, { cause: fault });
  }
}

function keeps(name: string, rule: Rule, moment: Moment): boolean {
  try {
    return rule(moment);
  } catch (fault) {
    throw new Error(`[${name}] ${String(fault)}`, { cause: fault });
  }
}

function seconds(started: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(started);
  return String(Math.round((user + system) / 1_000_000));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
