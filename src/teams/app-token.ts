import { z } from 'zod';

/** The app's own sign-in, made by a trust in its Entra tenant. */
export type Credentials = {
  appId: string;
  password: string;
  tenantId: string;
  /** Microsoft's sign-in; a test stands in for it. */
  loginUrl?: string | undefined;
};

/** `wrong`: Entra refuses these credentials; `unreachable`: ask again later. */
export type Token = { type: 'token'; token: string } | { type: 'wrong' } | { type: 'unreachable' };

const LOGIN = 'https://login.microsoftonline.com';
const SCOPE = 'https://api.botframework.com/.default';
const TIMEOUT_MS = 8_000;
const EARLY_MS = 5 * 60_000;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/**
 * Gives the token that the connector wants, fetched once and again shortly before it ends. The SDK's own
 * way (msal-node) retries, follows redirects and cannot be pointed at a stand-in on this machine.
 */
export function createAppToken(credentials: Credentials, now: () => Date): () => Promise<Token> {
  let held: { token: string; until: number } | null = null;
  let asking: Promise<Token> | null = null;

  const ask = async (): Promise<Token> => {
    const answer = await request(credentials);
    if (answer.type !== 'granted') return answer;
    held = { token: answer.token, until: now().getTime() + answer.lastsMs - EARLY_MS };
    return { type: 'token', token: answer.token };
  };
  return () => {
    if (held && now().getTime() < held.until) {
      return Promise.resolve({ type: 'token', token: held.token });
    }
    return (asking ??= ask().finally(() => (asking = null)));
  };
}

type Answer =
  { type: 'granted'; token: string; lastsMs: number } | { type: 'wrong' } | { type: 'unreachable' };

async function request(credentials: Credentials): Promise<Answer> {
  try {
    const response = await post(credentials);
    // 400 invalid_client and unauthorized_client, 401 a wrong or expired secret.
    if ([400, 401, 403].includes(response.status)) return { type: 'wrong' };
    const { access_token, expires_in } = granted.parse(await response.json());
    return { type: 'granted', token: access_token, lastsMs: expires_in * 1000 };
  } catch {
    return { type: 'unreachable' };
  }
}

function post({ appId, password, tenantId, loginUrl = LOGIN }: Credentials): Promise<Response> {
  return fetch(`${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: password,
      scope: SCOPE,
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}
