import { inject } from 'vitest';
import type { RecordedEvent } from '../../../src/domain/case-events.ts';
import { verifyAudit } from '../../../src/postgres/verify-audit.ts';
import { until } from './acts.ts';
import type { ShownPlace } from './shown.ts';
import type { Site } from './site.ts';
import { count } from './tally.ts';

/*
 * Holds what the database has against what people were told and what the platform shows: INV-1 to INV-5 of
 * the design. It reads only what anybody could read after the run, and trusts no replica.
 */

/** What somebody tried to raise. `reference`: it was said to be saved. */
export type Told = { marker: string; reporter: string; reference: string | null };

export type Findings = {
  acknowledged: number;
  found: number;
  lost: number;
  duplicated: number;
  /** Every promise that is broken, with what broke it. */
  broken: string[];
};

type Case = { id: string; reference: string; words: string; events: RecordedEvent[] };
type Row = {
  id: string;
  case_id: string;
  type: string;
  person: string | null;
  state: string;
  unclear: boolean;
};

/** Waits until nothing is on its way any more, then checks everything, and adds to the run's sum. */
export async function check(site: Site, patienceMs = 90_000): Promise<Findings> {
  const broken = await settled(site, patienceMs);
  const cases = await casesOf(site);
  const sends = await sendsOf(site, cases);
  broken.push(
    ...inv1(site, cases),
    ...inv2(site, cases),
    ...sends.broken,
    ...(await inv3(site, cases)),
    ...cases.flatMap(inv4),
    ...(await inv5(site)),
  );
  const acknowledged = site.told.filter(({ reference }) => reference !== null);
  const references = new Set(cases.map(({ reference }) => reference));
  const findings = {
    acknowledged: acknowledged.length,
    found: acknowledged.filter(({ reference }) => references.has(reference ?? '')).length,
    lost: sends.lost,
    duplicated: sends.duplicated,
  };
  count(inject('tally'), { type: 'checked', ...findings });
  return { ...findings, broken };
}

/** Every message is sent, given up with its reason, or has nothing to say any more. */
async function settled(site: Site, patienceMs: number): Promise<string[]> {
  const waiting = () =>
    site.sql<{ id: string; state: string; attempts: number; why: string | null }>(
      `SELECT id, state, attempts, why FROM delivery WHERE state IN ('due', 'sending')`,
    );
  try {
    await until(async () => (await waiting()).length === 0, patienceMs);
    return [];
  } catch {
    return (await waiting()).map((row) => `INV-3: never settled: ${JSON.stringify(row)}`);
  }
}

async function casesOf(site: Site): Promise<Case[]> {
  const rows = await site.sql<{ id: string; reference: string }>(
    'SELECT id, reference FROM case_file ORDER BY opened_at',
  );
  const found: Case[] = [];
  for (const { id, reference } of rows)
    found.push(
      await site.store.run({ school: site.school, as: 'product' }, async (tx) => {
        const loaded = await tx.loadCase(id);
        const concerns = await tx.concernsOf(id);
        const words = concerns.map((concern) => JSON.stringify(concern.words)).join('\n');
        return { id, reference, words, events: loaded?.events ?? [] };
      }),
    );
  return found;
}

/** INV-1: what was said to be saved is there, under the reference that was said. */
function inv1(site: Site, cases: readonly Case[]): string[] {
  return site.told
    .filter(({ reference }) => reference !== null)
    .filter(
      ({ reference, marker }) =>
        !cases.some((one) => one.reference === reference && one.words.includes(marker)),
    )
    .map(({ reference }) => `INV-1: ${String(reference)} was said to be saved and is not there`);
}

/** INV-2: one form, however often it was sent, is at most one case; and nothing is there that nobody raised. */
function inv2(site: Site, cases: readonly Case[]): string[] {
  const twice = site.told
    .map(({ marker }) => ({
      marker,
      many: cases.filter(({ words }) => words.includes(marker)).length,
    }))
    .filter(({ many }) => many > 1)
    .map(({ marker, many }) => `INV-2: ${marker} became ${String(many)} cases`);
  const unknown = cases
    .filter(({ words }) => !site.told.some(({ marker }) => words.includes(marker)))
    .map(({ reference }) => `INV-2: nobody raised ${reference}`);
  return [...twice, ...unknown];
}

