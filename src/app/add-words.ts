import type { Command } from '../domain/commands.ts';
import { defangAll } from '../domain/defang.ts';
import { actOnCase, type Acted } from './act-on-case.ts';
import type { Actor, Deps } from './deps.ts';
import type { Words } from './ports.ts';

/** A reporter adds to their own concern. When an adult here comes into it, the case moves at once. Source: decisions.md 17. */
export async function addWords(
  deps: Deps,
  actor: Actor,
  caseId: string,
  nonce: string,
  words: Words,
  adult: (Command & { type: 'add-words' })['adult'],
): Promise<Acted> {
  const id = deps.newId();
  const concern = {
    id,
    caseId,
    reporter: actor.person,
    raisedAt: deps.clock().toISOString(),
    words: defangAll(words),
  };
  return actOnCase(
    deps,
    actor,
    caseId,
    { type: 'add-words', seen: null, concern: id, adult },
    { nonce, concern },
  );
}
