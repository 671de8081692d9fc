import { Temporal } from 'temporal-polyfill';

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
