import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/*
 * The stand-in's signing keys: one as Teams has it, one that may only sign for web chat, and one that is
 * not RSA at all.
 */

export type KeyName = 'teams' | 'webchat' | 'elliptic' | 'unpublished';

export type Identity = {
  jwks: () => { keys: (JWK & { endorsements?: string[] })[] };
  privateKey(name: KeyName): CryptoKey;
  publicJwk(name: KeyName): JWK;
  /** A token as Teams mints it; every part can be replaced, or left out with `undefined`. */
  mint(change?: Change): Promise<string>;
};

export type Change = {
  key?: KeyName;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
};

const ENDORSEMENTS: Record<KeyName, string[] | undefined> = {
  teams: ['msteams', 'webchat'],
  webchat: ['webchat'],
  elliptic: ['msteams'],
  unpublished: ['msteams'],
};

/** Makes fresh keys. `claims` are what every token says unless it is changed. */
export async function createIdentity(claims: () => Record<string, unknown>): Promise<Identity> {
  const [teams, webchat, elliptic, unpublished] = await Promise.all([
    generate('RS256'),
    generate('RS256'),
    generate('ES256'),
    generate('RS256'),
  ]);
  const keys = { teams, webchat, elliptic, unpublished };
  const jwkOf = (name: KeyName) => ({ ...keys[name].jwk, kid: name, use: 'sig' });
  return {
    jwks: () => ({
      keys: (['teams', 'webchat', 'elliptic'] as const).map((name) => ({
        ...jwkOf(name),
        ...(ENDORSEMENTS[name] && { endorsements: ENDORSEMENTS[name] }),
      })),
    }),
    privateKey: (name) => keys[name].privateKey,
    publicJwk: jwkOf,
    mint: ({ key = 'teams', header = {}, claims: changed = {} } = {}) =>
      new SignJWT(without({ ...claims(), ...changed }))
        .setProtectedHeader({ typ: 'JWT', alg: algOf(key), kid: key, ...header })
        .sign(keys[key].privateKey),
  };
}

function algOf(key: KeyName) {
  return key === 'elliptic' ? 'ES256' : 'RS256';
}

function without(claims: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

async function generate(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}
