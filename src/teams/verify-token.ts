import { decodeProtectedHeader, errors, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import { KeysUnavailable, type SigningKeys } from './signing-keys.ts';

/** What a token vouches for, or why it is not believed: an enumeration, fit for a log. */
export type Verdict =
  | { type: 'believed'; serviceUrl: string }
  | { type: 'refused'; reason: TokenFault }
  | { type: 'unavailable' };

export type TokenFault =
  | 'malformed'
  | 'header'
  | 'unknown-key'
  | 'not-endorsed'
  | 'signature-or-claims'
  | 'service-url-claim';

const ISSUER = 'https://api.botframework.com';
const SKEW_SECONDS = 300;

/** Parameters that could name another key, another algorithm or something we would have to understand. */
const FORBIDDEN = ['crit', 'jwk', 'jku', 'x5u', 'x5c', 'b64', 'zip', 'enc', 'cty'];

/**
 * Whether the Bot Framework signed this for this bot and for Teams. Tokens of Entra itself, of other
 * bots and of other channels are not believed. Never throws.
 */
export async function verifyToken(
  token: string,
  options: { appId: string; keys: SigningKeys; now: Date },
): Promise<Verdict> {
  const kid = keyIdOf(token);
  if (kid.type === 'refused') return kid;
  try {
    const signing = await options.keys.find(kid.kid);
    if (!signing) return refused('unknown-key');
    if (!signing.endorsements.includes('msteams')) return refused('not-endorsed');
    const { payload } = await jwtVerify(token, signing.key, claims(options));
    // jose accepts a list that contains the audience; the Bot Framework sends one name.
    if (payload.aud !== options.appId) return refused('signature-or-claims');
    const { serviceurl } = payload;
    if (typeof serviceurl !== 'string') return refused('service-url-claim');
    return { type: 'believed', serviceUrl: serviceurl };
  } catch (error) {
    if (error instanceof KeysUnavailable) return { type: 'unavailable' };
    if (error instanceof errors.JOSEError) return refused('signature-or-claims');
    return refused('malformed');
  }
}

function claims({ appId, now }: { appId: string; now: Date }) {
  return {
    algorithms: ['RS256'],
    issuer: ISSUER,
    audience: appId,
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['exp'],
    currentDate: now,
  };
}

type KeyId = { type: 'named'; kid: string } | { type: 'refused'; reason: TokenFault };

function keyIdOf(token: string): KeyId {
  const header = headerOf(token);
  if (!header) return refused('malformed');
  const { alg, kid } = header;
  if (alg !== 'RS256' || typeof kid !== 'string' || kid.length > 200) return refused('header');
  return FORBIDDEN.some((name) => name in header) ? refused('header') : { type: 'named', kid };
}

function headerOf(token: string): ProtectedHeaderParameters | null {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return null;
  }
}

function refused(reason: TokenFault) {
  return { type: 'refused' as const, reason };
}
