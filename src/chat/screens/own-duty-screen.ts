import type { DoableStep } from '../../domain/procedure.ts';
import type { School } from '../../domain/school.ts';
import type { Screen } from '../elements.ts';
import { recordInputs } from '../fields.ts';
import type { Mint } from '../mint.ts';
import { contactFor, sentenceCase, spoken, text, type NationalContacts } from '../say.ts';

/** What the law asks of the reporter, whom to ring, and the boxes for whom they told. */
export function ownDutyScreen(
  step: DoableStep,
  caseId: string,
  { school, national }: { school: School; national: NationalContacts },
  mint: Mint,
): Screen {
  const numbers = step.ring
    .map((role) => contactFor(school, national, role))
    .filter((contact) => contact !== null)
    .map((contact) => sentenceCase(spoken(contact)));
  return {
    title: step.title,
    elements: [
      text(step.do, 'strong'),
      text(step.why),
      { type: 'list', items: [...numbers, 'In danger, 999'] },
      text('You do not need anyone’s permission.', 'quiet'),
    ],
    fields: recordInputs(step.record),
    submit: {
      label: 'Save',
      handle: mint.handle({ type: 'own-duty', case: caseId, at: 'save' }),
    },
    buttons: [],
  };
}
