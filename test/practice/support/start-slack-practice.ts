import express from 'express';
import type { SlackReplies, SlackRequests } from '../../../src/practice/slack-side/wire.ts';
import { createPractice, type Practice } from '../../../src/practice/practice.ts';
import type { Json } from '../../../src/practice/wire.ts';
import { listen } from './listen.ts';
import { slackDirectory } from './slack-directory.ts';

export const secrets = {
  botToken: 'xoxb-practice-invented',
  signingSecret: 'practice-invented-signing-secret',
};

export type RunningSlack = {
  url: string;
  practice: Practice;
  /** What was logged, as ids and states. */
  logged: unknown[];
  /** Calls the Web API as the bot does. */
  call(method: string, args?: Json, token?: string): Promise<Json>;
  /** Does what the page does. */
  ask<K extends keyof SlackRequests>(name: K, body: SlackRequests[K]): Promise<SlackReplies[K]>;
  stop(): Promise<void>;
};

export type SlackPracticeOptions = { botUrl: string; now?: () => Date; port?: number };

/** The workspace with its Slack side, for a bot at the given address. */
export async function startSlackPractice(options: SlackPracticeOptions): Promise<RunningSlack> {
  const { botUrl, now, port = 0 } = options;
  const app = express();
  const { url, close } = await listen(app, port);
  const logged: unknown[] = [];
  const log = (fields: unknown, message: string) => void logged.push([message, fields]);
  const practice = createPractice({
    mode: 'practice',
    botUrl,
    connectorUrl: `${url}/practice/connector`,
    slack: { ...secrets, botUrl, url: `${url}/practice/slack` },
    directory: slackDirectory,
    log: { info: log, warn: log },
    ...(now === undefined ? {} : { now }),
  });
  app.use(practice.router);
  return {
    ...{ url, practice, logged },
    call: (method, args = {}, token = secrets.botToken) => callApi(url, method, args, token),
    ask: async (name, body) => {
      const response = await fetch(`${url}/practice/api/slack/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${name}: ${String(response.status)}`);
      return (await response.json()) as SlackReplies[typeof name];
    },
    async stop() {
      practice.close();
      await close();
    },
  };
}

/** Slack's SDK sends forms, with JSON in them where a value is no text. */
async function callApi(url: string, method: string, args: Json, token: string): Promise<Json> {
  const pairs = Object.entries(args).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${url}/practice/slack/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(pairs),
  });
  return (await response.json()) as Json;
}
