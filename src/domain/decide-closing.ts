import type { CaseState } from './case.ts';
import type { Command, Decision } from './commands.ts';
import type { Walk } from './walk.ts';

/**
 * A closing is proposed by the holder and confirmed by a second person. It is refused with the list of
 * what is missing. Source: procedures.md G14; decisions.md 7.
 */
export function decideClosing(
  state: CaseState,
  command: Command & { type: 'propose-closing' },
  walk: Walk,
  signers: string[],
): Decision {
  if (state.closing !== null)
    return { ok: false, refusal: { type: 'already-proposed', by: state.closing.by } };
  if (walk.missing.length > 0)
    return { ok: false, refusal: { type: 'still-missing', steps: walk.missing } };
  const choice = walk.ends.find(({ end }) => end.ref === command.end);
  if (choice === undefined) return { ok: false, refusal: { type: 'not-offered' } };
  if (!choice.available)
    return {
      ok: false,
      refusal: { type: 'end-not-available', words: choice.end.requires_words ?? choice.end.do },
    };
  if (choice.end.reason && (command.reason ?? '').trim() === '')
    return { ok: false, refusal: { type: 'reason-needed' } };
  return proposed(command, walk, signers);
}

function proposed(
  { end, summary, outcome, reason }: Command & { type: 'propose-closing' },
  walk: Walk,
  signers: string[],
): Decision {
  const proposal = { type: 'closing-proposed', end, summary, outcome, reason, signers } as const;
  if (signers.length > 0) return { ok: true, events: [{ ...proposal, signers }] };
  return ladoHasAnswered(walk)
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

/** The second person agrees, or sends it back with a reason. Never the person who proposed it. */
export function decideSigning(
  { closing }: CaseState,
  command: Command & { type: 'sign' },
  actor: string,
): Decision {
  if (closing === null) return { ok: false, refusal: { type: 'not-offered' } };
  if (closing.by === actor) return { ok: false, refusal: { type: 'same-person' } };
  if (command.accept) return { ok: true, events: [{ type: 'closed', end: closing.end }] };
  if (command.reason.trim() === '') return { ok: false, refusal: { type: 'reason-needed' } };
  return { ok: true, events: [{ type: 'closing-returned', reason: command.reason }] };
}

/** A closed case opens again with a reason; its holder, if still entitled, holds it. */
export function decideReopening(state: CaseState, command: Command & { type: 'reopen' }): Decision {
  if (state.closedAt === null) return { ok: false, refusal: { type: 'not-offered' } };
  if (command.reason.trim() === '') return { ok: false, refusal: { type: 'reason-needed' } };
  return { ok: true, events: [{ type: 'reopened', reason: command.reason }] };
}
