import { afterAll, inject } from 'vitest';
import type { Budget } from '../../../src/postgres/client.ts';
import type { SchoolFile } from '../../../src/domain/school.ts';
import { createStore, type PostgresStore } from '../../../src/postgres/store.ts';
import { createTestDatabase, newKeyEncryptionKey } from '../../support/database.ts';
import type { FakeSlack } from '../../support/fake-slack.ts';
import { joinSlack } from '../../support/journey-slack.ts';
import type { FakeTeams } from '../../support/fake-teams.ts';
import type { JourneyPerson } from '../../support/journey-person.ts';
import { joinTeams, type Joined } from '../../support/journey-teams.ts';
import { readSchoolFile } from '../../support/journey.ts';
import { withClient } from '../../support/postgres-setup.ts';
import { startBalancer, type Balancer } from './balancer.ts';
import type { Told } from './check.ts';
import type { FaultId } from './matrix.ts';
import { startPgProxy, type PgProxy } from './pg-proxy.ts';
import { startReplica, type Replica, type ReplicaOptions } from './process.ts';
import { placesInSlack, placesInTeams, type ShownPlace } from './shown.ts';
import { count } from './tally.ts';

/*
 * A school on Teams or on Slack, served by replicas that are processes of their own, each with its own way to the database.
 */

/** Where a site keeps its data. */
export type Place = { url: string; ownerUrl: string };

export type Node = Replica & { proxy: PgProxy };

export type Site = {
  /** The stand-in, whichever it is. */
  readonly teams: FakeTeams;
  readonly slack: FakeSlack;
  file: SchoolFile;
  /** Every chat, with what the bot has put there. */
  shown(): ShownPlace[];
  place: Place;
  keyEncryptionKey: string;
  /** The school's id. */
  school: string;
  /** The test's own way to the data. */
  store: PostgresStore;
  balancer: Balancer;
  /** Starts a replica; it takes part in the balancing when `join` is called. */
  start(options?: ReplicaOptions & { budget?: Budget }): Promise<Node>;
  /** Requests go to these from now on. */
  serve(...nodes: Node[]): void;
  person(key: string): JourneyPerson;
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** All that anybody tried to raise here, for the checker. */
  told: Told[];
};

/** A fault was injected: it appears in the sum that the run prints. */
export function injected(id: FaultId, times = 1): void {
  count(inject('tally'), { type: 'fault', id, times });
}

/** Further members of staff, so that many can write at once. */
const more = ['Ana Reyes', 'Bo Lind', 'Cy Marsh', 'Di Novak', 'Eli Stone', 'Flo Adeyemi'];

function crowded(file: SchoolFile): SchoolFile {
  const people = more.map((name) => ({
    ...file.people.find(({ key }) => key === 'amy.lowe')!,
    key: name.toLowerCase().replace(' ', '.'),
    name,
  }));
  return { ...file, people: [...file.people, ...people] };
}

export type SiteOptions = { place?: Place; channel?: boolean; platform?: 'teams' | 'slack' };

export async function startSite({
  place,
  channel = true,
  platform = 'teams',
}: SiteOptions = {}): Promise<Site> {
  const database = place ?? (await createTestDatabase());
  const keyEncryptionKey = newKeyEncryptionKey();
  const file = crowded(readSchoolFile('hillside'));
  const joined: Joined =
    platform === 'teams' ? await joinTeams(file, { channel }) : await joinSlack(file);
  const store = createStore({
    url: database.url,
    keyEncryptionKey,
    enqueue: () => Promise.resolve(),
    budget: { wait: 20_000, work: 20_000 },
  });
  const { school } = await store.applySchool(joined.file, new Date().toISOString());
  const balancer = await startBalancer();
  const proxies: PgProxy[] = [];
  afterAll(async () => {
    balancer.close();
    await store.close();
    for (const proxy of proxies) proxy.close();
    await joined.workplace.stop();
  });
  const start: Site['start'] = async ({ budget, ...options } = {}) => {
    const proxy = await startPgProxy(database.url);
    proxies.push(proxy);
    const settings = { databaseUrl: proxy.url, keyEncryptionKey, ...joined.options };
    const replica = await startReplica(
      budget === undefined ? settings : { ...settings, budget },
      options,
    );
    return { ...replica, proxy };
  };
  return siteOf(joined, { place: database, keyEncryptionKey, school, store, balancer, start });
}

function siteOf(
  joined: Joined,
  parts: Pick<Site, 'place' | 'keyEncryptionKey' | 'school' | 'store' | 'balancer' | 'start'>,
): Site {
  const { workplace, file } = joined;
  const names = new Map(file.people.map(({ key, name }) => [key, name]));
  const on = (platform: 'teams' | 'slack') => {
    if (workplace.platform !== platform) throw new Error(`this site is not on ${platform}`);
    return workplace as unknown;
  };
  const teams = () => on('teams') as FakeTeams;
  const slack = () => on('slack') as FakeSlack;
  return {
    ...parts,
    get teams() {
      return teams();
    },
    get slack() {
      return slack();
    },
    file,
    shown: () =>
      workplace.platform === 'teams' ? placesInTeams(teams().world) : placesInSlack(slack().world),
    serve: (...nodes) => {
      parts.balancer.to(nodes.map(({ port }) => port));
    },
    person: (key) => workplace.person(names.get(key) ?? key),
    sql: (text, values) =>
      withClient(
        parts.place.ownerUrl,
        async (client) => (await client.query<never>(text, values)).rows,
      ),
    told: [],
  };
}

/** As `startSite`, with so many replicas that serve, and the app installed for everybody. */
export async function openSite(replicas: number, options: SiteOptions = {}) {
  const site = await startSite(options);
  const nodes = await Promise.all(Array.from({ length: replicas }, () => site.start()));
  site.serve(...nodes);
  if (options.platform === 'slack') site.slack.connect(site.balancer.url);
  else await install(site);
  return { site, nodes };
}

/** Everybody has the app: without it, nobody can be written to. */
export async function install(site: Site): Promise<void> {
  site.teams.connect(site.balancer.url);
  for (const person of site.teams.world.people) await site.teams.install(person);
}
