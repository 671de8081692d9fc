import type { Button, Field, Screen, Values } from '../chat/elements.ts';
import { type Block, type InputBlock, type ModalView, plainText } from './block-kit.ts';
import { fit } from './fit.ts';
import { writeMetadata } from './private-metadata.ts';
import { buttonRows, renderElements } from './render-elements.ts';
import { renderField } from './render-field.ts';
import { paragraphs, richBlocks } from './rich-text.ts';
import { shorten } from './split-text.ts';
import { slackLimits } from './slack-limits.ts';
import { words } from './words.ts';

/** What the window shows now, as far as an update must know it. */
export type Shown = { title: string; values: Values; editions: Record<string, number> };

export const nothingShown: Shown = { title: '', values: {}, editions: {} };

/** The callback id of every screen; what a submission means is in the handle. */
export const screenCallback = 'screen';

/** The screen as a window. `shown`: what it replaces, so that inputs keep or lose Slack's memory rightly. */
export function renderScreen(screen: Screen, shown: Shown = nothingShown): ModalView {
  const { submit, as, buttons } = footerOf(screen);
  const toRead = [...longTitle(screen.title), ...renderElements(screen.elements, { plan: false })];
  const toAct = [...inputsOf(screen, shown, as === 'press'), ...buttonRows(buttons, 'b')];
  return {
    type: 'modal',
    callback_id: screenCallback,
    title: plainText(titleOf(screen.title)),
    close: plainText(words.close),
    ...(submit === null ? {} : { submit: plainText(shorten(submit.label, slackLimits.viewTitle)) }),
    private_metadata: writeMetadata(screen, submit?.handle ?? null, as),
    blocks: fit(toRead, toAct, { blocks: slackLimits.viewBlocks, bytes: slackLimits.viewBytes }),
  };
}

type Footer = { submit: Screen['submit']; as: 'submit' | 'press'; buttons: Button[] };

/** Slack wants a submit button wherever there is an input: without one, the first button takes its place. */
function footerOf({ submit, fields, buttons }: Screen): Footer {
  const [first, ...others] = buttons;
  if (submit !== null || fields.length === 0 || first === undefined)
    return { submit, as: 'submit', buttons };
  return { submit: { label: first.label, handle: first.handle }, as: 'press', buttons: others };
}

/** A longer title stands whole in the window, and cut in its frame. */
function titleOf(title: string): string {
  return shorten(title, slackLimits.viewTitle);
}

function longTitle(title: string): Block[] {
  return title.length > slackLimits.viewTitle ? richBlocks(paragraphs(title, { bold: true })) : [];
}

function inputsOf(screen: Screen, shown: Shown, allOptional: boolean): InputBlock[] {
  const fresh = Math.max(-1, ...Object.values(shown.editions)) + 1;
  const blocks = screen.fields.flatMap((field) =>
    renderField(
      field,
      isStillShown(screen, field, shown) ? (shown.editions[field.id] ?? fresh) : fresh,
    ),
  );
  return allOptional ? blocks.map((block) => ({ ...block, optional: true })) : blocks;
}

function isStillShown({ title }: Screen, field: Field, shown: Shown): boolean {
  if (titleOf(title) !== shown.title || !(field.id in shown.editions)) return false;
  return sameValue(field.value, shown.values[field.id]);
}

/** Absent and empty mean the same. */
function sameValue(a: string | string[] | null, b: string | string[] | undefined): boolean {
  return JSON.stringify(sortedList(a)) === JSON.stringify(sortedList(b));
}

function sortedList(value: string | string[] | null | undefined): string[] {
  const list = Array.isArray(value) ? value : [value ?? ''];
  return list.filter((entry) => entry !== '').sort();
}

/** The callback id of a window that is about to show something else. */
export const waitingCallback = 'waiting';

/** The window that opens before anything is known. */
export function waitingView(screen: Screen): ModalView {
  const view = renderScreen({ ...screen, fields: [], buttons: [], submit: null });
  return { ...view, callback_id: waitingCallback };
}
