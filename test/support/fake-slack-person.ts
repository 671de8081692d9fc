import type { Json } from './fake-slack-blocks.ts';
import { typeInto } from './fake-slack-fill.ts';
import type { Heard, Said } from './fake-slack-line.ts';
import * as payloads from './fake-slack-payloads.ts';
import {
  buttonsIn,
  inputNamed,
  optionLabel,
  type SeenButton,
  seenMessage,
  seenWindow,
  textOf,
} from './fake-slack-seen.ts';
import { submitWindow } from './fake-slack-submit.ts';
import { blocksOf, closeWindow, copyWindow, elementOf } from './fake-slack-windows.ts';
import {
  directChat,
  newTs,
  type SlackChannel,
  type SlackUser,
  type SlackWindow,
  type SlackWorld,
} from './fake-slack-world.ts';
import type { JourneyPerson, KeptButton, Where } from './journey-person.ts';
import type { SeenScreen } from './person-driver.ts';

/*
 * A person at Slack: types, presses what is really there, fills in what is really asked.
 */

/** What only Slack has. */
export type SlackPerson = JourneyPerson & {
  readonly id: string;
  opensHome(): Promise<void>;
  home(): SeenScreen | null;
  pressHome(label: string): Promise<void>;
  /** The global shortcut. */
  usesShortcut(): Promise<void>;
  /** Types a command with words after it, in some public channel. */
  commands(text: string): Promise<Heard>;
};

export type PersonDeps = {
  world: SlackWorld;
  /** Reaches the bot. */
  say: (what: Said, body: Json) => Promise<Heard>;
  /** Where the bot's calls stand now. */
  mark: () => number;
  /** Waits until the bot has done what it does after its acknowledgement. */
  settled: (since: number) => Promise<void>;
  /** What the slash command is called. */
  command: string;
  /** Where pictures lie. Nobody may fetch one. */
  pictures: string;
};

/** A button with its place; a window as it was when the button was taken down. */
type Kept =
  | { type: 'message'; channel: SlackChannel; ts: string; button: SeenButton }
  | { type: 'window'; window: SlackWindow; button: SeenButton }
  | { type: 'submit'; window: SlackWindow };

const answerMs = 3000;

