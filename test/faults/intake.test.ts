import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calm, fillIn, isShown, send, sendUntilSaved, until, type Ready } from './support/acts.ts';
import { check } from './support/check.ts';
import type { Statement, Strike } from './support/pg-proxy.ts';
import { injected, openSite, type Node, type Site } from './support/site.ts';

/*
 * What happens to a concern on its way in, when the process or its way to the database is lost at any one
 * statement. R1, R2, R4.
 */

let site: Site;
let nodes: Node[];

beforeAll(async () => {
  ({ site, nodes } = await openSite(2));
});

/** Everybody in turn, so that nobody has more than one form open. */
let turn = 0;
const staff = ['amy.lowe', 'joe.birch', 'ana.reyes', 'bo.lind'];
const someone = () => staff[turn++ % staff.length] ?? 'amy.lowe';

const ofTheStore = ({ application }: Statement) => application === 'concern';
const pattern = /not saved|cannot say whether/i;

/** Sends the form while the fault is armed; afterwards the form is sent until it is saved. */
async function sendWith(node: Node, ready: Ready, ask: (statement: Statement) => Strike | null) {
  site.serve(node);
  node.proxy.onStatement(ask);
  const read = await send(ready);
  node.proxy.onStatement(null);
  return read;
}

describe('a concern whose way to the database breaks', () => {
  test('at any one statement is said not to be saved, or is saved; and sent again it is one', async () => {
    const [node] = nodes as [Node];
    let struck = '';
    let refused = 0;
    let at = 0;
    do {
      struck = '';
      const ready = await fillIn(site, someone());
      let seen = 0;
      const seenSo = { saving: false };
      const read = await sendWith(node, ready, (statement) => {
        if (/^INSERT INTO submission/.test(statement.text)) seenSo.saving = true;
        if (!ofTheStore(statement) || struck !== '' || seen++ < at) return null;
        struck = statement.text;
        const when = statement.text === 'COMMIT' ? 'after' : 'before';
        return { when, run: () => undefined };
      });
      if (struck !== '') injected('R4');
      if (ready.told.reference === null) {
        expect(read).toMatch(pattern);
        refused++;
        await sendUntilSaved(ready);
      } else ready.person.close();
      // Of what is only read before, every fourth will do.
      at += seenSo.saving ? 1 : 4;
    } while (struck !== '');
    expect(at).toBeGreaterThan(40);
    expect(refused).toBeGreaterThan(20);
  }, 480_000);
});

describe('a process that is killed', () => {
  const points: [string, RegExp, Strike['when']][] = [
    ['before the form is remembered', /^INSERT INTO submission/, 'before'],
    ['before the case', /^INSERT INTO "public"."case_file"/, 'before'],
    ['before the record', /^INSERT INTO "public"."case_event"/, 'before'],
    ['before its answers', /^INSERT INTO answer/, 'before'],
    ['before who may read it', /^INSERT INTO case_audience/, 'before'],
    ['before its clocks', /^INSERT INTO deadline/, 'before'],
    ['before its messages', /^INSERT INTO "public"."delivery"/, 'before'],
    ['before its jobs', /INSERT INTO pgboss\.job/, 'before'],
    ['before the words', /^INSERT INTO "public"."concern"/, 'before'],
    ['before the receipt', /^INSERT INTO "public"."receipt"/, 'before'],
    ['before the commit', /^COMMIT/, 'before'],
    ['after the commit', /^COMMIT/, 'after'],
    ['after the commit, while the answer is drawn', /^INSERT INTO "public"."handle"/, 'before'],
  ];

  /** The next replica is started while the last one serves. */
  let spare: Promise<Node>;
  beforeAll(() => {
    spare = Promise.resolve(nodes[1] as Node);
  });

  test.each(points)('%s leaves one case and no doubt', async (_name, pattern, when) => {
    const victim = nodes[0] as Node;
    await calm(site);
    const ready = await fillIn(site, someone());
    // The clock's own rounds go on meanwhile, on other connections.
    let its: number | null = null;
    const elsewhere = /handle/.test(pattern.source);
    let struck = false;
    const read = await sendWith(victim, ready, (statement) => {
      if (!ofTheStore(statement)) return null;
      if (/^INSERT INTO submission/.test(statement.text)) its = statement.connection;
      if (its === null || struck || !pattern.test(statement.text)) return null;
      if (!elsewhere && statement.connection !== its) return null;
      struck = true;
      return {
        when,
        run: () => {
          victim.kill();
        },
      };
    });
    expect(struck).toBe(true);
    expect((await victim.ended).signal).toBe('SIGKILL');
    expect(ready.told.reference).toBeNull();
    expect(read).toContain('Something went wrong');
    const committed = when === 'after' || elsewhere;
    injected(committed ? 'R2' : 'R1');
    const other = await spare;
    site.serve(other);
    nodes = [other];
    spare = site.start();
    const again = await sendUntilSaved(ready);
    expect(again).toMatch(committed ? /Saved before, at/ : /Saved at/);
    if (committed) await until(() => isShown(site, ready.told.reference), 30_000);
  });

  afterAll(async () => {
    await spare;
  });
});

test('nothing was lost, and nothing is there twice (INV-1 to INV-5)', async () => {
  const { broken, ...found } = await check(site);
  expect(broken).toEqual([]);
  expect(found).toMatchObject({ lost: 0, found: site.told.length });
});
