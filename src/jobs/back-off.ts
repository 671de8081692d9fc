const first = 2_000;
const longest = 300_000;

/**
 * How long to wait before the next attempt, in milliseconds: doubling from four seconds to five minutes,
 * spread over half as much again so that a whole school's messages do not come back in one moment.
 * @param attempts how often it was tried, 1 after the first time
 * @param random from 0 up to 1
 */
export function backOff(attempts: number, random: number): number {
  const wait = Math.min(longest, first * 2 ** Math.min(attempts, 20));
  return Math.round(wait * (0.75 + random / 2));
}

/** A platform's own wish, kept between one second and five minutes. Source: assurance.md R8. */
export function politeWait(waitMs: number): number {
  return Number.isFinite(waitMs) ? Math.min(longest, Math.max(1000, waitMs)) : longest;
}
