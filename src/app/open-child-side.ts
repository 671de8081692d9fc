import { audienceOfCase, type CaseState } from '../domain/case.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import { namesAnyOf } from '../domain/names.ts';
import { may } from '../domain/permissions.ts';
import type { School } from '../domain/school.ts';
import { pinOf, type Actor, type Deps } from './deps.ts';
import type { Tx, Words } from './ports.ts';
import { referenceFrom } from '../domain/reference.ts';
import { defangAll } from '../domain/defang.ts';
import { writeChange } from './write-change.ts';

export type ChildSide =
  { ok: true; reference: string } | { ok: false; why: 'not-entitled' | 'names-the-adult' };

/**
 * The case manager gives the safeguarding team what they need to protect a child, as a case of its own
 * without the adult's name. The team's case shows no link back. Source: procedures.md T10-A9; decisions.md 5.
 */
export async function openChildSide(
  deps: Deps,
  actor: Actor,
  adultSide: string,
  nonce: string,
  words: Words,
): Promise<ChildSide> {
  const opened = await deps.store.run({ school: actor.school, as: 'product' }, (tx) =>
    open(tx, deps, actor, adultSide, nonce, words),
  );
  deps.waker.deliveriesWaiting();
  return opened;
}

async function open(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  adultSide: string,
  nonce: string,
  words: Words,
): Promise<ChildSide> {
  const school = await tx.school();
  const before = await tx.loadCase(adultSide, { lock: true });
  if (before === null || !may('open-child-side', actor.person, before.state, school.people))
    return { ok: false, why: 'not-entitled' };
  if (namesTheAdult(words, before.state, school)) return { ok: false, why: 'names-the-adult' };
  const { result } = await tx.once(nonce, actor.person, () =>
    write(tx, deps, actor, school, before, words),
  );
  return { ok: true, reference: result };
}

/** A full name or a surname of an adult whom the case is about, anywhere in the words. */
function namesTheAdult(
  words: Words,
  { involvement, subjectTyped }: CaseState,
  { people }: School,
): boolean {
  const names = people
    .filter(({ id }) => involvement.subjects.includes(id))
    .map(({ name }) => name);
  const typed = subjectTyped === null ? [] : [subjectTyped];
  return namesAnyOf(Object.values(words).join(' '), [...names, ...typed]);
}

type Before = NonNullable<Awaited<ReturnType<Tx['loadCase']>>>;

async function write(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  school: School,
  before: Before,
  words: Words,
): Promise<string> {
  const policy = deps.policies.current(school.pack);
  const at = deps.clock().toISOString();
  const ids = {
    concern: deps.newId(),
    caseId: deps.newId(),
    reference: referenceFrom(school.prefix, deps.random(10)),
  };
  const { excluded } = audienceOfCase(before.state, school.people);
  const first = childSideEvent(ids, pinOf(policy), actor.person, excluded);
  await writeChange(tx, deps, {
    school,
    policy,
    caseId: ids.caseId,
    before: null,
    events: [first],
    actor: actor.person,
    at,
  });
  await tx.addConcern({
    id: ids.concern,
    caseId: ids.caseId,
    reporter: actor.person,
    raisedAt: at,
    words: defangAll(words),
  });
  const linked: CaseEvent = { type: 'linked', to: ids.caseId, as: 'child-side' };
  const adult = deps.policies.pinned(before.state.policy);
  await writeChange(tx, deps, {
    school,
    policy: adult,
    caseId: before.state.id,
    before,
    events: [linked],
    actor: actor.person,
    at,
  });
  return ids.reference;
}

/** The subject and everybody excluded from the adult's side are kept out of the child's side too, without being named there as such. */
function childSideEvent(
  ids: { concern: string; reference: string },
  policy: ReturnType<typeof pinOf>,
  reporter: string,
  excluded: string[],
): CaseEvent {
  return {
    type: 'concern-raised',
    concern: ids.concern,
    reference: ids.reference,
    reporter,
    policy,
    answers: [],
    about: ['child-here'],
    adultPart: null,
    subjects: [],
    subjectTyped: null,
    conflicts: excluded,
    urgency: 'urgent',
    source: 'child-side',
  };
}
