import type { Json } from './fake-slack-blocks.ts';
import * as payloads from './fake-slack-payloads.ts';
import {
  buttonsIn,
  fieldIdOf,
  optionLabel,
  optionsOf,
  seenMessage,
  seenWindow,
  type SeenButton,
  textOf,
} from './fake-slack-seen.ts';
import { submitWindow } from './fake-slack-submit.ts';
import { blocksOf, closeWindow, elementOf, inputsOf } from './fake-slack-windows.ts';
import {
  directChat,
  newTs,
  type SlackChannel,
  type SlackUser,
  type SlackWindow,
  type SlackWorld,
} from './fake-slack-world.ts';
import type { Heard, Line, Said } from './fake-slack-line.ts';
import type { PersonDriver, SeenScreen } from './person-driver.ts';

/*
 * A person at Slack: types, presses what is really there, fills in what is really asked.
 */

/** What only Slack has. */
export type SlackPerson = PersonDriver & {
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
  line: () => Line;
  /** Where pictures lie. Nobody may fetch one. */
  pictures: string;
  /** Waits until the bot has done what it does after its acknowledgement. */
  settled: () => Promise<void>;
  command: string;
};

const answerMs = 3000;

export function createSlackPerson(deps: PersonDeps, user: SlackUser): SlackPerson {
  const { world, line, settled } = deps;
  const searched = new Map<string, Json[]>();
  const top = () => world.windows.filter((window) => window.user === user.id).at(-1) ?? null;
  const chat = () => directChat(world, user.id);
  const tell = async (what: Said, body: Json): Promise<Heard> => {
    const heard = await line().say(what, body);
    if (heard.ms > answerMs)
      world.violations.push(`answered after ${String(Math.round(heard.ms))} ms`);
    if (heard.status !== 200) world.violations.push(`answered ${String(heard.status)}`);
    return heard;
  };
  const say = async (what: Said, body: Json): Promise<Heard> => {
    const heard = await tell(what, body);
    await settled();
    return heard;
  };
  const command = async (text: string, channel?: SlackChannel): Promise<Heard> => {
    const heard = await say(
      'command',
      payloads.commandPayload(world, user, deps.command, text, channel),
    );
    const said = heard.json?.['text'];
    if (typeof said === 'string') world.notices.push({ user: user.id, text: said });
    return heard;
  };
  const pressAt = async (button: SeenButton, at: SlackWindow | { channel: string; ts: string }) => {
    await say('interactive', payloads.pressPayload(world, user, button, at));
  };
  const channelNamed = (name: string): SlackChannel => {
    const channel = world.channels.find((one) => one.name === name);
    if (!channel?.members.includes(user.id)) throw new Error(`${user.name} is not in ${name}`);
    return channel;
  };
  const submit = async () => {
    const window = top() ?? fail(`${user.name} has no form open`);
    await submitWindow(world, window, () =>
      tell('interactive', payloads.submissionPayload(world, user, window)),
    );
    await settled();
  };
  return {
    id: user.id,
    name: user.name,
    says: async (text) => {
      if (text.startsWith(deps.command)) {
        await command(text.slice(deps.command.length).trim(), chat());
        return;
      }
      chat().messages.push({ ts: newTs(), user: user.id, text, blocks: [] });
      await say('event', payloads.typedEvent(world, user, chat().id, text));
    },
    saysIn: async (name, text) => {
      const channel = channelNamed(name);
      if (text.startsWith(deps.command))
        await command(text.slice(deps.command.length).trim(), channel);
      else channel.messages.push({ ts: newTs(), user: user.id, text, blocks: [] });
    },
    sendsPicture: async () => {
      const event = payloads.typedEvent(world, user, chat().id, '');
      const files = [
        {
          id: 'F0INVENTED',
          mimetype: 'image/png',
          url_private: `${deps.pictures}/F0INVENTED`,
        },
      ];
      await say('event', {
        ...event,
        event: { ...(event['event'] as Json), subtype: 'file_share', files },
      });
    },
    raises: async () => {
      await command('');
    },
    commands: (text) => command(text),
    usesShortcut: async () => {
      await say('interactive', payloads.shortcutPayload(world, user));
    },
    raisesFrom: async (link) => {
      const [, channel = 'C0GENERAL1', stamp = '1700000000000000'] =
        /archives\/(\w+)\/p(\d+)/.exec(link) ?? [];
      const ts = `${stamp.slice(0, -6)}.${stamp.slice(-6)}`;
      await say(
        'interactive',
        payloads.messageShortcutPayload(world, user, { channel, ts, text: 'must not be read' }),
      );
    },
    press: async (label, where) => {
      const window = top();
      if (window !== null && where === undefined) {
        if (textOf(window.view['submit']) === label) return submit();
        const inWindow = named(buttonsIn(blocksOf(window.view)), label);
        return pressAt(inWindow ?? fail(`no button "${label}" on the open window`), window);
      }
      const channel = where === undefined ? chat() : channelNamed(where.channel);
      for (const { ts, blocks } of channel.messages.toReversed()) {
        const button = named(buttonsIn(blocks), label);
        if (button !== null) return pressAt(button, { channel: channel.id, ts });
      }
      fail(`no button "${label}" for ${user.name}`);
    },
    fill: (values) => {
      const window = top() ?? fail(`${user.name} has no form open`);
      for (const [field, value] of Object.entries(values)) type(window, field, value, searched);
    },
    search: async (field, query) => {
      const window = top() ?? fail(`${user.name} has no form open`);
      const block = inputNamed(window, field);
      const input = {
        block: String(block['block_id']),
        action: String(elementOf(block)['action_id']),
        query,
      };
      const heard = await say(
        'interactive',
        payloads.suggestionPayload(world, user, window, input),
      );
      const options = (heard.json?.['options'] ?? []) as Json[];
      searched.set(input.block, options);
      return options.map(optionLabel);
    },
    submit,
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
    notices: () =>
      world.notices.filter((notice) => notice.user === user.id).map(({ text }) => text),
    until: async (what) => {
      for (const end = Date.now() + 5000; !what();) {
        if (Date.now() > end) throw new Error('nothing of the kind happened within five seconds');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    opensHome: async () => {
      await say(
        'event',
        payloads.eventPayload(world, {
          type: 'app_home_opened',
          user: user.id,
          channel: chat().id,
          tab: 'home',
        }),
      );
    },
    home: () => {
      const window = world.homes.get(user.id);
      return window === undefined ? null : seenWindow(window);
    },
    pressHome: async (label) => {
      const window = world.homes.get(user.id) ?? fail(`${user.name} has no home`);
      await pressAt(
        named(buttonsIn(blocksOf(window.view)), label) ?? fail(`no button "${label}" at home`),
        window,
      );
    },
  };
}

function fail(message: string): never {
  throw new Error(message);
}

function named(buttons: SeenButton[], label: string): SeenButton | null {
  return buttons.find((button) => button.label === label) ?? null;
}

function inputNamed(window: SlackWindow, name: string): Json {
  const found = inputsOf(window.view).find(
    (block) => textOf(block['label']) === name || fieldIdOf(block) === name,
  );
  return found ?? fail(`no field "${name}" on "${textOf(window.view['title'])}"`);
}

function type(
  window: SlackWindow,
  name: string,
  value: string | string[],
  searched: Map<string, Json[]>,
): void {
  const block = inputNamed(window, name);
  const id = String(block['block_id']);
  const element = elementOf(block);
  const offered = [...optionsOf(element), ...(searched.get(id) ?? [])];
  const pick = (wanted: string): Json =>
    offered.find((option) => optionLabel(option) === wanted || option['value'] === wanted) ??
    fail(`"${wanted}" is not offered at "${name}"`);
  window.typed.set(id, { type: element['type'], ...held(element, value, pick) });
  window.errors.delete(id);
}

function held(element: Json, value: string | string[], pick: (wanted: string) => Json): Json {
  const list = Array.isArray(value) ? value : [value];
  const [one = ''] = list;
  switch (element['type']) {
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: list.map(pick) };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { selected_option: one === '' ? null : pick(one) };
    case 'datepicker':
      return { selected_date: one === '' ? null : one };
    case 'timepicker':
      return { selected_time: one === '' ? null : one };
    default:
      if (one.length > Number(element['max_length'] ?? 3000))
        fail(`Slack takes no more than ${String(element['max_length'])} characters`);
      return { value: one === '' ? null : one };
  }
}
