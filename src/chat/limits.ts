/**
 * The tighter of the two platforms' ceilings, so that one form fits both and nothing is ever cut.
 * Sources: Slack's Block Kit reference and @slack/types 3.2; Teams "format your bot messages" (100 KB
 * as UTF-16) and Adaptive Card 1.5. Checked November 2026.
 */
export const limits = {
  /** Slack plain_text_input. */
  longText: 3000,
  shortText: 250,
  /** Slack modal titles; Teams dialogs allow more. */
  screenTitle: 24,
  submitLabel: 24,
  buttonLabel: 75,
  buttonsInARow: 5,
  choiceLabel: 75,
  /** Slack radio buttons and checkboxes; longer lists are drawn as selects. */
  choicesShown: 10,
  choices: 100,
  /** Slack section text. */
  text: 3000,
  /** Slack blocks in one modal. */
  screenBlocks: 100,
  /** Slack blocks in one message. */
  messageBlocks: 50,
  /** Own ceiling, far under Teams' 100 KB. */
  teamsCardBytes: 25_000,
} as const;
