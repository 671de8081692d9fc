/*
 * The few sentences that this adapter says itself, when the conversation could not be asked. They hold
 * in every case: whom to ring stands in each that may mean that nothing was saved.
 */

const RING =
  'Do not wait for this app: tell a member of the safeguarding team face to face or by phone now. ' +
  'If a child is in danger, ring 999.';

/** Fixed texts; none is built from anything that was typed. */
export const sentences = {
  notSetUp:
    'This app is not set up for your organisation. Please tell your safeguarding team face to face. ' +
    'If a child is in danger, ring 999.',
  failed: `Something went wrong, and I cannot say whether this was saved. Please press again: it is never saved twice. ${RING}`,
  slow: `This is taking too long, and I cannot say yet whether it was saved. Please press again: it is never saved twice. ${RING}`,
  nothingHere: 'There is nothing here for you.',
  needsDialog: 'The rest opens in a window of its own, which this client does not have.',
  sentToChat: 'The answer is a new message in our own chat.',
  done: 'Done.',
} as const;
