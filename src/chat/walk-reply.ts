import { viewAgain, type CaseView } from '../app/view-case.ts';
import { may } from '../domain/permissions.ts';
import { walkElements, type WalkDrawing } from './cards/walk-elements.ts';
import { nothingHereCard } from './cards/plain-cards.ts';
import { drawn, type Context } from './context.ts';
import type { Card, Screen } from './elements.ts';
import type { Reply } from './interaction.ts';
import type { Mint } from './mint.ts';
import { walkScreen } from './screens/walk-screen.ts';

/** Where the person pressed: decides whether the answer may be a card in a chat. */
export type Surface = 'message' | 'screen';

/** Draws with the walk of a case for this person; buttons carry the case's version. */
export function drawnWalk<T>(
  context: Context,
  view: CaseView,
  said: string | null,
  draw: (drawing: WalkDrawing) => T,
): Promise<T> {
  const { state, school } = view;
  const holder =
    state.holder === context.actor.person &&
    may('answer', context.actor.person, state, school.people);
  return drawn(context, state.version, 'card', (mint: Mint) =>
    draw({
      view,
      national: context.chat.national,
      sources: context.chat.sources,
      mint,
      holder,
      said,
    }),
  );
}

/** The walk card for the holder's own chat. Only ever for a case that is not restricted. */
export function walkCard(drawing: WalkDrawing): Card {
  return {
    kind: 'walk',
    summary: `${drawing.view.state.reference}: what to do next.`,
    elements: walkElements(drawing),
  };
}

/**
 * Where the case stands now, as an answer to a press: in the same place, except that a restricted case is
 * only ever shown in a dialog.
 */
export async function replyWithWalk(
  context: Context,
  caseId: string,
  surface: Surface,
  said: string | null,
): Promise<Reply> {
  const view = await viewAgain(context.chat.app, context.actor, caseId);
  if (view === null) return nothingHere(surface, said);
  if (surface === 'screen' || view.state.lane === 'manager') {
    const screen: Screen = await drawnWalk(context, view, said, walkScreen);
    return { type: 'screen', screen };
  }
  const card = await drawnWalk(context, view, said, walkCard);
  return { type: 'replace', card, notice: null };
}

/** The same for a case that does not exist and for one that is somebody else's. */
export function nothingHere(surface: Surface, said: string | null = null): Reply {
  const card = nothingHereCard();
  const words = said ?? card.summary;
  if (surface === 'message') return { type: 'replace', card, notice: said };
  return {
    type: 'screen',
    screen: {
      title: 'Concern',
      elements: [{ type: 'text', text: words, tone: 'plain' }],
      fields: [],
      submit: null,
      buttons: [],
    },
  };
}
