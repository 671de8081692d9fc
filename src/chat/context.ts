import type { Actor, Deps } from '../app/deps.ts';
import { schoolTime } from '../app/deps.ts';
import type { Person } from '../domain/people.ts';
import type { School } from '../domain/school.ts';
import type { SchoolTime } from '../domain/deadlines.ts';
import type { Policy } from '../domain/procedure.ts';
import type { Reply } from './interaction.ts';
import { createMint, lifetimes, type Mint } from './mint.ts';
import type { NationalContacts } from './say.ts';

/** What the conversation works with. */
export type ChatDeps = {
  app: Deps;
  national: NationalContacts;
  /** Names of the sources of national guidance, by their ids. */
  sources: ReadonlyMap<string, string>;
  /** Keys the handles; 32 bytes. */
  handleKey: Uint8Array;
};

/** One interaction of one member of staff. */
export type Context = {
  chat: ChatDeps;
  actor: Actor;
  school: School;
  person: Person;
  /** What a new concern is pinned to. */
  policy: Policy;
  time: SchoolTime;
  now: Date;
  /** Whether the person is on a dialog. */
  surface: 'message' | 'screen';
};

export function contextOf(
  chat: ChatDeps,
  school: School,
  person: Person,
  { now, surface }: Pick<Context, 'now' | 'surface'>,
): Context {
  return {
    chat,
    actor: { school: school.id, person: person.id },
    school,
    person,
    policy: chat.app.policies.current(school.pack),
    time: schoolTime(school, chat.app),
    now,
    surface,
  };
}

/** Draws something with buttons for this person and keeps what they mean. */
export async function drawn<T>(
  { chat, school, person, now }: Context,
  version: number | null,
  lifetime: keyof typeof lifetimes,
  draw: (mint: Mint) => T,
): Promise<T> {
  const mint = createMint(chat.handleKey, {
    school: school.id,
    person: person.id,
    version,
    now,
    lifetime: lifetimes[lifetime],
  });
  const result = draw(mint);
  const minted = mint.minted();
  if (minted.length > 0)
    await chat.app.store.run({ school: school.id, as: 'product' }, (tx) => tx.saveHandles(minted));
  return result;
}

export function notice(text: string): Reply {
  return { type: 'notice', text };
}
