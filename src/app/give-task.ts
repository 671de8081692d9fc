import type { Refusal } from '../domain/commands.ts';
import { defang } from '../domain/defang.ts';
import { namesAnyOf, properNames } from '../domain/names.ts';
import { actOnCase } from './act-on-case.ts';
import type { Actor, Deps } from './deps.ts';
import { viewWalk, type CaseView } from './view-case.ts';

export type GivenTask =
  | { type: 'given'; task: string }
  | { type: 'names-a-child' }
  | { type: 'refused'; refusal: Refusal };

/** A step given to IT. The details must not name anybody of the case. Source: procedures.md T8-A1; scenario S35. */
export async function giveTask(
  deps: Deps,
  actor: Actor,
  at: { case: string; step: string; child: string | null },
  to: string,
  details: string,
  nonce: string,
): Promise<GivenTask> {
  const view = await viewWalk(deps, actor, at.case);
  if (view === null) return { type: 'refused', refusal: { type: 'not-entitled' } };
  if (namesAnyOf(details, await namesIn(deps, actor, view))) return { type: 'names-a-child' };
  const task = taskNumber(deps);
  const command = {
    type: 'give-task',
    seen: null,
    task,
    step: at.step,
    child: at.child,
    to,
    details: defang(details),
  } as const;
  const acted = await actOnCase(deps, actor, at.case, command, { nonce });
  return acted.ok ? { type: 'given', task } : { type: 'refused', refusal: acted.refusal };
}

/** The children and adults of the case, and those whom the reporter wrote down before anybody named them here. */
async function namesIn(deps: Deps, actor: Actor, { state, school }: CaseView): Promise<string[]> {
  const concerns = await deps.store.run({ school: actor.school, as: 'product' }, (tx) =>
    tx.concernsOf(state.id),
  );
  const { subjects } = state.involvement;
  return [
    ...state.children.map(({ name }) => name),
    ...school.people.filter(({ id }) => subjects.includes(id)).map(({ name }) => name),
    ...(state.subjectTyped === null ? [] : [state.subjectTyped]),
    ...concerns.flatMap(({ words }) => properNames(words['who'] ?? '')),
  ];
}

/** `T-4821`: random, so that numbers tell IT nothing about how many cases there are. */
function taskNumber({ random }: Deps): string {
  const [high = 0, low = 0] = random(2);
  return `T-${String(((high << 8) | low) % 10_000).padStart(4, '0')}`;
}
