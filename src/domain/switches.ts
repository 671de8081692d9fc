import { Temporal } from 'temporal-polyfill';
import { conditionsOf, partsOf } from './checks/conditions.ts';
import type { Policy } from './procedure.ts';
import type { SetUpFinding } from './school.ts';

/*
 * A school's switches. A switch that the law turns on at a date is written `on from 2027-01-01`: it is on for
 * concerns raised on that day or later, and off for those before, however long these stay open.
 * Source: procedures.md 2.13; scenario S52.
 */

const dated = /^on from (\d{4}-\d{2}-\d{2})$/;

/** What the switches say for a concern raised at that instant. */
export function switchesAt(
  switches: Readonly<Record<string, string>>,
  raisedAt: string,
): ReadonlyMap<string, string> {
  const day = Temporal.Instant.from(raisedAt)
    .toZonedDateTimeISO('Europe/London')
    .toPlainDate()
    .toString();
  return new Map(Object.entries(switches).map(([name, value]) => [name, valueOn(value, day)]));
}

function valueOn(value: string, day: string): string {
  const [, from] = dated.exec(value) ?? [];
  if (from === undefined) return value;
  return day >= from ? 'on' : 'off';
}

/** Why a switch's value would never do anything; null when it is fine. */
export function troubleWithSwitch(value: string): string | null {
  if (!/^on\s+from\b/.test(value)) return null;
  const [, from] = dated.exec(value) ?? [];
  return from !== undefined && isDate(from)
    ? null
    : 'Write the day as in “on from 2027-01-01”, or “on”, or “off”.';
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/**
 * Switches of a school's file that would do nothing: a day that is none, a name that its policy does not know, or
 * a value that no step asks for. A switch that is silently off is worse than a file that is refused.
 */
export function checkSwitches(
  switches: Readonly<Record<string, string>>,
  policy: Policy,
): SetUpFinding[] {
  return Object.entries(switches).flatMap(([name, value]): SetUpFinding[] => {
    const says = troubleWithSwitch(value) ?? unknownSwitch(name, value, policy);
    return says === null ? [] : [{ level: 'stop', where: `switches.${name}`, says }];
  });
}

function unknownSwitch(name: string, value: string, policy: Policy): string | null {
  if (!Object.hasOwn(policy.pack.switches, name))
    return `The policy has no such switch. It has: ${Object.keys(policy.pack.switches).join(', ')}.`;
  const values = valuesFor(name, policy);
  return dated.test(value) || values.includes(value) ? null : `Write one of: ${values.join(', ')}.`;
}

const opposites = [
  ['on', 'off'],
  ['yes', 'no'],
] as const;

/** What the pack itself says, what steps ask for, and the opposite of each. */
function valuesFor(name: string, { pack, steps }: Policy): string[] {
  const asked = [...steps.values()]
    .flatMap(conditionsOf)
    .flatMap(({ condition }) => partsOf(condition))
    .flatMap((part) => (part.type === 'switch' && part.name === name ? part.values : []));
  const known = new Set([pack.switches[name] ?? '', ...asked]);
  for (const pair of opposites)
    if (pair.some((value) => known.has(value))) pair.forEach((value) => known.add(value));
  return [...known];
}
