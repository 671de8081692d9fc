import type { IncomingActivity } from './activity.ts';
import { receiveInstallation } from './receive-installation.ts';
import { receiveInvoke } from './receive-invoke.ts';
import { receiveMessage } from './receive-message.ts';
import type { Received } from './received.ts';

/** Says what a person did. Edited and deleted messages, reactions and typing are nothing. */
export function receive(activity: IncomingActivity, at: Date): Received {
  switch (activity.type) {
    case 'message':
      return receiveMessage(activity, at);
    case 'invoke':
      return receiveInvoke(activity, at);
    case 'installationUpdate':
    case 'conversationUpdate':
      return receiveInstallation(activity, at);
    default: // an open set: Teams' own types
      return { type: 'ignored' };
  }
}
