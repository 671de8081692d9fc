import { actOnCase } from '../app/act-on-case.ts';
import { pinOf } from '../app/deps.ts';
import { viewWalk } from '../app/view-case.ts';
import { afterwards, type Press } from './case-acting.ts';
import type { Context } from './context.ts';
import type { Reply } from './interaction.ts';
import { nothingHere, replyWithWalk } from './walk-reply.ts';

/** The holder moves a running case to the newer procedure: answers stay, new steps appear. Source: scenario S50. */
export async function switchPolicy(context: Context, caseId: string, press: Press): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere(press.surface);
  if (view.newerPolicy === null) return replyWithWalk(context, caseId, press.surface, null);
  const command = {
    type: 'switch-policy',
    seen: press.seen,
    policy: pinOf(view.newerPolicy),
  } as const;
  return afterwards(
    context,
    caseId,
    press,
    await actOnCase(context.chat.app, context.actor, caseId, command),
  );
}
