/*
 * Numbers for governors and leaders. A small number together with what everybody at a school knows names a
 * child, so none is ever given. Source: procedures.md 7, trap 13; scenario S45.
 */

/** The smallest number that is said. */
export const leastCount = 5;

/** A count that may be said: `12`, or `fewer than 5`, which may be none. */
export function blurred(count: number): string {
  return count < leastCount ? `fewer than ${String(leastCount)}` : String(count);
}

/**
 * A total that does not give away by subtraction what is blurred beside it: rounded to the nearest five as
 * soon as one of its parts is blurred.
 */
export function blurredTotal(total: number, parts: readonly number[]): string {
  if (total < leastCount) return blurred(total);
  if (parts.every((part) => part >= leastCount)) return String(total);
  return `about ${String(Math.max(leastCount, Math.round(total / 5) * 5))}`;
}

export type CountedCase = {
  /** Ids of the procedures that ran. */
  kinds: readonly string[];
  /** The code of the end, `E-CSC`; null while it is open. */
  outcome: string | null;
};

export type Numbers = {
  total: string;
  byKind: { id: string; count: string }[];
  byOutcome: { code: string; count: string }[];
};

/**
 * Counts by kind and by outcome. Every kind and outcome that there could be is listed, so that being listed
 * says nothing.
 */
export function numbersOf(
  cases: readonly CountedCase[],
  kinds: readonly string[],
  outcomes: readonly string[],
): Numbers {
  const ofKind = (id: string) => cases.filter((one) => one.kinds.includes(id)).length;
  const ended = (code: string) => cases.filter(({ outcome }) => outcome === code).length;
  const parts = [...kinds.map(ofKind), ...outcomes.map(ended)];
  return {
    total: blurredTotal(cases.length, parts),
    byKind: kinds.map((id) => ({ id, count: blurred(ofKind(id)) })),
    byOutcome: outcomes.map((code) => ({ code, count: blurred(ended(code)) })),
  };
}
