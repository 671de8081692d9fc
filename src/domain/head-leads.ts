import { hasRole, type Person } from './people.ts';
import { isDoable, type Policy, type WholeStep } from './procedure.ts';

const worded = new WeakMap<Policy, Policy>();

/**
 * The policy in the words of this school: where the headteacher is one of the safeguarding team, what the team
 * would tell the headteacher goes to the chair. The steps and what they ask for are the same. Source: scenario S13.
 */
export function wordedFor(policy: Policy, people: readonly Person[]): Policy {
  if (!headLeads(people)) return policy;
  const known = worded.get(policy);
  if (known !== undefined) return known;
  const steps = new Map([...policy.steps].map(([ref, step]) => [ref, inOtherWords(step)]));
  const other = { ...policy, steps };
  worded.set(policy, other);
  return other;
}

function headLeads(people: readonly Person[]): boolean {
  return people.some(
    (person) =>
      person.active && hasRole(person, 'headteacher') && hasRole(person, 'lead', 'deputy'),
  );
}

function inOtherWords(step: WholeStep): WholeStep {
  return isDoable(step) ? { ...step, ...step.where_head_leads } : step;
}
