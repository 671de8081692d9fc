import type { Interaction, Sender } from '../chat/interaction.ts';
import type { Claim } from './account.ts';

/**
 * A payload half translated: everything but who it was, which Slack still has to be asked about. A
 * window can be opened meanwhile.
 */
export type Received = { claim: Claim; interaction(from: Sender, at: Date): Interaction };

/** A message, a submission or a press that is none of ours: malformed, tampered with, or unknown. */
export type Refused = null;
