import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  blindIndex,
  EncryptionError,
  seal,
  unseal,
  type SchoolKeys,
} from '../../src/postgres/encryption.ts';
import {
  newDataKey,
  readWrappingKeys,
  unwrapKey,
  wrapKey,
} from '../../src/postgres/key-wrapping.ts';

const spot = { table: 'concern', row: 'r1', column: 'words' };
const keys: SchoolKeys = { school: 's1', versions: new Map([[1, randomBytes(32)]]) };
const words = 'Zażółć gęślą jaźń 🙂';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'opened';
  } catch (error) {
    return error instanceof EncryptionError ? error.code : 'untyped';
  }
};

describe('a sealed value', () => {
  test('opens in its own place', () => {
    expect(unseal(keys, spot, seal(keys, spot, words))).toBe(words);
    expect(unseal(keys, spot, seal(keys, spot, ''))).toBe('');
  });

  test('is never the same twice', () => {
    expect(seal(keys, spot, words)).not.toEqual(seal(keys, spot, words));
  });

  test.each([
    ['another row', { ...spot, row: 'r2' }, keys],
    ['another column', { ...spot, column: 'reporter' }, keys],
    ['another table', { ...spot, table: 'draft' }, keys],
    ['another school with the same key', spot, { ...keys, school: 's2' }],
    ['another key', spot, { ...keys, versions: new Map([[1, randomBytes(32)]]) }],
  ])('does not open in %s', (_, place, others) => {
    expect(codeOf(() => unseal(others, place, seal(keys, spot, words)))).toBe('damaged');
  });

  test('does not open with any bit changed', () => {
    const value = seal(keys, spot, words);
    for (let index = 3; index < value.length; index += 1) {
      const changed = value.slice();
      changed[index]! ^= 1;
      expect(codeOf(() => unseal(keys, spot, changed))).toBe('damaged');
    }
  });

  test.each([1, 4, 12, 15])('does not open with %i bytes of its tag cut off', (cut) => {
    const value = seal(keys, spot, words);
    expect(codeOf(() => unseal(keys, spot, value.slice(0, -cut)))).toBe('damaged');
  });

  test('says when it is no value of ours, or of a key that the school does not have', () => {
    const value = seal(keys, spot, words);
    expect(codeOf(() => unseal(keys, spot, new Uint8Array()))).toBe('unknown-format');
    expect(codeOf(() => unseal(keys, spot, value.slice(0, 20)))).toBe('unknown-format');
    expect(codeOf(() => unseal(keys, spot, new TextEncoder().encode('plain text')))).toBe(
      'unknown-format',
    );
    const later = { ...keys, versions: new Map([[2, randomBytes(32)]]) };
    expect(codeOf(() => unseal(later, spot, value))).toBe('unknown-key-version');
  });

  test('of an old key still opens when there is a newer one', () => {
    const old = seal(keys, spot, words);
    const both = { ...keys, versions: new Map([...keys.versions, [2, randomBytes(32)]]) };
    expect(unseal(both, spot, old)).toBe(words);
    expect(seal(both, spot, words)[2]).toBe(2);
  });

  test('does not show in an error', () => {
    const value = seal(keys, spot, 'CANARY');
    expect(() => unseal(keys, { ...spot, row: 'CANARY-row' }, value)).toThrow(
      /^damaged: concern\.words$/,
    );
  });
});

test('a blind index is the same for the same value of the same school and purpose only', () => {
  const index = blindIndex(keys, 'person.key', 'amy.lowe');
  const others = { ...keys, versions: new Map([[1, randomBytes(32)]]) };
  expect(blindIndex(keys, 'person.key', 'amy.lowe')).toEqual(index);
  expect(blindIndex(keys, 'person.key', 'amy.low')).not.toEqual(index);
  expect(blindIndex(keys, 'other', 'amy.lowe')).not.toEqual(index);
  expect(blindIndex(others, 'person.key', 'amy.lowe')).not.toEqual(index);
});

describe('a key-encryption key', () => {
  const one = randomBytes(32).toString('base64');
  const two = randomBytes(32).toString('base64');

  test.each([
    '',
    'short',
    one.slice(0, -4),
    `${one}AAAA`,
    `${one},`,
    `${one},nonsense`,
    '*'.repeat(44),
  ])('must be 32 bytes of base64: %#', (setting) => {
    expect(codeOf(() => readWrappingKeys(setting))).toBe('bad-key-encryption-key');
  });

  test('is not repeated by its error', () => {
    expect(() => readWrappingKeys('CANARY')).toThrow(
      /^bad-key-encryption-key: KEY_ENCRYPTION_KEY$/,
    );
  });

  test('opens what it wrapped, for that school and version', () => {
    const wrapping = readWrappingKeys(one);
    const key = newDataKey();
    const stored = { version: 1, ...wrapKey(wrapping, 's1', 1, key) };
    expect(unwrapKey(wrapping, 's1', stored)).toEqual(key);
    expect(codeOf(() => unwrapKey(wrapping, 's2', stored))).toBe('damaged');
    expect(codeOf(() => unwrapKey(wrapping, 's1', { ...stored, version: 2 }))).toBe('damaged');
  });

  test('may be the old one while it is being changed, and not afterwards', () => {
    const stored = { version: 1, ...wrapKey(readWrappingKeys(one), 's1', 1, newDataKey()) };
    expect(codeOf(() => unwrapKey(readWrappingKeys(`${two},${one}`), 's1', stored))).toBe('opened');
    expect(codeOf(() => unwrapKey(readWrappingKeys(two), 's1', stored))).toBe(
      'wrong-key-encryption-key',
    );
  });
});
