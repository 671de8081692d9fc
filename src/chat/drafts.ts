import { draftSchema, type DraftContent } from './draft.ts';
import type { Context } from './context.ts';
import type { Tx } from '../app/ports.ts';

/** Keeps an unfinished concern, encrypted, for its author alone. */
export async function keepDraft(
  context: Context,
  id: string,
  content: DraftContent,
): Promise<void> {
  const { actor, now } = context;
  await asAuthor(context, (tx) =>
    tx.saveDraft({ id, person: actor.person, content, updatedAt: now.toISOString() }),
  );
}

/** Null when it is gone or was never begun, or is somebody else's. */
export async function loadDraft(context: Context, id: string): Promise<DraftContent | null> {
  const draft = await asAuthor(context, (tx) => tx.loadDraft(id, context.actor.person));
  const read = draftSchema.safeParse(draft?.content);
  return read.success ? read.data : null;
}

export async function dropDraft(context: Context, id: string): Promise<void> {
  await asAuthor(context, (tx) => tx.dropDraft(id, context.actor.person));
}

/** The person's last unfinished concern of the past 24 hours, with when it was left. */
export async function unfinishedOf(
  context: Context,
): Promise<{ draft: string; at: string } | null> {
  const draft = await asAuthor(context, (tx) => tx.latestDraft(context.actor.person));
  return draft === null ? null : { draft: draft.id, at: draft.updatedAt };
}

function asAuthor<T>({ chat, actor }: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  return chat.app.store.run({ school: actor.school, as: 'person', person: actor.person }, work);
}
