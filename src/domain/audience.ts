import { hasRole, withRole, type Person } from './people.ts';

/** What the concern says about who is involved: all that routing looks at. */
export type Involvement = {
  /** Options of `spine/about`. */
  about: readonly string[];
  /** What an adult here has to do with it; null when no adult here is involved. */
  adultPart: 'done-by' | 'done-to' | 'not-sure' | null;
  /** People in the school's file whom it is about. */
  subjects: readonly string[];
  /** People who must not receive it because they are close to somebody involved, or said so themselves. */
  conflicts: readonly string[];
};

/**
 * Who handles a case. `lead`: the safeguarding team. `manager`: one case manager, the headteacher or
 * the chair, in private messages only.
 */
export type Lane = 'lead' | 'manager';

export type Audience = {
  lane: Lane;
  /** Everyone who may open the case by their office. Empty: sealed, and the reporter is shown whom to ring. */
  team: string[];
  /** Who is responsible when nobody has claimed it, in plain words for the reporter. */
  goesTo: 'safeguarding-team' | 'headteacher' | 'chair' | 'nobody';
  /** Whether the lead's channel may hear of it at all; its members are checked again at every post. */
  channel: boolean;
  /** Nobody here may receive anything about the case, whatever their office. */
  excluded: string[];
};

/** An allegation, or a doubt that may be one, about an adult here: it never goes to the safeguarding team first. */
export function isAllegation({ about, adultPart }: Involvement): boolean {
  if (about.includes('unknown-adult')) return true;
  return aboutAdultHere(about) && adultPart !== 'done-to';
}

/** Whether an adult here, or one who may work here, was ticked. */
export function namesAnAdult(about: readonly string[]): boolean {
  return aboutAdultHere(about) || about.includes('unknown-adult');
}

function aboutAdultHere(about: readonly string[]): boolean {
  return ['adult-here', 'headteacher', 'lead-or-deputy'].some((option) => about.includes(option));
}

/**
 * Which lane a new concern takes. Something done *to* an adult here is not an allegation, but without a
 * child in it, it is the headteacher's and not the safeguarding team's. Source: decisions.md 2; scenarios S7, S30.
 */
export function laneOf(involvement: Involvement): Lane {
  if (isAllegation(involvement)) return 'manager';
  const { about } = involvement;
  const child = about.includes('child-here') || about.includes('child-elsewhere');
  return aboutAdultHere(about) && !child ? 'manager' : 'lead';
}

/**
 * Who may know of a case: office holders less everyone involved, from people and not from roles alone,
 * so that a headteacher who is also the lead is excluded from both seats at once.
 * Source: procedures.md G2, T10-Q0; decisions.md 1 to 8.
 */
export function audienceOf(
  lane: Lane,
  involvement: Involvement,
  people: readonly Person[],
): Audience {
  const excluded = excludedFrom(involvement, people);
  const free = (candidates: Person[]) =>
    candidates.filter(({ id }) => !excluded.includes(id)).map(({ id }) => id);
  const team = lane === 'lead' ? free(withRole(people, 'lead', 'deputy')) : [];
  if (team.length > 0) return { lane, team, goesTo: 'safeguarding-team', channel: true, excluded };
  const headteacher = free(withRole(people, 'headteacher'));
  if (headteacher.length > 0)
    return { lane, team: headteacher, goesTo: 'headteacher', channel: false, excluded };
  const chair = free(withRole(people, 'chair'));
  if (chair.length > 0) return { lane, team: chair, goesTo: 'chair', channel: false, excluded };
  return { lane, team: [], goesTo: 'nobody', channel: false, excluded };
}

/**
 * Everybody whom the concern may be about, and everybody close to them. "The safeguarding lead or a
 * deputy" without a name means all of them until somebody says who.
 */
function excludedFrom(involvement: Involvement, people: readonly Person[]): string[] {
  const { about, subjects, conflicts, adultPart } = involvement;
  const excluded = new Set([...(adultPart === 'done-to' ? [] : subjects), ...conflicts]);
  if (adultPart === 'done-to') return [...excluded];
  if (about.includes('headteacher'))
    for (const person of withRole(people, 'headteacher')) excluded.add(person.id);
  if (about.includes('lead-or-deputy') && !namesOneOfTheTeam(subjects, people))
    for (const person of withRole(people, 'lead', 'deputy')) excluded.add(person.id);
  return [...excluded];
}

function namesOneOfTheTeam(subjects: readonly string[], people: readonly Person[]): boolean {
  return people.some((person) => subjects.includes(person.id) && hasRole(person, 'lead', 'deputy'));
}

/** Leadership on call who may be alerted: told at once in an emergency, whatever the lane. Source: decisions.md 1. */
export function onCallFor(audience: Audience, people: readonly Person[]): string[] {
  return withRole(people, 'leadership-on-call')
    .map(({ id }) => id)
    .filter((id) => !audience.excluded.includes(id));
}

/**
 * Who signs a closing as the second person: never the one who proposes it, never anybody involved.
 * Empty only for a chair with nobody above, where the LADO's recorded outcome stands in its place.
 * Source: procedures.md G14; decisions.md 7.
 */
export function secondPeople(
  audience: Audience,
  proposer: string,
  people: readonly Person[],
): string[] {
  const free = (candidates: Person[]) =>
    candidates
      .map(({ id }) => id)
      .filter((id) => id !== proposer && !audience.excluded.includes(id));
  if (audience.lane === 'manager')
    return audience.goesTo === 'chair' ? [] : free(withRole(people, 'chair'));
  const colleagues = free(withRole(people, 'lead', 'deputy'));
  if (colleagues.length > 0) return colleagues;
  const headteacher = free(withRole(people, 'headteacher'));
  return headteacher.length > 0 ? headteacher : free(withRole(people, 'chair'));
}
