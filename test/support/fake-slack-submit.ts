import type { Json } from './fake-slack-blocks.ts';
import type { Heard } from './fake-slack-line.ts';
import { textOf } from './fake-slack-seen.ts';
import { closeWindow, drawInto, inputsOf, isEmpty, refusesView } from './fake-slack-windows.ts';
import { nameOf, type SlackWindow, type SlackWorld } from './fake-slack-world.ts';

/*
 * What Slack does when a window is sent: its own check of what is required, then what the bot says.
 */

/**
 * Sends the window unless Slack itself stops the person, and does what the answer says at once, so that
 * a later update finds the window as it then is.
 */
export async function submitWindow(
  world: SlackWorld,
  window: SlackWindow,
  send: () => Promise<Heard>,
): Promise<void> {
  if (window.view['submit'] === undefined)
    throw new Error('there is nothing to send on this window');
  const missing = inputsOf(window.view).filter(
    (block) => block['optional'] !== true && isEmpty(window.typed.get(String(block['block_id']))),
  );
  window.errors = new Map(
    missing.map((block) => [
      String(block['block_id']),
      `${textOf(block['label'])}: This is a required field`,
    ]),
  );
  if (missing.length > 0) return;
  const { status, json } = await send();
  world.recordings.push({
    kind: 'screen',
    to: nameOf(world, window.user),
    body: JSON.stringify(json ?? {}),
  });
  if (status === 200) obey(world, window, json ?? {});
  else window.errors.set('', 'We had some trouble connecting. Try again?');
}

function obey(world: SlackWorld, window: SlackWindow, answer: Json): void {
  switch (answer['response_action']) {
    case undefined:
    case 'clear':
      if (Object.keys(answer).some((key) => key !== 'response_action'))
        world.violations.push('answered a window with something unknown');
      closeWindow(world, window);
      return;
    case 'update':
      if (refusesView(world, answer['view'], 'response_action update').length === 0)
        drawInto(window, answer['view'] as Json);
      return;
    case 'errors':
      showErrors(world, window, answer['errors'] as Record<string, string>);
      return;
    default:
      world.violations.push(`answered a window with ${String(answer['response_action'])}`);
  }
}

function showErrors(world: SlackWorld, window: SlackWindow, errors: Record<string, string>): void {
  const inputs = inputsOf(window.view).map(({ block_id }) => String(block_id));
  for (const [block, error] of Object.entries(errors)) {
    if (!inputs.includes(block))
      world.violations.push(`an error for a block that is no input: ${block}`);
    else if (error === '') world.violations.push('an empty error');
    else window.errors.set(block, error);
  }
  if (Object.keys(errors).length === 0) world.violations.push('errors without any');
}
