import type { Interaction } from '../chat/interaction.ts';
import { readActionData, type Carried } from './action-data.ts';
import type { IncomingActivity } from './activity.ts';
import { raiseCommand } from './commands.ts';
import { dialogData, execution, raising, search } from './invoke-values.ts';
import { baseOf, interactionFor, placeOf, type Received, type Way } from './received.ts';
import { unpackScreen } from './screen-echo.ts';

type Receive = (activity: IncomingActivity, at: Date) => Received;

/** An invoke is a press or a submission that waits for its answer. */
export function receiveInvoke(activity: IncomingActivity, at: Date): Received {
  return invokes.get(activity.name ?? '')?.(activity, at) ?? { type: 'unknown' };
}

const invokes = new Map<string, Receive>([
  ['task/fetch', openedDialog],
  ['task/submit', sentDialog],
  ['composeExtension/fetchTask', raised],
  ['composeExtension/submitAction', sentDialog],
  ['adaptiveCard/action', executed],
  ['application/search', searched],
]);

function openedDialog(activity: IncomingActivity, at: Date): Received {
  const read = readActionData(dialogData(activity.value));
  if (!read) return { type: 'unreadable', way: 'dialog' };
  const interaction = interactionFor(read, baseOf(activity, at, 'dialog'), 'message');
  return {
    type: 'interaction',
    interaction,
    way: { type: 'dialog', screen: null },
    values: read.values,
  };
}

function sentDialog(activity: IncomingActivity, at: Date): Received {
  const read = readActionData(dialogData(activity.value));
  if (!read) return { type: 'unreadable', way: 'dialog' };
  const interaction = interactionFor(read, baseOf(activity, at, 'dialog'), 'screen');
  const packed = 'screen' in read.carries ? read.carries.screen : undefined;
  const screen = packed === undefined ? null : unpackScreen(packed);
  return { type: 'interaction', interaction, way: { type: 'dialog', screen }, values: read.values };
}

function raised(activity: IncomingActivity, at: Date): Received {
  const asked = raising(activity.value);
  if (asked?.commandId !== raiseCommand) return { type: 'unreadable', way: 'dialog' };
  const interaction: Interaction = {
    ...baseOf(activity, at, 'dialog'),
    type: 'asked-to-raise',
    messageLink: asked.messageLink,
    text: '',
  };
  return { type: 'interaction', interaction, way: { type: 'dialog', screen: null }, values: {} };
}

function executed(activity: IncomingActivity, at: Date): Received {
  const action = execution(activity.value);
  const read = action && readActionData({ ...action.data, verb: action.verb });
  if (!read) return { type: 'unreadable', way: 'execute' };
  return {
    type: 'interaction',
    interaction: interactionFor(read, baseOf(activity, at, placeOf(activity)), 'message'),
    way: wayOf(read.carries, activity.replyToId ?? null),
    values: read.values,
  };
}

function wayOf(carries: Carried, pressedMessage: string | null): Way {
  const onForm = 'form' in carries && carries.form === true;
  return { type: 'execute', again: again(carries), pressedMessage, onForm };
}

/** A form's values are gone once it is sent, so that asking again means starting again. */
function again(carries: Carried): Carried {
  return carries.verb === 'submit' ? { verb: 'raise' } : carries;
}

function searched(activity: IncomingActivity, at: Date): Received {
  const asked = search(activity.value);
  if (!asked) return { type: 'unreadable', way: 'search' };
  const base = baseOf(activity, at, placeOf(activity));
  return {
    type: 'interaction',
    interaction: { ...base, type: 'searched', handle: asked.dataset, query: asked.queryText },
    way: { type: 'search' },
    values: {},
  };
}
