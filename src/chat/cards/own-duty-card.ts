import type { CaseView } from '../../app/view-case.ts';
import { asksForOwnDuty, ownDuty } from '../../domain/own-duty.ts';
import type { WholeStep } from '../../domain/procedure.ts';
import type { Card, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';

/** What the law asks of the reporter, and where they write down that they did it. */
export function dutyElements(step: WholeStep, caseId: string, mint: Mint): CardElement[] {
  const record = mint.button(
    'Record whom I told',
    { type: 'own-duty', case: caseId, at: 'ask' },
    { opens: 'dialog' },
  );
  return [heading(step.title), text(step.do), { type: 'buttons', buttons: [record] }];
}

/** To the reporter, when what came out since makes it their own duty. Says nothing of what came out. */
export function ownDutyCard({ state, policy, walk }: CaseView, mint: Mint): Card | null {
  const step = policy.steps.get(ownDuty);
  if (step === undefined || state.lane === 'manager' || !asksForOwnDuty(walk)) return null;
  return {
    kind: 'own-duty',
    summary: `${state.reference}: the law asks something of you too.`,
    elements: [
      text(`${state.reference}: the law asks something of you too.`, 'strong'),
      ...dutyElements(step, state.id, mint),
      text('You do not need anyone’s permission. In danger, ring 999.', 'quiet'),
    ],
  };
}
