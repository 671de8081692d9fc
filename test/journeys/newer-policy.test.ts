import { beforeAll, describe, expect, it } from 'vitest';
import { claim, openSteps, raise, walkOf, type Told } from '../support/journey-acts.ts';
import { publishing, withNewerPack } from '../support/journey-newer-policy.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { calmLook, standing, take, walkMs } from '../support/journey-walk.ts';
import { platforms, policies, startJourney, type Journey } from '../support/journey.ts';

const added = 'Ask the school council what helps';
const banner = 'A newer version of your procedure is available.';
const change = 'Switch to the newer procedure';

const newer = withNewerPack('st-wilfrids', 'cyberbullying', {
  id: 'council',
  kind: 'action',
  title: added,
  do: 'Ask the school council, without names, what would help.',
  why: 'Children know best what works.',
  source: ['good-practice'],
  record: [{ id: 'said', kind: 'text', label: 'What they said' }],
});

const bullying: Told = {
  about: ['child-here'],
  kinds: ['bullying'],
  words: { said: 'Hyacinth is left out of every game' },
};

describe.each(platforms)('the policy changes while a case runs (S50) on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  const priya = () => journey.person('priya.nair');
  const { policies: known, publish } = publishing(policies);
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside', policies: known });
    reference = await raise(journey, 'amy.lowe', bullying);
    await claim(journey, 'priya.nair', reference);
    await take(priya(), reference, calmLook({ name: 'Hyacinth Moor', parts: ['harmed'] }));
  }, walkMs);

  it('says nothing of it before there is one', async () => {
    const { text } = await openSteps(priya(), reference);
    expect(standing(text, added)).toBeNull();
    await priya().press('Back');
    expect(priya().screen()?.text).not.toContain(banner);
    expect(priya().screen()?.buttons).not.toContain(change);
    priya().close();
  });

  it('keeps the running case on its version, and offers the newer one', async () => {
    publish(newer);
    const { text } = await openSteps(priya(), reference);
    expect(standing(text, added)).toBeNull();
    await priya().press('Back');
    expect(priya().screen()?.text).toContain(banner);
    expect(priya().screen()?.text).toContain('What you recorded stays. New steps may appear.');
    expect(priya().screen()?.buttons).toContain(change);
    expect(await version()).toBe(1);
    priya().close();
  });

  it('changes nothing silently: what is answered now is answered under the old version', async () => {
    await take(priya(), reference, { 'Who is it aimed at?': ['A child here'] });
    expect(standing((await openSteps(priya(), reference)).text, added)).toBeNull();
    expect(await version()).toBe(1);
    priya().close();
  });

  it('offers it to the holder alone', async () => {
    const tom = journey.person('tom.hale');
    await tom.says(reference);
    expect(tom.chat().at(-1)?.buttons).not.toContain(change);
    expect(tom.screen()?.buttons ?? []).not.toContain(change);
    tom.close();
  });

  it('brings the new step when Priya switches, and keeps every answer', async () => {
    const before = (await openSteps(priya(), reference)).text;
    const answered = Object.keys(calmLook({ name: '', parts: [] }));
    await priya().press('Back');
    await priya().press(change);
    const after = (await openSteps(priya(), reference)).text;
    expect(standing(after, added)?.state).toBe('To do');
    for (const title of [...answered, 'Who is it aimed at?']) {
      expect(standing(after, title), title).toEqual(standing(before, title));
      expect(standing(after, title)?.state, title).toBe('Done');
    }
    expect(await version()).toBe(2);
    expect(await journey.record(reference)).toContainEqual(
      expect.objectContaining({ type: 'policy-switched', by: 'Priya Nair' }),
    );
    await priya().press('Back');
    expect(priya().screen()?.text).not.toContain(banner);
    priya().close();
  });

  it('runs a new concern under the newer version from the start', async () => {
    const other = await raise(journey, 'amy.lowe', bullying);
    await claim(journey, 'priya.nair', other);
    expect(walkOf(priya(), other)?.text).not.toContain(banner);
    expect(standing((await openSteps(priya(), other)).text, added)?.state).toBe('To do');
    priya().close();
  });

  async function version(): Promise<number | undefined> {
    const { state } = await caseOf();
    return state.policy.version;
  }

  async function caseOf() {
    const [school] = await journey.bot.store.schools();
    const found = await journey.sql<{ id: string }>(
      'SELECT id FROM case_file WHERE reference = $1',
      [reference],
    );
    const read = await journey.bot.store.run({ school: school?.id ?? '', as: 'product' }, (tx) =>
      tx.loadCase(found[0]?.id ?? ''),
    );
    if (read === null) throw new Error(`no case ${reference}`);
    return read;
  }

  itKeepsItsPromises(() => journey);
});
