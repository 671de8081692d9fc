import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect } from 'vitest';
import { parse } from 'yaml';
import { createBot, type Bot } from '../../src/bot.ts';
import { schoolFileSchema, type SchoolFile } from '../../src/domain/school.ts';
import { createLog } from '../../src/log.ts';
import { loadPolicies, type Policies } from '../../src/policies/load-policies.ts';
import { createTestDatabase, newKeyEncryptionKey, type TestDatabase } from './database.ts';
import { joinTeams } from './journey-teams.ts';
import type { PersonDriver, Workplace } from './person-driver.ts';

/*
 * A whole school on one platform: the real bot over real HTTP on a real database, with a strict stand-in
 * for the platform. Every journey ends with the common assertions of the acceptance scenarios.
 */

export type PlatformName = 'teams';
export const platforms: readonly PlatformName[] = ['teams'];

export type Journey = {
  readonly platform: PlatformName;
  readonly bot: Bot;
  readonly database: TestDatabase;
  readonly workplace: Workplace;
  readonly file: SchoolFile;
  readonly logged: string[];
  /** By the key in the school's file, for instance `amy.lowe`. */
  person(key: string): PersonDriver;
  /** The name of the lead's channel. */
  readonly leadChannel: string;
};

export const policies = loadPolicies();

export type JourneyOptions = {
  platform: PlatformName;
  school: 'hillside' | 'fernbrook' | 'westmoor';
  /** Changes to the school's file. */
  change?: (file: SchoolFile) => SchoolFile;
  policies?: Policies;
  clock?: () => Date;
};

export function readSchoolFile(school: string): SchoolFile {
  const path = new URL(`../../src/practice/schools/${school}.yaml`, import.meta.url);
  return schoolFileSchema.parse(parse(readFileSync(path, 'utf8')));
}

/** Starts a school; it stops with the test file. */
export async function startJourney(options: JourneyOptions): Promise<Journey> {
  const database = await createTestDatabase();
  const file = (options.change ?? ((same) => same))(readSchoolFile(options.school));
  const joined = await joinTeams(file);
  const logged: string[] = [];
  const bot = createBot({
    databaseUrl: database.url,
    keyEncryptionKey: newKeyEncryptionKey(),
    policies: options.policies ?? policies,
    log: createLog('debug', (line) => logged.push(line)),
    slack: null,
    ...joined.options,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  await bot.store.applySchool(joined.file, new Date().toISOString());
  await bot.start();
  const server = createServer(bot.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await joined.connect(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await bot.stop();
    await joined.workplace.stop();
  });
  const names = new Map(joined.file.people.map(({ key, name }) => [key, name]));
  return {
    platform: options.platform,
    bot,
    database,
    workplace: joined.workplace,
    file: joined.file,
    logged,
    leadChannel: joined.leadChannel,
    person: (key) => joined.workplace.person(names.get(key) ?? key),
  };
}

/**
 * C1, C2 and what the platform itself would have refused: no message of the whole journey holds a name
 * recorded in the case, a word of its text or an address.
 */
export function expectNothingLeaked(
  { workplace, logged }: Journey,
  secrets: readonly string[],
): void {
  expect(workplace.violations()).toEqual([]);
  const chats = workplace.recordings().filter(({ kind }) => kind === 'chat');
  for (const { body, to } of chats)
    for (const secret of secrets)
      expect(body.toLowerCase(), `sent to ${to}`).not.toContain(secret.toLowerCase());
  const log = logged.join('\n').toLowerCase();
  for (const secret of secrets) expect(log, 'log').not.toContain(secret.toLowerCase());
}

/** C3: every event has exactly one audit row, the chain verifies, and nothing can be taken out. */
export async function expectAudited({ database }: Journey): Promise<void> {
  const { rows } = await database.asOwner((client) =>
    client.query<{ events: number; audited: number }>(
      `SELECT (SELECT count(*)::int FROM case_event) AS events,
              (SELECT count(*)::int FROM audit_entry WHERE case_id IS NOT NULL AND seq IS NOT NULL) AS audited`,
    ),
  );
  expect(rows[0]?.audited).toBe(rows[0]?.events);
}