export function createSlackPerson(deps: PersonDeps, user: SlackUser): SlackPerson {
  const { world } = deps;
  const searched = new Map<string, Json[]>();
  const top = () => world.windows.filter((window) => window.user === user.id).at(-1) ?? null;
  const theForm = () => top() ?? fail(`${user.name} has no form open`);
  const chat = () => directChat(world, user.id);
  const tell = async (what: Said, body: Json): Promise<Heard> => {
    const heard = await deps.say(what, body);
    if (heard.ms > answerMs)
      world.violations.push(`answered after ${String(Math.round(heard.ms))} ms`);
    if (heard.status !== 200) world.violations.push(`answered ${String(heard.status)}`);
    return heard;
  };
  // A bot marks a window that is about to show something else; nobody reads that one to the end.
  const notWaiting = () => poll(() => top()?.view['callback_id'] !== 'waiting');
  const closeAll = () => {
    for (const window of world.windows.filter((one) => one.user === user.id))
      closeWindow(world, window);
  };
  // A window covers everything else: whoever does something beside it has closed it.
  const beside = (what: Said, body: Json): Promise<Heard> => {
    closeAll();
    return say(what, body);
  };
  const say = async (what: Said, body: Json): Promise<Heard> => {
    const since = deps.mark();
    const heard = await tell(what, body);
    await deps.settled(since);
    await notWaiting();
    return heard;
  };
  const command = async (text: string, channel?: SlackChannel): Promise<Heard> => {
    const payload = payloads.commandPayload(world, user, deps.command, text, channel);
    const heard = await beside('command', payload);
    const said = heard.json?.['text'];
    if (typeof said === 'string') world.notices.push({ user: user.id, text: said });
    return heard;
  };
  const channelNamed = (name: string): SlackChannel => {
    const channel = world.channels.find((one) => one.name === name);
    if (!channel?.members.includes(user.id)) throw new Error(`${user.name} is not in ${name}`);
    return channel;
  };
  const find = (label: string, where?: Where): Kept => {
    const window = top();
    if (window !== null && where === undefined) return findIn(window, label);
    const channel = where?.channel === undefined ? chat() : channelNamed(where.channel);
    for (const { ts, blocks } of channel.messages.toReversed()) {
      const button = named(buttonsIn(blocks), label);
      if (button !== null && textOf(blocks).includes(where?.on ?? ''))
        return { type: 'message', channel, ts, button };
    }
    return fail(`no button "${label}" for ${user.name}`);
  };
  const submitNow = async (window: SlackWindow) => {
    const since = deps.mark();
    await submitWindow(world, window, () =>
      tell('interactive', payloads.submissionPayload(world, user, window)),
    );
    if (top()?.view['callback_id'] === 'waiting') await deps.settled(since);
    await notWaiting();
  };
  const pressIt = async (pressed: Kept): Promise<void> => {
    if (pressed.type === 'submit') return submitNow(pressed.window);
    const at =
      pressed.type === 'window' ? pressed.window : { channel: pressed.channel.id, ts: pressed.ts };
    await say('interactive', payloads.pressPayload(world, user, pressed.button, at));
  };
  const says = async (text: string) => {
    if (text.startsWith(deps.command)) {
      await command(text.slice(deps.command.length).trim(), chat());
      return;
    }
    chat().messages.push({ ts: newTs(), user: user.id, text, blocks: [] });
    await beside('event', payloads.typedEvent(world, user, chat().id, text));
  };
  const press = async (label: string, where?: Where) => {
    const found = find(label, where);
    if (found.type === 'message') closeAll();
    await pressIt(found);
  };
  const notices = () =>
    world.notices.filter((notice) => notice.user === user.id).map(({ text }) => text);
  return {
    id: user.id,
    name: user.name,
    says,
    saysIn: async (name, text) => {
      const channel = channelNamed(name);
      if (text.startsWith(deps.command))
        await command(text.slice(deps.command.length).trim(), channel);
      else channel.messages.push({ ts: newTs(), user: user.id, text, blocks: [] });
    },
    sendsPicture: async () => {
      await beside('event', payloads.pictureEvent(world, user, chat().id, deps.pictures));
    },
    raises: async () => {
      await command('');
    },
    raisesInChat: async () => {
      await says('concern');
      await press('Open the form');
    },
    commands: (text) => command(text),
    usesShortcut: async () => {
      await beside('interactive', payloads.shortcutPayload(world, user));
    },
    raisesFrom: async (link) => {
      const message = payloads.messageAt(link);
      await beside('interactive', payloads.messageShortcutPayload(world, user, message));
    },
    press,
    keep: (label, where) => {
      const found = find(label, where);
      const kept =
        found.type === 'message' ? found : { ...found, window: copyWindow(found.window) };
      return { platform: 'slack', kept };
    },
    pressKept: async ({ kept }: KeptButton, { altered = false } = {}) => {
      const held = altered ? withOtherHandle(kept as Kept) : (kept as Kept);
      closeAll();
      const before = { notices: notices().length, chat: chat().messages.length };
      const pressed = asOwn(world, user, held);
      await pressIt(pressed);
      const window = top();
      return [
        ...notices().slice(before.notices),
        ...chat()
          .messages.slice(before.chat)
          .map((message) => seenMessage(message).text),
        ...(window === null ? [] : [seenWindow(window).text]),
        ...(pressed.type === 'message' ? textAt(pressed) : []),
      ].join('\n');
    },
    fill: (values) => {
      const window = theForm();
      for (const [field, value] of Object.entries(values)) typeInto(window, field, value, searched);
    },
    search: async (field, query) => {
      const window = theForm();
      const block = inputNamed(window, field);
      const id = String(block['block_id']);
      const input = { block: id, action: String(elementOf(block)['action_id']), query };
      const payload = payloads.suggestionPayload(world, user, window, input);
      const options = ((await tell('interactive', payload)).json?.['options'] ?? []) as Json[];
      searched.set(id, options);
      return options.map(optionLabel);
    },
    submit: () => submitNow(theForm()),
    close: () => {
      const window = top();
      if (window !== null) closeWindow(world, window);
    },
    screen: () => {
      const window = top();
      return window === null ? null : seenWindow(window);
    },
    chat: () => chat().messages.map(seenMessage),
    channel: (name) => channelNamed(name).messages.map(seenMessage),
    notices,
    until: poll,
    opensHome: async () => {
      const event = { type: 'app_home_opened', user: user.id, channel: chat().id, tab: 'home' };
      await say('event', payloads.eventPayload(world, event));
    },
    home: () => {
      const window = world.homes.get(user.id);
      return window === undefined ? null : seenWindow(window);
    },
    pressHome: async (label) => {
      const window = world.homes.get(user.id) ?? fail(`${user.name} has no home`);
      await pressIt(findIn(window, label));
    },
  };
}

async function poll(what: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > end) throw new Error(`it never came to be: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function fail(message: string): never {
  throw new Error(message);
}

function named(buttons: SeenButton[], label: string): SeenButton | null {
  return buttons.find((button) => button.label === label) ?? null;
}

function findIn(window: SlackWindow, label: string): Kept {
  if (window.view['submit'] !== undefined && textOf(window.view['submit']) === label)
    return { type: 'submit', window };
  const button = named(buttonsIn(blocksOf(window.view)), label);
  return button === null
    ? fail(`no button "${label}" on "${textOf(window.view['title'])}"`)
    : { type: 'window', window, button };
}

function textAt({ channel, ts }: Kept & { type: 'message' }): string[] {
  return channel.messages.filter((one) => one.ts === ts).map((one) => seenMessage(one).text);
}

/** An old window, or somebody else's, is opened again as it was; a message is pressed where one can. */
function asOwn(world: SlackWorld, user: SlackUser, kept: Kept): Kept {
  if (kept.type === 'message')
    return kept.channel.members.includes(user.id)
      ? kept
      : { ...kept, channel: directChat(world, user.id) };
  const window = { ...copyWindow(kept.window), user: user.id };
  world.windows.push(window);
  return { ...kept, window };
}

function withOtherHandle(kept: Kept): Kept {
  if (kept.type !== 'submit') {
    const { action } = kept.button;
    return {
      ...kept,
      button: { ...kept.button, action: { ...action, value: other(action['value']) } },
    };
  }
  const metadata = JSON.parse(String(kept.window.view['private_metadata'])) as Json;
  const private_metadata = JSON.stringify({ ...metadata, submit: other(metadata['submit']) });
  return { ...kept, window: { ...kept.window, view: { ...kept.window.view, private_metadata } } };
}

function other(handle: unknown): string {
  const text = String(handle);
  return text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');
}
