import type { Screen, ScreenElement } from '../chat/elements.ts';
import { adaptiveCard, type Action, type AdaptiveCard, type Element } from './adaptive-card.ts';
import { opensDialog, type Carried } from './action-data.ts';
import { renderButtons, renderSubmit, rowsOf, type Surface } from './render-buttons.ts';
import {
  heading,
  neverFirst,
  renderElement,
  renderElements,
  renderPrivate,
  toned,
} from './render-element.ts';
import { renderField } from './render-field.ts';
import { packScreen } from './screen-echo.ts';
import { sentences } from './sentences.ts';

/** What is wrong with what was sent: in all, and field by field. */
export type Problem = { message: string; fields: Record<string, string> };

const NO_PROBLEM: Record<string, string> = {};
/** Room for the packed screen in all of its buttons together, of the 100 KB that Teams takes. */
const ECHO_ROOM = 24_000;

/** Draws a screen for a dialog, which Teams does not keep. */
export function renderDialog(screen: Screen, problem: Problem | null = null): AdaptiveCard {
  const surface: Surface = { type: 'dialog', screen: echoOf(screen) };
  const above = problem === null ? [] : [toned(problem.message, 'danger')];
  return adaptiveCard(screen.title, [
    ...above,
    ...neverFirst(screen.elements).flatMap((one) => renderAny(one, surface)),
    ...fieldsOf(screen, false, problem?.fields ?? NO_PROBLEM),
    ...endOf(screen, surface),
  ]);
}

/**
 * Draws a screen as a chat message, which Teams keeps: with no values and nothing anybody wrote. A
 * screen that needs those gets a button instead, which asks for it again in a dialog.
 */
export function renderInline(
  screen: Screen,
  type: 'message' | 'plain-message',
  again: Carried,
): AdaptiveCard {
  const surface: Surface = { type, form: true };
  const open = screen.elements.filter((one) => !isPrivate(one));
  const [first] = open;
  const isSaid = first?.type === 'heading' && first.text === screen.title;
  const top = [...(isSaid ? [] : [heading(screen.title)]), ...renderElements(open, surface)];
  const rest = needsDialog(screen)
    ? dialogButton(surface, again)
    : [...fieldsOf(screen, true, NO_PROBLEM), ...endOf(screen, surface)];
  return adaptiveCard(screen.title, [...top, ...rest]);
}

/** Whether drawing it whole would put somebody's words, a name or an answer into a message. */
export function needsDialog({ elements, fields }: Screen): boolean {
  const filled = fields.some(({ value }) => value !== null && value.length > 0);
  return filled || elements.some(isPrivate);
}

function isPrivate(
  one: ScreenElement,
): one is Extract<ScreenElement, { type: 'words' | 'private-facts' }> {
  return one.type === 'words' || one.type === 'private-facts';
}

function renderAny(one: ScreenElement, surface: Surface): Element[] {
  return isPrivate(one) ? renderPrivate(one) : renderElement(one, surface);
}

function fieldsOf(screen: Screen, kept: boolean, problems: Record<string, string>): Element[] {
  // Teams' own check holds back every button that brings the values along, "Back" too.
  const enforced = screen.buttons.length === 0;
  return screen.fields.flatMap((field) =>
    renderField(field, { kept, enforced, problem: problems[field.id] ?? null }),
  );
}

function endOf({ submit, buttons }: Screen, surface: Surface): Element[] {
  const send = submit === null ? [] : rowsOf([renderSubmit(submit, surface)]);
  return [...send, ...renderButtons(buttons, surface)];
}

function dialogButton(surface: Surface, again: Carried): Element[] {
  if (surface.type !== 'message') return [toned(sentences.needsDialog, 'quiet')];
  const data = opensDialog(again);
  const open: Action = { type: 'Action.Submit', title: 'Open', style: 'positive', data };
  return rowsOf([open]);
}

/** A screen that sends nothing need not be drawn again; one that is very long cannot travel along. */
function echoOf(screen: Screen): string | null {
  if (screen.fields.length === 0) return null;
  const packed = packScreen(screen);
  return packed.length * countButtons(screen) <= ECHO_ROOM ? packed : null;
}

function countButtons({ elements, submit, buttons }: Screen): number {
  const within = elements.map((one) => (one.type === 'buttons' ? one.buttons.length : 0));
  return within.reduce((sum, one) => sum + one, buttons.length + (submit === null ? 0 : 1));
}
