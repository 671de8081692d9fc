import type { Request, RequestHandler, Response } from 'express';
import { readActivity, tenantOf, type IncomingActivity } from './activity.ts';
import { isFromHere } from './is-from-here.ts';
import type { Log } from './log.ts';
import { parseObject } from './parse-json.ts';
import { readBody, type Body } from './read-body.ts';
import { isTeams, type ServiceUrls } from './service-url.ts';
import type { SigningKeys } from './signing-keys.ts';
import { verifyToken } from './verify-token.ts';

/**
 * `signed`: as Teams does it. `practice`: unsigned, from this machine only. There is no third way, and
 * no way to turn the check off for anybody else.
 */
export type Trust = { type: 'signed'; appId: string; keys: SigningKeys } | { type: 'practice' };

export type GuardOptions = {
  trust: Trust;
  serviceUrls: readonly string[];
  isRegisteredTenant: (tenant: string) => boolean | Promise<boolean>;
  log: Log;
  now: () => Date;
  bodyTimeoutMs?: number | undefined;
};

/** What is let through. `unregistered`: signed by Teams, but for an organisation that is no school of ours. */
export type Admitted = {
  activity: IncomingActivity;
  school: 'registered' | 'unregistered' | 'unknown';
};

type Refusal = { type: 'refused'; status: number; reason: string };
type Proof = { type: 'proven'; serviceUrl: string | null };

/** Lets nothing through that Teams did not send for this bot; `admitted` is then in `locals`. */
export function createGuard(options: GuardOptions): RequestHandler {
  const prove = prover(options);
  return async (request, response, next) => {
    const outcome = await admit(request, prove, options);
    if ('type' in outcome) {
      refuse(response, outcome, options.log);
      return;
    }
    response.locals['admitted'] = outcome;
    next();
  };
}

/** What the guard let through. */
export function admittedBy(response: Response): Admitted {
  return response.locals['admitted'] as Admitted;
}

async function admit(
  request: Request,
  prove: Prover,
  options: GuardOptions,
): Promise<Admitted | Refusal> {
  const body = await readBody(request, options.bodyTimeoutMs);
  if (body.type !== 'read') return refused(UNREAD[body.type], body.type);
  const proof = await prove(request);
  if (proof.type === 'refused') return proof;
  const content = contentOf(request, body.text);
  if (!content) return refused(400, 'body');
  const serviceUrls = { configured: options.serviceUrls, practice: isPractice(options) };
  return checkActivity(content, proof, serviceUrls) ?? admitted(content, options);
}

const UNREAD: Record<Exclude<Body['type'], 'read'>, number> = {
  'too-large': 413,
  'too-slow': 408,
  broken: 400,
};

function contentOf(request: Request, text: string): IncomingActivity | null {
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson || request.headers['content-encoding'] !== undefined) return null;
  return readActivity(parseObject(text));
}

function checkActivity(
  activity: IncomingActivity,
  proof: Proof,
  serviceUrls: ServiceUrls,
): Refusal | null {
  if (activity.channelId !== 'msteams') return refused(401, 'channel');
  const { serviceUrl } = activity;
  if (proof.serviceUrl !== null && proof.serviceUrl !== serviceUrl)
    return refused(401, 'service-url');
  if (!isTeams(serviceUrl, serviceUrls)) return refused(401, 'service-host');
  return tenantOf(activity) === null ? refused(400, 'tenant') : null;
}

async function admitted(activity: IncomingActivity, options: GuardOptions): Promise<Admitted> {
  try {
    const known = await options.isRegisteredTenant(tenantOf(activity) ?? '');
    return { activity, school: known ? 'registered' : 'unregistered' };
  } catch {
    // The person must hear that nothing was saved, so this is told apart from a stranger.
    return { activity, school: 'unknown' };
  }
}

type Prover = (request: Request) => Promise<Proof | Refusal>;

function prover({ trust, now }: GuardOptions): Prover {
  switch (trust.type) {
    case 'practice':
      return (request) => Promise.resolve(isFromHere(request) ? LOCAL : refused(401, 'not-local'));
    case 'signed':
      return (request) => proveSigned(request, { ...trust, now: now() });
  }
}

const LOCAL: Proof = { type: 'proven', serviceUrl: null };

async function proveSigned(
  request: Request,
  options: { appId: string; keys: SigningKeys; now: Date },
): Promise<Proof | Refusal> {
  const token = bearerOf(request);
  if (token === null) return refused(401, 'authorization');
  const verdict = await verifyToken(token, options);
  switch (verdict.type) {
    case 'believed':
      return { type: 'proven', serviceUrl: verdict.serviceUrl };
    case 'refused':
      return refused(401, verdict.reason);
    case 'unavailable':
      return refused(503, 'keys-unavailable');
  }
}

/** Node keeps only the first of two Authorization headers, so they are counted raw. */
function bearerOf({ rawHeaders }: Request): string | null {
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
  const [only] = values.length === 1 ? values : [];
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(only ?? '')?.[1] ?? null;
}

function isPractice({ trust }: GuardOptions): boolean {
  return trust.type === 'practice';
}

function refused(status: number, reason: string): Refusal {
  return { type: 'refused', status, reason };
}

function refuse(response: Response, { status, reason }: Refusal, log: Log): void {
  log('teams-refused', { status, reason });
  // An unread body would otherwise be read to its end.
  response.set('Connection', 'close').status(status).end();
}
