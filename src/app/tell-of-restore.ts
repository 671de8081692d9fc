import { asOf, withRole } from '../domain/people.ts';
import type { School } from '../domain/school.ts';
import type { Deps } from './deps.ts';
import type { NewDelivery } from './ports.ts';

/** The last time that the database was put back from a copy. */
export type Restored = {
  /** How old the copy is, to the minute. */
  copiedAt: string;
  foundAt: string;
  /** Null while the messages that waited in the copy are held back. */
  releasedAt: string | null;
  /** Null until every school was told. */
  toldAt: string | null;
};

/**
 * The database was put back from a copy: the lead team and the case managers of every school hear that what was
 * recorded since may be missing, each once, however often and by how many replicas this is tried.
 * Source: assurance.md R30.
 */
export async function tellOfRestore(deps: Deps, restored: Restored): Promise<void> {
  for (const school of await deps.store.schools()) await tell(deps, school, restored);
  deps.waker.deliveriesWaiting();
}

async function tell(
  { store, clock }: Deps,
  { id, people }: School,
  { copiedAt, foundAt }: Restored,
): Promise<void> {
  const at = clock().toISOString();
  const whom = withRole(asOf(people, at), 'lead', 'deputy', 'headteacher', 'chair');
  await store.run({ school: id, as: 'product' }, async (tx) => {
    for (const { id: person } of whom)
      await tx.once(`restored:${foundAt}:${person}`, person, async () => {
        const message: NewDelivery = {
          target: { type: 'person', person },
          message: { type: 'restored', copiedAt, at: foundAt },
          mode: 'send',
          dueAt: at,
        };
        await tx.addDeliveries(null, [message], at);
        return null;
      });
  });
}
