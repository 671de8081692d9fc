import { createHash, randomBytes } from 'node:crypto';
import { EncryptionError, sealWith, unsealWith, type Bytes } from './encryption.ts';

/** A key-encryption key with the name under which wrapped keys remember it; the name says nothing about it. */
export type WrappingKey = { id: string; key: Buffer };

/** A data key as it is stored. */
export type WrappedKey = { version: number; wrappedBy: string; wrapped: Uint8Array };

/** The keys a process was given: the first wraps, every one may unwrap. */
export type WrappingKeys = { current: WrappingKey; all: readonly WrappingKey[] };

/**
 * Reads KEY_ENCRYPTION_KEY: 32 bytes in base64. During a change the old ones follow, separated by commas.
 * Throws `EncryptionError` on anything else, without repeating it.
 */
export function readWrappingKeys(setting: string): WrappingKeys {
  const all = setting.split(',').map((part) => readOne(part.trim()));
  const [current] = all;
  if (current === undefined)
    throw new EncryptionError('bad-key-encryption-key', 'KEY_ENCRYPTION_KEY');
  return { current, all };
}

function readOne(text: string): WrappingKey {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32 || key.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, ''))
    throw new EncryptionError('bad-key-encryption-key', 'KEY_ENCRYPTION_KEY');
  const id = createHash('sha256').update('key name').update(key).digest('hex').slice(0, 16);
  return { id, key };
}

/** A fresh 256-bit data key. */
export function newDataKey(): Buffer {
  return randomBytes(32);
}

/** Wraps a data key for one school and version; elsewhere it does not unwrap. */
export function wrapKey(
  keys: WrappingKeys,
  school: string,
  version: number,
  dataKey: Buffer,
): { wrappedBy: string; wrapped: Bytes } {
  const wrapped = sealWith(keys.current.key, bound(school, version), dataKey);
  return { wrappedBy: keys.current.id, wrapped: new Uint8Array(wrapped) };
}

/** Unwraps a stored data key with whichever key wrapped it. Throws `EncryptionError`. */
export function unwrapKey(keys: WrappingKeys, school: string, stored: WrappedKey): Buffer {
  const wrapping = keys.all.find(({ id }) => id === stored.wrappedBy);
  if (wrapping === undefined)
    throw new EncryptionError('wrong-key-encryption-key', 'data_key.wrapped');
  return unsealWith(
    wrapping.key,
    bound(school, stored.version),
    Buffer.from(stored.wrapped),
    'data_key.wrapped',
  );
}

function bound(school: string, version: number): Buffer {
  return Buffer.from(['v1', school, 'data_key', String(version), 'wrapped'].join('|'));
}
