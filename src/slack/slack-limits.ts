/**
 * What Slack takes, from its Block Kit reference (checked November 2026). Only the renderers read
 * this; the forms are held to the tighter `chat/limits.ts`.
 */
export const slackLimits = {
  header: 150,
  text: 3000,
  contextText: 2000,
  inputText: 3000,
  inputLabel: 2000,
  hint: 2000,
  optionText: 75,
  optionValue: 75,
  options: 100,
  optionsShown: 10,
  buttonText: 75,
  buttonValue: 2000,
  viewTitle: 24,
  viewBlocks: 100,
  messageBlocks: 50,
  privateMetadata: 3000,
  chartTitle: 50,
  chartLabel: 20,
  chartPoints: 20,
  /** Slack takes 250 KB; a view comes back percent-encoded with every submission, within our 256 KB. */
  viewBytes: 100_000,
  /** Own ceiling: Slack answers msg_blocks_too_long somewhere above 13,000 characters. */
  messageBytes: 40_000,
  /** One long-text field is drawn as at most so many inputs. */
  inputsPerField: 3,
} as const;
