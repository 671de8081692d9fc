import { webApi } from '@slack/bolt';
import { createEgressFetch } from './egress-fetch.ts';
import { nullLogger } from './null-logger.ts';

/** Slack's Web API client. */
export type SlackClient = webApi.WebClient;

/**
 * Options for every client: no retries (the delivery job retries, and a repeated post is a second
 * message), no waiting on a rate limit, eight seconds, no logging.
 */
export function clientOptions(apiUrl: URL): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl.href,
    fetch: createEgressFetch(apiUrl),
    timeout: 8000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: nullLogger,
  };
}

export function createSlackClient(token: string, apiUrl: URL): SlackClient {
  return new webApi.WebClient(token, clientOptions(apiUrl));
}
