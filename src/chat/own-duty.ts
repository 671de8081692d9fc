import { actOnCase } from '../app/act-on-case.ts';
import { viewOwnDuty } from '../app/view-own-duty.ts';
import { clockTime } from '../domain/deadlines.ts';
import type { Action } from './action.ts';
import type { Press } from './case-acting.ts';
import { drawn, type Context } from './context.ts';
import { readRecord, recordInputs } from './fields.ts';
import type { Reply } from './interaction.ts';
import { readForm } from './read-form.ts';
import { explain } from './refusals.ts';
import { text } from './say.ts';
import { ownDutyScreen } from './screens/own-duty-screen.ts';
import { nothingHere } from './walk-reply.ts';

type OwnDuty = Action & { type: 'own-duty' };

/** The reporter writes down whom they told themselves. They see nothing else of the case by it. Source: scenario S52. */
export async function recordOwnDuty(
  context: Context,
  action: OwnDuty,
  press: Press,
): Promise<Reply> {
  const { chat, actor, school, now } = context;
  const step = await viewOwnDuty(chat.app, actor, action.case);
  if (step === null) return nothingHere(press.surface);
  if (action.at === 'ask') {
    const screen = await drawn(context, null, 'form', (mint) =>
      ownDutyScreen(step, action.case, { school, national: chat.national }, mint),
    );
    return { type: 'screen', screen };
  }
  const form = readForm(recordInputs(step.record), press.values);
  if (!form.ok)
    return {
      type: 'problem',
      message: 'Not saved yet. Please look at the marked boxes.',
      fields: form.fields,
    };
  const record = readRecord(step.record, form.read);
  const acted = await actOnCase(
    chat.app,
    actor,
    action.case,
    { type: 'record-own-duty', seen: null, record },
    { nonce: press.handle },
  );
  if (!acted.ok) return { type: 'problem', message: explain(acted.refusal, []), fields: {} };
  const said = `Saved at ${clockTime(now.toISOString())}. Thank you.`;
  return {
    type: 'finished',
    card: { kind: 'own-duty', summary: 'Saved.', elements: [text(said)] },
  };
}
