import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Interaction, Reply, Respond } from '../../src/chat/interaction.ts';
import type { Credentials } from '../../src/teams/app-token.ts';
import { createTeams, type Teams, type TeamsOptions } from '../../src/teams/create-teams.ts';
import { homeTenant } from '../support/fake-teams-world.ts';
import type { FakeTeams } from '../support/fake-teams.ts';

export type Bot = Teams & {
  url: string;
  /** Everything that reached the conversation. */
  heard: Interaction[];
  logged: { event: string; fields: Record<string, string | number> }[];
  /** What the conversation answers from now on. */
  replies(respond: Respond | Reply): void;
  stop(): Promise<void>;
};

type Change = Partial<Omit<TeamsOptions, 'respond' | 'log'>> & {
  practice?: true;
  credentials?: Credentials;
};

/** The adapter alone, listening, with a conversation that says what it is told to. */
export async function startBot(fake: FakeTeams, change: Change = {}): Promise<Bot> {
  const heard: Interaction[] = [];
  const logged: Bot['logged'] = [];
  let current: Respond = () => Promise.resolve({ type: 'nothing' });
  const { openIdMetadataUrl, serviceUrl } = fake.settings;
  const credentials = change.credentials ?? fake.settings.credentials;
  const { practice, credentials: _, ...options } = change;
  const teams = createTeams({
    ...(practice ? { practice } : { credentials }),
    openIdMetadataUrl,
    serviceUrls: [serviceUrl],
    isRegisteredTenant: (tenant) => tenant === homeTenant,
    respond: (interaction) => {
      heard.push(interaction);
      return current(interaction);
    },
    log: (event, fields) => logged.push({ event, fields }),
    now: () => new Date(),
    ...options,
  });
  const server = express().use(teams.router).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  fake.connect(url);
  return {
    ...teams,
    url,
    heard,
    logged,
    replies: (next) => {
      current = typeof next === 'function' ? next : () => Promise.resolve(next);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
