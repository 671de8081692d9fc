import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll } from 'vitest';
import { parse } from 'yaml';
import { isEnglishBankHoliday } from '../../src/app/bank-holidays.ts';
import { onDeadline } from '../../src/app/chase-deadline.ts';
import type { Deps } from '../../src/app/deps.ts';
import { createBot, type Bot, type BotOptions } from '../../src/bot.ts';
import type { School, SchoolFile } from '../../src/domain/school.ts';
import { schoolFileSchema } from '../../src/domain/school.ts';
import { createLog } from '../../src/log.ts';
import { loadPolicies, type Policies } from '../../src/policies/load-policies.ts';
import { createDeadlines } from '../../src/postgres/outbox.ts';
import {
  createTestDatabase,
  newKeyEncryptionKey,
  unhurried,
  type TestDatabase,
} from './database.ts';
import type { JourneyPerson, JourneyWorkplace } from './journey-person.ts';
import { joinBoth } from './journey-both.ts';
import { joinSlack, slackTroubles } from './journey-slack.ts';
import { joinTeams, teamsTroubles, type Joined, type Upkeep } from './journey-teams.ts';

/*
 * A whole school on one platform: the real bot over real HTTP on a real database, with a strict stand-in
 * for the platform. Every journey ends with the common promises of journey-promises.ts.
 */

export type PlatformName = 'teams' | 'slack';
export const platforms: readonly PlatformName[] = ['teams', 'slack'];

/** What can be wrong with a channel there. */
export const channelTroubles = { teams: teamsTroubles, slack: slackTroubles };

const join = { teams: joinTeams, slack: joinSlack };

/** One line of a case's record, as the audit trail has it. */
export type Recorded = {
  type: string;
  step: string | null;
  result: string | null;
  chosen: string[];
  /** A name; null for the product itself. */
  by: string | null;
};

export type Journey = {
  readonly platform: PlatformName;
  readonly bot: Bot;
  readonly database: TestDatabase;
  readonly workplace: JourneyWorkplace;
  readonly upkeep: Upkeep;
  readonly file: SchoolFile;
  readonly policies: Policies;
  readonly logged: string[];
  /** Everything that anybody typed into a box or said to the bot, commands aside. */
  readonly typed: Set<string>;
  /** The name of the lead's channel. */
  readonly leadChannel: string;
  /** By the key in the school's file, for instance `amy.lowe`, or by name for a stranger. */
  person: (key: string) => JourneyPerson;
  /** What stands in the record of a case, reads and deliveries left out. */
  record: (reference: string) => Promise<Recorded[]>;
  school: () => Promise<School>;
  /** One row, as the owner of the database. */
  sql: <T extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<T[]>;
  /** Every message that was owed has been sent, or given up. */
  settled: () => Promise<void>;
  /** It becomes that time of the same day, `13:10`, or that instant; never earlier than it is. */
  itIs: (time: string) => void;
  /** What the clock job does every minute, done now. */
  chase: () => Promise<void>;
  /** No connection to the database can be had until `end` is called. */
  loseDatabase: () => Promise<{ end: () => Promise<void> }>;
};

export const policies = loadPolicies();

export type JourneyOptions = {
  platform: PlatformName;
  /** Keys of those who are on the other platform instead. */
  elsewhere?: readonly string[];
  school: 'hillside' | 'fernbrook' | 'westmoor';
  /** Changes to the school's file. */
  change?: (file: SchoolFile) => SchoolFile;
  policies?: Policies;
  /** When it starts, an instant; a Friday morning in term unless given. */
  at?: string;
  /** Without one, the leads are told in their own chats. */
  channel?: boolean;
  /** The school's own mail server. */
  mail?: BotOptions['mail'];
};

export function readSchoolFile(school: string): SchoolFile {
  const path = new URL(`../../src/practice/schools/${school}.yaml`, import.meta.url);
  return schoolFileSchema.parse(parse(readFileSync(path, 'utf8')));
}

const friday = '2026-11-27T10:30:00Z';

/** A clock that runs on from where it was put. */
function createClock(start: string) {
  let offset = Date.parse(start) - Date.now();
  const now = () => new Date(Date.now() + offset);
  const put = (time: string) => {
    const day = now().toISOString().slice(0, 10);
    const wanted = Date.parse(time.length === 5 ? `${day}T${time}:00Z` : time);
    if (wanted < now().getTime()) throw new Error(`it is already later than ${time}`);
    offset = wanted - Date.now();
  };
  return { now, put };
}