/** INV-3: somebody of the team can see that there is a case: in the channel, or in a chat of their own. */
async function inv3(site: Site, cases: readonly Case[]): Promise<string[]> {
  const alerted = (one: Case) => one.events.some(({ event }) => event.type === 'alerted');
  const leads = new Set(
    site.file.people
      .filter(({ roles }) =>
        ['lead', 'deputy', 'headteacher', 'chair'].some((role) =>
          (roles as string[]).includes(role),
        ),
      )
      .map(({ name }) => name),
  );
  const places = site.shown().filter(({ kind, name }) => kind === 'channel' || leads.has(name));
  const folded = await foldedOf(site);
  const toTheList = places.some(({ texts }) =>
    texts.some((text) => /not claimed yet\./.test(text)),
  );
  const invisible = cases.filter(
    (one) =>
      !alerted(one) &&
      !(toTheList && folded.has(one.id)) &&
      !places.some((place) => about(place, one.reference).length > 0),
  );
  if (invisible.length === 0) return [];
  const rows = await site.sql<{ case_id: string; state: string; why: string | null }>(
    'SELECT case_id, state, why, message FROM delivery WHERE case_id = ANY($1)',
    [invisible.map(({ id }) => id)],
  );
  return invisible.map(
    ({ id, reference }) =>
      `INV-3: nobody can see ${reference}: ${JSON.stringify(rows.filter((row) => row.case_id === id))}`,
  );
}

/** More came than is announced one by one: these were said together, and stand in the list of cases. */
async function foldedOf(site: Site): Promise<Set<string>> {
  const rows = await site.sql<{ id: string }>(
    `SELECT case_id AS id FROM delivery WHERE state = 'dropped' AND why = 'folded'`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** INV-4: the record has no gap, one beginning, and nobody took over what somebody else already had. */
function inv4({ reference, events }: Case): string[] {
  const broken: string[] = [];
  if (events.some(({ seq }, index) => seq !== index + 1)) broken.push('the record has a gap');
  const raised = events.filter(({ event }) => event.type === 'concern-raised');
  if (raised.length !== 1) broken.push(`it was raised ${String(raised.length)} times`);
  let held = false;
  for (const { event } of events) {
    if (event.type === 'claimed' && held) broken.push('it was claimed while somebody had it');
    if (event.type === 'claimed') held = true;
    if (event.type === 'unclaimed') held = false;
  }
  return broken.map((what) => `INV-4: ${reference}: ${what}`);
}

async function inv5(site: Site): Promise<string[]> {
  const verdict = await verifyAudit(site.store, site.school);
  return verdict.ok ? [] : [`INV-5: ${verdict.trouble} at ${String(verdict.number)}`];
}

function about({ texts }: ShownPlace, reference: string): string[] {
  // The week's summary names the oldest one too, and announces nothing.
  return texts.filter((text) => text.includes(reference) && !text.includes('This week: '));
}

const again = /sent again/i;

/**
 * Every row that says "sent" has its message in the chat, and every message its row. One more than there are
 * rows is a duplicate, which may only be after an unclear answer, and says so. What was refused for good after an
 * unclear answer may stand there once, unmarked: nobody could know.
 */
async function sendsOf(site: Site, cases: readonly Case[]) {
  const rows = await site.sql<Row>(
    `SELECT id, case_id, message->>'type' AS type, person_id AS person, state, unclear
     FROM delivery WHERE mode = 'send' AND case_id IS NOT NULL
       AND message->>'type' IN ('new-concern-in-channel', 'receipt')`,
  );
  const places = site.shown();
  const sum = { lost: 0, duplicated: 0, broken: [] as string[] };
  for (const one of cases) {
    const own = rows.filter((row) => row.case_id === one.id);
    compare(sum, one, own, {
      type: 'new-concern-in-channel',
      shown: places
        .filter(({ kind }) => kind === 'channel')
        .flatMap((place) => about(place, one.reference)),
    });
    const reporter = site.told.find(({ marker }) => one.words.includes(marker))?.reporter;
    compare(sum, one, own, {
      type: 'receipt',
      // An answer that came too late for its dialog is said in the chat as well.
      answers: true,
      shown: places
        .filter(({ kind, name }) => kind === 'direct' && name === reporter)
        .flatMap((place) => about(place, one.reference))
        .filter((text) => /Saved at/.test(text)),
    });
  }
  return sum;
}

function compare(
  sum: { lost: number; duplicated: number; broken: string[] },
  { reference }: Case,
  rows: readonly Row[],
  { type, shown, answers = false }: { type: string; shown: string[]; answers?: boolean },
): void {
  const those = rows.filter((row) => row.type === type);
  const owed = those.filter(({ state }) => state === 'sent').length;
  const perhaps = those.filter(({ state, unclear }) => state === 'failed' && unclear).length;
  if (shown.length < owed) {
    sum.lost += owed - shown.length;
    sum.broken.push(`a ${type} of ${reference} is said to be sent and was not`);
  }
  const extra = shown.length - owed - perhaps;
  if (extra <= 0 || answers) return;
  sum.duplicated += extra;
  const marked = shown.filter((text) => again.test(text)).length;
  if (marked < extra)
    sum.broken.push(
      `a ${type} of ${reference} came ${String(extra)} times too often, unmarked: ${JSON.stringify(rows)} ${JSON.stringify(shown)}`,
    );
}
