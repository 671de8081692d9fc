/**
 * The few sentences that the adapter says by itself, because the conversation could not be asked or
 * did not answer. Everything else comes from `chat`.
 */
export const words = {
  appTitle: 'Safeguarding',
  close: 'Close',
  steps: 'Steps',
  never: 'What not to do',
  notSaved:
    'Not saved. Please try again in a minute. Do not wait for this app: tell a safeguarding lead ' +
    'face to face or by phone now. If a child is in danger, ring 999.',
  unknownIfSaved:
    'It is not certain that this was saved. Please send it once more: it cannot be saved twice. Do ' +
    'not wait for this app: tell a safeguarding lead face to face or by phone now.',
  notShown:
    'Slack could not show the answer. Please try again: nothing is saved twice. If a child is in ' +
    'danger, ring 999.',
  runAgain:
    'Slack could not open the form in time. Nothing was saved. Please try again. If a child is in ' +
    'danger, ring 999.',
  nothingMore: 'There is nothing more to do here. You can close this window.',
  tooMuch: 'There is more than fits here.',
  continued: (part: number, parts: number) => `continued, ${String(part)} of ${String(parts)}`,
  openForm: 'The form opens in a window, so that what you write does not stay in this chat.',
  openFormButton: 'Open the form',
  homeUnavailable:
    'This page cannot be shown just now. Please open it again in a minute. If a child is in danger, ' +
    'ring 999.',
} as const;
