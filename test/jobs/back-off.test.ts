import { expect, test } from 'vitest';
import { backOff, politeWait } from '../../src/jobs/back-off.ts';

test.each([
  [1, 4_000],
  [2, 8_000],
  [5, 64_000],
  [8, 300_000],
  [1000, 300_000],
])('attempt %i waits about %i ms', (attempts, about) => {
  expect(backOff(attempts, 0.5)).toBe(about);
  expect(backOff(attempts, 0)).toBe(about * 0.75);
  expect(backOff(attempts, 0.999)).toBeLessThan(about * 1.25);
});

test.each([
  [-5, 1000],
  [0, 1000],
  [30_000, 30_000],
  [86_400_000, 300_000],
  [Number.NaN, 300_000],
])('a platform that asks for %d ms gets %i', (asked, given) => {
  expect(politeWait(asked)).toBe(given);
});
