import { beforeAll, describe, expect, test } from 'vitest';
import { aboutIn } from '../support/journey-acts.ts';
import {
  fillIn,
  isShown,
  pause,
  raise,
  send,
  sendUntilSaved,
  shownTimes,
  until,
} from './support/acts.ts';
import { check } from './support/check.ts';
import { injected, install, startSite, type Node, type Site } from './support/site.ts';

/*
 * Five replicas that do not know of each other: the same form five times at once, two who press at once, clocks
 * that are wrong, and one that is killed every few seconds. R13, R14, R16, R17, R18, R24, R25.
 */

let site: Site;
let nodes: Node[];

/** A fault that nobody catches ends the process, so that it cannot go unnoticed. */
const strict = ['--unhandled-rejections=strict'];

beforeAll(async () => {
  site = await startSite();
  nodes = [];
  // Two whose own clocks are wrong by more than any signature lives.
  for (const wrongByMs of [0, 600_000, -600_000])
    nodes.push(await site.start({ wrongByMs, flags: strict }));
  injected('R16', 2);
  site.serve(...nodes);
  await install(site);
}, 240_000);

const staff = ['amy.lowe', 'joe.birch', 'ana.reyes', 'bo.lind', 'cy.marsh', 'di.novak'];

describe('one form that arrives five times at once', () => {
  test('is one concern, whichever replica has it first, and says the same to all', async () => {
    for (const key of [...staff, ...staff]) {
      const form = await fillIn(site, key);
      site.teams.deliverNext(5);
      await send(form);
      injected('R13');
      await sendUntilSaved(form);
      const rows = await site.sql('SELECT FROM case_file WHERE reference = $1', [
        form.told.reference,
      ]);
      expect(rows).toHaveLength(1);
    }
  });
});

describe('three who claim at once', () => {
  test('one has it, and the others are told who', async () => {
    for (let round = 0; round < 4; round += 1) {
      const reference = await raise(site, 'amy.lowe');
      await until(() => isShown(site, reference), 30_000);
      const leads = ['priya.nair', 'tom.hale', 'ewa.zielinska'].map((key) => site.person(key));
      const kept = leads.map((lead) =>
        lead.keep('Claim', { channel: 'Safeguarding', on: reference }),
      );
      const read = await Promise.all(
        leads.map((lead, index) => lead.pressKept(kept[index]!).catch(() => '')),
      );
      injected('R14');
      const claims = await site.sql(
        `SELECT FROM case_event JOIN case_file ON case_file.id = case_id
         WHERE reference = $1 AND type = 'claimed'`,
        [reference],
      );
      expect(claims).toHaveLength(1);
      expect(read.filter((text) => /nothing changed/i.test(text)).length).toBeGreaterThan(0);
    }
  });
});

describe('clocks that are wrong by ten minutes', () => {
  test('neither refuse anybody nor move any time: the database’s time counts', async () => {
    for (const node of nodes) {
      site.serve(node);
      const reference = await raise(site, 'joe.birch');
      const [row] = await site.sql<{ off: number; due: number }>(
        `SELECT extract(epoch FROM now() - opened_at)::float AS off,
           extract(epoch FROM delivery.due_at - opened_at)::float AS due
         FROM case_file JOIN delivery ON delivery.case_id = case_file.id
         WHERE reference = $1 LIMIT 1`,
        [reference],
      );
      expect(Math.abs(row?.off ?? 99)).toBeLessThan(30);
      expect(row?.due).toBe(0);
      await until(() => isShown(site, reference), 30_000);
    }
    site.serve(...nodes);
  });
});

describe('one that is told to stop', () => {
  test('at any moment answers what is under way, and ends well', async () => {
    for (let round = 0; round < 3; round += 1) {
      const leaving = nodes.shift()!;
      site.serve(leaving);
      const form = await fillIn(site, staff[round]!);
      const sending = send(form);
      await pause(round * 150);
      leaving.term();
      injected('R24');
      await sending.catch(() => '');
      expect(await leaving.ended).toEqual({ code: 0, signal: null });
      nodes.push(await site.start({ flags: strict }));
      site.serve(...nodes);
      await sendUntilSaved(form, 60_000);
    }
  });
});

describe('five, of which one is killed every few seconds', () => {
  const schools = 25;

  /** Something that comes once a week is due in many schools; in the first it was due two days ago. */
  async function weekIsOver(): Promise<void> {
    for (let index = 0; index < schools - 1; index += 1)
      await site.store.applySchool(
        {
          ...site.file,
          school: `school-${String(index)}`,
          people: site.file.people.map(({ teams: _teams, ...person }) => person),
          channels: {},
        },
        new Date().toISOString(),
      );
    await site.sql(
      `INSERT INTO school_clock (id, school_id, what, week, due_at, wake_at)
       SELECT gen_random_uuid(), id, 'summary', '2020-W01', at, at
       FROM (SELECT id, now() - CASE WHEN id = $1 THEN interval '2 days' ELSE interval '1 second' END AS at
         FROM school) AS due`,
      [site.school],
    );
    injected('R17');
    injected('R18');
  }

  test('lose nothing while everybody writes, and the week’s summary comes once to each school', async () => {
    while (nodes.length < 5) nodes.push(await site.start({ flags: strict }));
    site.serve(...nodes);
    await weekIsOver();
    let going = true;
    const busy = staff.slice(0, 4).map(async (key) => {
      while (going) {
        const form = await fillIn(site, key).catch(() => null);
        if (form === null) site.person(key).close();
        else await sendUntilSaved(form, 180_000);
      }
    });
    for (let round = 0; round < 7; round += 1) {
      await pause(3000);
      const victim = nodes.shift()!;
      victim.kill();
      injected('R25');
      site.serve(...nodes);
      const [next] = await Promise.all([site.start({ flags: strict }), victim.ended]);
      nodes.push(next);
      site.serve(...nodes);
    }
    going = false;
    await Promise.all(busy);
    const summaries = async () =>
      site.sql<{ school: string; many: number; people: number }>(
        `SELECT school_id AS school, count(*)::int AS many,
           count(DISTINCT coalesce(person_id::text, channel))::int AS people
         FROM delivery WHERE message->>'type' = 'weekly-summary' AND mode = 'send' GROUP BY 1`,
      );
    await until(async () => (await summaries()).length === schools, 120_000);
    await pause(2000);
    for (const { many, people } of await summaries()) expect(many).toBe(people);
    const late = () =>
      site
        .shown()
        .filter(({ kind }) => kind === 'channel')
        .flatMap(({ texts }) => texts)
        .filter((text) => text.includes('comes late, because the app was not running'));
    await until(() => late().length > 0, 60_000);
    expect(late()).toHaveLength(1);
  }, 480_000);

  test('none of those that stayed has ended by itself', () => {
    for (const node of nodes) expect(node.isRunning()).toBe(true);
    expect(nodes.flatMap(({ log }) => log).join('\n')).not.toContain('unexpected fault');
  });
});

test('nothing was lost, and nothing is there twice (INV-1 to INV-5)', async () => {
  const { broken, lost, found, acknowledged } = await check(site, 200_000);
  expect(broken).toEqual([]);
  expect({ lost, found }).toEqual({ lost: 0, found: acknowledged });
  expect(aboutIn(site.person('ruth.carr'), 'HS-')).toEqual([]);
  expect(shownTimes(site, null)).toBe(0);
}, 260_000);