/** Starts a school; it stops with the test file. */
export async function startJourney(options: JourneyOptions): Promise<Journey> {
  const database = await createTestDatabase();
  const file = (options.change ?? ((same) => same))(readSchoolFile(options.school));
  const clock = createClock(options.at ?? friday);
  const { platform, elsewhere, channel } = options;
  const how = { clock: clock.now, ...(channel === undefined ? {} : { channel }) };
  const joined = await (elsewhere === undefined
    ? join[platform](file, how)
    : joinBoth(file, platform, elsewhere, how));
  const logged: string[] = [];
  const known = options.policies ?? policies;
  const bot = createBot({
    databaseUrl: database.url,
    keyEncryptionKey: newKeyEncryptionKey(),
    policies: known,
    log: createLog('debug', (line) => logged.push(line)),
    clock: clock.now,
    budget: unhurried,
    mail: options.mail ?? null,
    ...joined.options,
  });
  await bot.store.applySchool(joined.file, clock.now().toISOString());
  await bot.start();
  const server = createServer(bot.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  owner.on('error', () => undefined);
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await bot.stop();
    await joined.workplace.stop();
    await owner.end();
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await joined.connect(url, () => bot.idle());
  return journeyOf({ options, database, joined, logged, known, bot, owner, clock });
}

type Parts = {
  options: JourneyOptions;
  database: TestDatabase;
  joined: Joined;
  logged: string[];
  known: Policies;
  bot: Bot;
  owner: pg.Pool;
  clock: ReturnType<typeof createClock>;
};

function journeyOf(parts: Parts): Journey {
  const { options, database, joined, logged, known, bot, owner, clock } = parts;
  const names = new Map(joined.file.people.map(({ key, name }) => [key, name]));
  const typed = new Set<string>();
  const sql: Journey['sql'] = async (text, values = []) =>
    (await owner.query<never>(text, values)).rows;
  const school = async () => {
    const found = (await bot.store.schools()).find(({ key }) => key === joined.file.school);
    if (found === undefined) throw new Error('no school');
    return found;
  };
  return {
    platform: options.platform,
    bot,
    database,
    workplace: joined.workplace,
    upkeep: joined.upkeep,
    file: joined.file,
    policies: known,
    logged,
    typed,
    leadChannel: joined.leadChannel,
    person: (key) => listening(joined.workplace.person(names.get(key) ?? key), typed),
    record: async (reference) => {
      const { people } = await school();
      const rows = await sql<Omit<Recorded, 'by'> & { actor: string | null }>(recordSql, [
        reference,
      ]);
      return rows.map(({ actor, ...row }) => ({
        ...row,
        by: people.find(({ id }) => id === actor)?.name ?? null,
      }));
    },
    school,
    sql,
    settled: () => settled(sql, () => clock.now()),
    itIs: clock.put,
    chase: () => chase(bot, known, clock.now),
    loseDatabase: () => loseDatabase(database),
  };
}

const recordSql = `
  SELECT type, step, result, chosen, actor FROM case_event
  JOIN case_file ON case_file.id = case_event.case_id
  WHERE reference = $1 AND type NOT IN ('reached', 'not-reached') ORDER BY seq`;

const commands = /^\/?concern( (mine|cases|help))?$|^[A-Z]{2}-\w{5}-\w{5}$/;

/** Keeps what is typed, so that it can be looked for wherever it must not be. */
function listening(person: JourneyPerson, typed: Set<string>): JourneyPerson {
  const hear = (text: string) => {
    if (!commands.test(text)) typed.add(text);
  };
  return {
    ...person,
    says: (text) => {
      hear(text);
      return person.says(text);
    },
    saysIn: (channel, text) => {
      hear(text);
      return person.saysIn(channel, text);
    },
    fill: (values) => {
      const fields = person.screen()?.fields ?? [];
      for (const [name, value] of Object.entries(values)) {
        const field = fields.find(({ id, label }) => id === name || label === name);
        if (field?.type === 'text') hear(String(value));
      }
      person.fill(values);
    },
  };
}

async function settled(sql: Journey['sql'], now: () => Date): Promise<void> {
  for (const end = Date.now() + 60_000; ;) {
    const [row] = await sql<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM delivery
       WHERE state IN ('due', 'sending') AND (due_at <= $1 OR attempts > 0)`,
      [now()],
    );
    if (row?.waiting === 0) return;
    if (Date.now() > end) throw new Error(`${String(row?.waiting)} messages were not sent`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function chase(bot: Bot, known: Policies, clock: () => Date): Promise<void> {
  const deps: Deps = {
    store: bot.store,
    policies: {
      current: (pack) => present(known.latest(pack)),
      pinned: ({ pack, version }) => present(known.policyFor(pack, version)),
    },
    clock,
    waker: { deliveriesWaiting: () => undefined },
    random: (bytes) => randomBytes(bytes),
    newId: randomUUID,
    isBankHoliday: isEnglishBankHoliday,
  };
  const due = await createDeadlines(bot.store).due(clock().toISOString(), 200);
  for (const deadline of due) await onDeadline(deps, deadline);
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('no such pack');
  return value;
}

/** Nobody can connect, and whoever was connected is cut off. */
async function loseDatabase({ ownerUrl }: TestDatabase): Promise<{ end: () => Promise<void> }> {
  const admin = new URL(ownerUrl);
  const name = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: admin.toString() });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await run(
    `ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  return { end: () => run(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`) };
}
