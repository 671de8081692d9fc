import type { CaseState } from './case.ts';
import type { Command, Decision, Refusal } from './commands.ts';
import type { Walk } from './walk.ts';

/**
 * A closing is proposed by the holder and confirmed by a second person. It is refused with the list of
 * what is missing. Source: procedures.md G14; decisions.md 7.
 */
export function decideClosing(
  state: CaseState,
  command: Command & { type: 'propose-closing' },
  walk: Walk,
  second: Second,
): Decision {
  if (state.closing !== null)
    return { ok: false, refusal: { type: 'already-proposed', by: state.closing.by } };
  const refusal = whyNotEnd(command.end, walk);
  if (refusal !== null) return { ok: false, refusal };
  const needsReason = walk.ends.some(({ end }) => end.ref === command.end && end.reason);
  if (needsReason && (command.reason ?? '').trim() === '')
    return { ok: false, refusal: { type: 'reason-needed' } };
  return proposed(command, walk, second);
}

/** Who may confirm; `nobodyAbove`: the chair handles it, and the LADO's answer stands in for a second person. */
export type Second = { signers: string[]; nobodyAbove: boolean };

/** Whether it can end like this as it stands now. */
function whyNotEnd(wanted: string, walk: Walk): Refusal | null {
  if (walk.missing.length > 0) return { type: 'still-missing', steps: walk.missing };
  const choice = walk.ends.find(({ end }) => end.ref === wanted);
  if (choice === undefined) return { type: 'not-offered' };
  if (choice.available) return null;
  return { type: 'end-not-available', words: choice.end.requires_words ?? choice.end.do };
}

function proposed(
  { end, summary, outcome, reason }: Command & { type: 'propose-closing' },
  walk: Walk,
  { signers, nobodyAbove }: Second,
): Decision {
  const proposal = { type: 'closing-proposed', end, summary, outcome, reason, signers } as const;
  if (signers.length > 0) return { ok: true, events: [{ ...proposal, signers }] };
  return nobodyAbove && ladoHasAnswered(walk)
    ? {
        ok: true,
        events: [
          { ...proposal, signers },
          { type: 'closed', end },
        ],
      }
    : { ok: false, refusal: { type: 'no-second-person' } };
}

/** A chair with nobody above closes on the LADO's recorded outcome instead of a second signature. */
function ladoHasAnswered(walk: Walk): boolean {
  return walk.steps.some(
    ({ step, outcome }) =>
      step.kind === 'referral' && step.ring.includes('lado') && outcome?.result === 'done',
  );
}

/**
 * The second person agrees, or sends it back with a reason. Never the person who proposed it, and never what
 * is not complete any more: an answer changed since may have brought steps in.
 */
export function decideSigning(
  { closing }: CaseState,
  command: Command & { type: 'sign' },
  walk: Walk,
  actor: string,
): Decision {
  if (closing === null) return { ok: false, refusal: { type: 'not-offered' } };
  if (closing.by === actor) return { ok: false, refusal: { type: 'same-person' } };
  if (command.accept) return confirmed(closing.end, walk);
  if (command.reason.trim() === '') return { ok: false, refusal: { type: 'reason-needed' } };
  return { ok: true, events: [{ type: 'closing-returned', reason: command.reason }] };
}

function confirmed(end: string, walk: Walk): Decision {
  const refusal = whyNotEnd(end, walk);
  return refusal === null
    ? { ok: true, events: [{ type: 'closed', end }] }
    : { ok: false, refusal };
}

/** A closed case opens again with a reason; its holder, if still entitled, holds it. */
export function decideReopening(state: CaseState, command: Command & { type: 'reopen' }): Decision {
  if (state.closedAt === null) return { ok: false, refusal: { type: 'not-offered' } };
  if (command.reason.trim() === '') return { ok: false, refusal: { type: 'reason-needed' } };
  return { ok: true, events: [{ type: 'reopened', reason: command.reason }] };
}
