import type { Express } from 'express';
import { loadPolicies, type Policies } from './policies/load-policies.ts';

/** A reason not to start, as one clear sentence for the person at the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** A started program. */
export type Running = {
  app: Express;
  /** Printed once it listens. */
  says: string[];
  /** Called once it listens. */
  listening?: () => Promise<void>;
  /** Called when it takes no more: what would keep a connection open for ever must end it. */
  closing?: () => void;
  stop(): Promise<void>;
};

/** Tells the person at the terminal something. */
export type Say = (line: string) => void;

/** The policies, or a reason not to start: a school must not run on procedures with problems. */
export function policiesOrStop(): Policies {
  const policies = loadPolicies(undefined, { trust: 'released' });
  const [first] = policies.problems;
  if (first === undefined) return policies;
  const more = policies.problems.length - 1;
  throw new StartError(
    `The procedures have problems: ${first.file} ${first.path}: ${first.problem}${more > 0 ? ` (and ${String(more)} more)` : ''}. Run: npm run policies -- check`,
  );
}
