import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/*
 * How a value is encrypted. Source of the choices: assurance.md T15.
 *
 * layout: 1 byte format (1) · 2 bytes key version · 12 bytes nonce · ciphertext · 16 bytes tag
 * bound to (additional data): `v1|school|table|row|column`, so a value moved anywhere else does not open.
 */

/** Where a value stands. `row` is whatever identifies it in its table. */
export type Place = { school: string; table: string; row: string; column: string };

export type EncryptionTrouble =
  /** Moved, altered, cut, or encrypted under another key. */
  | 'damaged'
  /** Not a value of ours at all. */
  | 'unknown-format'
  /** Encrypted under a key version that the school does not have. */
  | 'unknown-key-version'
  /** None of the given key-encryption keys opens the school's data key. */
  | 'wrong-key-encryption-key'
  | 'bad-key-encryption-key';

/** A value or key that does not open. Names where, never what. */
export class EncryptionError extends Error {
  override readonly name = 'EncryptionError';
  readonly code: EncryptionTrouble;
  constructor(code: EncryptionTrouble, where: string) {
    super(`${code}: ${where}`);
    this.code = code;
  }
}

/** A school's keys by version. New values use the highest. */
export type SchoolKeys = { school: string; versions: ReadonlyMap<number, Buffer> };

/** What node:crypto takes and Prisma stores. */
export type Bytes = Uint8Array<ArrayBuffer>;

const algorithm = 'aes-256-gcm';
const format = 1;
const headLength = 3;
const nonceLength = 12;
const tagLength = 16;

/** Encrypts under the school's newest key, bound to its place. */
export function seal(keys: SchoolKeys, place: Omit<Place, 'school'>, text: string): Bytes {
  const version = Math.max(...keys.versions.keys());
  const key = keyOf(keys, version, place);
  const head = Buffer.from([format, version >> 8, version & 0xff]);
  return new Uint8Array(
    Buffer.concat([head, sealWith(key, additionalData(keys.school, place), Buffer.from(text))]),
  );
}

/** Decrypts what `seal` made for the same place. Throws `EncryptionError`. */
export function unseal(keys: SchoolKeys, place: Omit<Place, 'school'>, value: Uint8Array): string {
  const bytes = Buffer.from(value);
  if (bytes[0] !== format || bytes.length < headLength + nonceLength + tagLength)
    throw new EncryptionError('unknown-format', label(place));
  const key = keyOf(keys, bytes.readUInt16BE(1), place);
  const opened = unsealWith(
    key,
    additionalData(keys.school, place),
    bytes.subarray(headLength),
    label(place),
  );
  return opened.toString('utf8');
}

/** A keyed digest for finding a value without keeping it; under the school's first key, which stays for ever. */
export function blindIndex(keys: SchoolKeys, purpose: string, value: string): Bytes {
  const first = keyOf(keys, 1, { table: purpose, row: '', column: '' });
  const key = Buffer.from(hkdfSync('sha256', first, '', `index|${purpose}`, 32));
  return new Uint8Array(createHmac('sha256', key).update(value).digest());
}

function keyOf(keys: SchoolKeys, version: number, place: Omit<Place, 'school'>): Buffer {
  const key = keys.versions.get(version);
  if (key === undefined) throw new EncryptionError('unknown-key-version', label(place));
  return key;
}

function additionalData(school: string, { table, row, column }: Omit<Place, 'school'>): Buffer {
  return Buffer.from(['v1', school, table, row, column].join('|'));
}

function label({ table, column }: Omit<Place, 'school'>): string {
  return `${table}.${column}`;
}

/** nonce · ciphertext · tag under one key. */
export function sealWith(key: Buffer, bound: Buffer, content: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(bound);
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** The reverse of `sealWith`; a tag shorter than 16 bytes is refused by node:crypto itself. */
export function unsealWith(key: Buffer, bound: Buffer, sealed: Buffer, where: string): Buffer {
  try {
    const nonce = sealed.subarray(0, nonceLength);
    const tag = sealed.subarray(sealed.length - tagLength);
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
    decipher.setAAD(bound);
    decipher.setAuthTag(tag);
    const content = sealed.subarray(nonceLength, sealed.length - tagLength);
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch {
    throw new EncryptionError('damaged', where);
  }
}
