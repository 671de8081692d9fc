import { importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import { isLoopback } from './service-url.ts';

/** A key of Microsoft's, and the channels whose messages it may sign. */
export type SigningKey = { key: CryptoKey; endorsements: readonly string[] };

/** The keys cannot be had just now; nobody can be let in. */
export class KeysUnavailable extends Error {}

export type SigningKeys = {
  /** Null when Microsoft does not know it. Throws `KeysUnavailable`. */
  find(kid: string): Promise<SigningKey | null>;
  /** For the readiness check. */
  available(): Promise<boolean>;
};

const REFRESH_MS = 24 * 3_600_000;
/** While Microsoft cannot be reached, keys stay good this long. */
const STALE_MS = 5 * REFRESH_MS;
/** An unknown key id is a new key or a forger's: looked up again, but not at a forger's pace. */
const UNKNOWN_MS = 5 * 60_000;
const TIMEOUT_MS = 5_000;

const metadata = z.object({ jwks_uri: z.string() });
const jwk = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string().min(1),
  e: z.string().min(1),
  use: z.literal('sig').optional(),
  endorsements: z.array(z.string()).default([]),
});
const jwks = z.object({ keys: z.array(z.unknown()) });

/** The Bot Framework's public keys, fetched when first needed and kept for a day. */
export function createSigningKeys(options: { url: string; now: () => Date }): SigningKeys {
  let known = new Map<string, SigningKey>();
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let fetching: Promise<void> | null = null;

  const age = (since: number) => options.now().getTime() - since;
  const refresh = async () => {
    triedAt = options.now().getTime();
    known = await fetchKeys(options.url);
    fetchedAt = triedAt;
  };
  const refreshOnce = () => (fetching ??= refresh().finally(() => (fetching = null)));

  const due = (kid: string) =>
    age(fetchedAt) >= REFRESH_MS || (!known.has(kid) && age(triedAt) >= UNKNOWN_MS);
  const canWait = (kid: string) => known.has(kid) && age(fetchedAt) < STALE_MS;

  const find = async (kid: string) => {
    if (due(kid)) await (canWait(kid) ? refreshOnce().catch(always(null)) : refreshOnce());
    return known.get(kid) ?? null;
  };
  const available = () => find('').then(always(true), always(false));
  return { find, available };
}

function always<T>(value: T) {
  return () => value;
}

async function fetchKeys(url: string): Promise<Map<string, SigningKey>> {
  try {
    const { jwks_uri } = metadata.parse(await fetchJson(url));
    const { keys } = jwks.parse(await fetchJson(sameSite(jwks_uri, url)));
    return new Map(await Promise.all(keys.flatMap(readKey)));
  } catch (cause) {
    throw new KeysUnavailable('the signing keys of the Bot Framework cannot be had', { cause });
  }
}

/** The keys must come from where the metadata come from, encrypted unless that is this machine. */
function sameSite(keysUrl: string, metadataUrl: string): string {
  const origin = new URL(metadataUrl).origin;
  const safe = origin.startsWith('https:') || isLoopback(origin);
  if (!safe || new URL(keysUrl).origin !== origin) throw new Error('keys from another site');
  return keysUrl;
}

async function fetchJson(url: string): Promise<unknown> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { redirect: 'error', signal });
  if (!response.ok) throw new Error(`status ${String(response.status)}`);
  return response.json();
}

/** Keys of other kinds are passed over. */
function readKey(entry: unknown): Promise<[string, SigningKey]>[] {
  const read = jwk.safeParse(entry);
  return read.success ? [importKey(read.data)] : [];
}

async function importKey({ kid, kty, n, e, endorsements }: z.infer<typeof jwk>) {
  const key = await importJWK({ kty, n, e }, 'RS256');
  if (key instanceof Uint8Array) throw new Error('a symmetric key');
  return [kid, { key, endorsements }] as [string, SigningKey];
}
