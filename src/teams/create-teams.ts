import { Router, type ErrorRequestHandler, type Response } from 'express';
import type { Messenger, Respond } from '../chat/interaction.ts';
import { createAppToken, type Credentials, type Token } from './app-token.ts';
import { createConnector } from './connector.ts';
import { createFollowUp } from './follow-up.ts';
import { admittedBy, createGuard, type Trust } from './guard.ts';
import { handle, nameOf } from './handle.ts';
import type { Log } from './log.ts';
import { createMessenger } from './send.ts';
import { troubleWithServiceUrl } from './service-url.ts';
import { createSigningKeys } from './signing-keys.ts';

/** Either a registered bot, or practice: unsigned activities from this machine and nothing else. */
export type TeamsIdentity = { credentials: Credentials } | { practice: true };

export type TeamsOptions = TeamsIdentity & {
  /** Where the Bot Framework's signing keys are announced. */
  openIdMetadataUrl?: string | undefined;
  /** Service URLs beyond Microsoft's own; the first is where people are written to who never wrote. */
  serviceUrls?: readonly string[] | undefined;
  isRegisteredTenant: (tenant: string) => boolean | Promise<boolean>;
  respond: Respond;
  log: Log;
  now: () => Date;
  /** For tests; see `handle.ts` and `read-body.ts`. */
  answerWithinMs?: number | undefined;
  bodyTimeoutMs?: number | undefined;
  callTimeoutMs?: number | undefined;
};

export type Teams = {
  router: Router;
  messenger: Messenger;
  /** Whether Teams' keys can be had and the app's own credentials are taken, for the readiness check. */
  ready(): Promise<boolean>;
  /** Whether Entra refuses the app's own credentials; not so when it cannot be asked. */
  refused(): Promise<boolean>;
  /** Resolves when nothing is under way, what is said after the answer included. */
  idle(): Promise<void>;
  /** Waits up to ten seconds for what is under way. */
  stop(): Promise<void>;
};

type Identity = {
  trust: Trust;
  appId: string;
  token: (() => Promise<Token>) | null;
  ready: () => Promise<boolean>;
};

const METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const SERVICE = 'https://smba.trafficmanager.net/teams/';
const ANSWER_WITHIN_MS = 4_000;
const DRAIN_MS = 10_000;

/** The Teams side of the bot: takes `POST /api/messages` and writes to people and channels. */
export function createTeams(options: TeamsOptions): Teams {
  const { log, now, serviceUrls = [] } = options;
  const { trust, appId, token, ready } = identify(options);
  refuseOddUrls(serviceUrls);
  const connector = createConnector({
    token,
    serviceUrls: { configured: serviceUrls, practice: trust.type === 'practice' },
    timeoutMs: options.callTimeoutMs,
  });
  const follow = createFollowUp({ connector, appId, log, now });
  const answerWithinMs = options.answerWithinMs ?? ANSWER_WITHIN_MS;
  const guard = createGuard({ ...options, trust, serviceUrls });
  const underWay = new Set<Promise<void>>();
  const idle = async () => {
    await Promise.allSettled(underWay);
  };
  const router = Router();
  router.post('/api/messages', guard, async (_request, response: Response) => {
    const work = handle(admittedBy(response), response, { ...options, follow, answerWithinMs });
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  });
  router.use('/api/messages', quietly(log));
  const defaultServiceUrl = serviceUrls[0] ?? SERVICE;
  return {
    router,
    messenger: createMessenger({ connector, appId, defaultServiceUrl, now }),
    ready,
    refused: async () => (await token?.())?.type === 'wrong',
    idle,
    stop: () =>
      Promise.race([idle(), new Promise<void>((wake) => setTimeout(wake, DRAIN_MS).unref())]),
  };
}

/** Express would print the error, and with it what somebody wrote. */
function quietly(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    log('teams-fault', { error: nameOf(error) });
    if (response.headersSent) next();
    else response.status(500).end();
  };
}

function identify(options: TeamsOptions): Identity {
  if ('practice' in options) {
    const ready = () => Promise.resolve(true);
    return { trust: { type: 'practice' }, appId: 'practice', token: null, ready };
  }
  const { credentials, now, openIdMetadataUrl: url = METADATA } = options;
  const { appId, password, tenantId } = credentials;
  if ([appId, password, tenantId].includes('')) throw new Error('Teams credentials are incomplete');
  const keys = createSigningKeys({ url, now });
  const token = createAppToken(credentials, now);
  const ready = async () => (await keys.available()) && (await token()).type === 'token';
  return { trust: { type: 'signed', appId, keys }, appId, token, ready };
}

function refuseOddUrls(urls: readonly string[]): void {
  const troubles = urls.map(troubleWithServiceUrl).filter((one) => one !== null);
  if (troubles.length > 0) throw new Error(troubles.join('\n'));
}
