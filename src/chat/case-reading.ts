import { actOnCase } from '../app/act-on-case.ts';
import { openWalk, viewDetails, viewWalk } from '../app/view-case.ts';
import { audienceOfCase } from '../domain/case.ts';
import { may } from '../domain/permissions.ts';
import { confidentialCard } from './cards/case-cards.ts';
import type { Action } from './action.ts';
import type { Context } from './context.ts';
import type { Reply } from './interaction.ts';
import { caseDetailsScreen } from './screens/case-details-screen.ts';
import { chooseRecordScreen, recordScreen } from './screens/record-screen.ts';
import { answersScreen, stepsScreen } from './screens/steps-screen.ts';
import { drawn } from './context.ts';
import { drawnWalk, nothingHere, replyWithWalk, walkCard, type Surface } from './walk-reply.ts';

/**
 * The walk. For a case manager, opening is taking it: there is nobody else to claim it from, and the clock
 * that waits for somebody to look stops. Whoever was only alerted to it looks, and takes nothing.
 */
export async function showWalk(context: Context, caseId: string, surface: Surface): Promise<Reply> {
  const view = await openWalk(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere(surface);
  const { state, school } = view;
  const { lane, team } = audienceOfCase(state, school.people);
  const takes = lane === 'manager' && team.includes(context.actor.person);
  if (takes && state.holder === null && state.closedAt === null)
    await actOnCase(context.chat.app, context.actor, caseId, { type: 'claim', seen: null });
  return replyWithWalk(context, caseId, surface, null);
}

/** `/concern cases` → Open: the walk as a message of its own; of a restricted case, the pointer to it. */
export async function bringWalk(context: Context, caseId: string): Promise<Reply> {
  const view = await openWalk(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere('message');
  const card =
    view.state.lane === 'manager'
      ? await drawn(context, view.state.version, 'card', (mint) => confidentialCard(view, mint))
      : await drawnWalk(context, view, null, walkCard);
  return { type: 'message', card };
}

export async function showDetails(
  context: Context,
  caseId: string,
  page: number,
  surface: Surface,
): Promise<Reply> {
  const details = await viewDetails(
    context.chat.app,
    context.actor,
    caseId,
    page === 0 ? 'details' : 'chronology',
  );
  if (details === null) return nothingHere(surface);
  const reader = {
    id: context.actor.person,
    holder: details.state.holder === context.actor.person,
    exports: may('export', context.actor.person, details.state, details.school.people),
  };
  const screen = await drawn(context, details.state.version, 'card', (mint) =>
    caseDetailsScreen(details, page, reader, mint),
  );
  return { type: 'screen', screen };
}

/** What is copied into a child's file, in pages. With more than one child it asks first for whom. */
export async function showRecord(
  context: Context,
  { case: caseId, child, page }: Action & { type: 'show-record' },
  surface: Surface,
): Promise<Reply> {
  const details = await viewDetails(context.chat.app, context.actor, caseId, 'export');
  if (details === null) return nothingHere(surface);
  const { children, version } = details.state;
  const whose = child ?? (children.length === 1 ? (children[0]?.id ?? null) : null);
  const screen = await drawn(context, version, 'card', (mint) =>
    whose === null && children.length > 1
      ? chooseRecordScreen(details, mint)
      : recordScreen({ details, child: whose, page, sources: context.chat.sources, mint }),
  );
  return { type: 'screen', screen };
}

export async function showSteps(
  context: Context,
  caseId: string,
  surface: Surface,
): Promise<Reply> {
  const details = await viewDetails(context.chat.app, context.actor, caseId, 'all-steps');
  if (details === null) return nothingHere(surface);
  return { type: 'screen', screen: await drawnWalk(context, details, null, stepsScreen) };
}

export async function showAnswers(
  context: Context,
  caseId: string,
  page: number,
  surface: Surface,
): Promise<Reply> {
  const view = await viewWalk(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere(surface);
  const screen = await drawnWalk(context, view, null, (drawing) => answersScreen(drawing, page));
  return { type: 'screen', screen };
}
