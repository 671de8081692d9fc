import type { IncomingActivity } from './activity.ts';
import { addressOf } from './address.ts';
import { baseOf, placeOf, type Received } from './received.ts';

/** The bot was added to a person's chat or to a team, so that it can be written to from now on. */
export function receiveInstallation(activity: IncomingActivity, at: Date): Received {
  if (!wasAdded(activity)) return { type: 'ignored' };
  return {
    type: 'interaction',
    interaction: {
      ...baseOf(activity, at, placeOf(activity)),
      type: 'became-reachable',
      address: addressOf(activity),
    },
    way: { type: 'chat', again: { verb: 'raise' }, pressedMessage: null },
    values: {},
  };
}

function wasAdded({ type, action, membersAdded, recipient }: IncomingActivity): boolean {
  if (type === 'installationUpdate') return action === 'add' || action === 'add-upgrade';
  return (membersAdded ?? []).some((member) => member.id === recipient.id);
}
