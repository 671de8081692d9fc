import type { types } from '@slack/bolt';

/*
 * Slack's own types under short names. They come through Bolt, so that no package is needed that
 * package.json does not name.
 */

export type Block = types.KnownBlock;
export type InputBlock = types.InputBlock;
export type InputElement = types.InputBlock['element'];
export type Option = types.PlainTextOption;
export type PlainText = types.PlainTextElement;
export type Button = types.Button;
export type ModalView = types.ModalView;
export type HomeView = types.HomeView;
export type RichBlock = types.RichTextBlock;
export type RichPart = types.RichTextBlockElement;
export type RichSection = types.RichTextSection;
export type RichRun = types.RichTextText;
export type RichStyle = NonNullable<types.RichTextText['style']>;
export type PlanBlock = types.PlanBlock;
export type TaskCard = types.TaskCardBlock;

/** Literal text: no markup, and `:siren:` stays `:siren:`. */
export function plainText(text: string): PlainText {
  return { type: 'plain_text', text, emoji: false };
}
