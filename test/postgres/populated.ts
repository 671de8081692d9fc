import { createOutbox } from '../../src/postgres/outbox.ts';
import { newId, type TestStore } from '../support/database.ts';
import {
  answered,
  lineFor,
  makeSchool,
  minutesLater,
  openCase,
  someTime,
  type TestCase,
  type TestSchool,
} from './fixtures.ts';

/** A school with at least one row in every table that belongs to a school. */
export async function makePopulatedSchool(
  here: TestStore,
  name: string,
): Promise<{ school: TestSchool; opened: TestCase }> {
  const { store } = here;
  const school = await makeSchool(store, { school: name, ...peopleOf(name) });
  const lead = school.person('lead');
  const opened = await openCase(store, school, [lead, school.person('deputy')]);
  await store.saveAddress(
    { platform: 'slack', tenant: `T-${name}`, user: 'U-lead' },
    { channel: 'CANARY-address' },
  );
  await store.run({ school: school.id, as: 'product' }, async (tx) => {
    await tx.append({
      caseId: opened.id,
      events: [answered(lead, { chosen: ['yes'], record: { note: 'CANARY-record' } })],
      actor: lead,
      at: someTime,
      readers: [lead],
      line: lineFor(opened.id, opened.reference),
      cites: ['st-wilfrids L1'],
    });
    await tx.once('nonce', lead, () => Promise.resolve({ got: 'CANARY-result' }));
    await tx.saveDraft({
      id: newId(),
      person: lead,
      content: { words: 'CANARY-draft' },
      updatedAt: someTime,
    });
    await tx.saveHandles([
      {
        handle: `handle-${name}`,
        person: lead,
        action: { type: 'CANARY-action' },
        caseId: opened.id,
        caseVersion: 1,
        expiresAt: minutesLater(60),
      },
    ]);
    await tx.planWeeks(
      ['2026-W49'],
      [{ what: 'summary', week: '2026-W49', dueAt: minutesLater(60) }],
      someTime,
    );
    await tx.saveChannelWatch(
      { platform: 'slack', trouble: null, members: [lead] },
      minutesLater(60),
    );
  });
  await sendEverything(here);
  return { school, opened };
}

function peopleOf(name: string) {
  const person = (key: string, ...roles: string[]) => ({
    key,
    name: `Name-${key}`,
    roles,
    phone: '01632 960999',
    email: `canary-${key}@school.example`,
    slack: { team: `T-${name}`, user: `U-${key}` },
  });
  return {
    people: [
      person('lead', 'lead'),
      person('deputy', 'deputy'),
      person('head', 'headteacher'),
      person('it', 'it'),
      person('teacher', 'staff'),
    ],
  };
}

async function sendEverything(here: TestStore): Promise<void> {
  const outbox = createOutbox(here.store, () => Promise.resolve());
  for (const id of await outbox.due(someTime, 100)) {
    const lease = await outbox.lease(id, someTime, minutesLater(1));
    const name = { ts: 'CANARY-ts' };
    const sent = { type: 'sent', platform: 'slack', name, drawnVersion: null } as const;
    if (lease !== null) await outbox.settle(lease, sent, someTime, someTime);
  }
}
