import {
  buttonsOf,
  inputsOf,
  opensDialog,
  textOf,
  violationsOf,
  type Json,
} from './fake-teams-cards.ts';
import {
  fillIn,
  inputNamed,
  inputsFor,
  newForm,
  seenScreen,
  type Form,
} from './fake-teams-form.ts';
import {
  addMessage,
  canRead,
  cardFor,
  personalChat,
  type Chat,
  type Message,
  type Person,
  type World,
} from './fake-teams-world.ts';
import type { JourneyPerson, KeptButton, Where } from './journey-person.ts';
import type { SeenMessage } from './person-driver.ts';

/*
 * A Teams client: draws what the bot sent, and sends what a press on it would send.
 */

export type BotAnswer = { status: number; body: Json | null };
export type Deliver = (person: Person, chat: Chat, activity: Json) => Promise<BotAnswer>;

type Dialog = Form & { invoke: 'task' | 'extension'; message: Message | null; chat: Chat };

/** A button with its place and what was typed beside it. */
type Kept =
  | { type: 'message'; chat: Chat; message: Message; action: Json; inputs: Json }
  | { type: 'dialog'; dialog: Dialog; action: Json; inputs: Json };

const UNREACHABLE = 'Something went wrong. Please try again.';
const EXTENSION = { commandId: 'raise-concern', commandContext: 'compose' };

/** What `person` can do and see. `pictures` is where dropped files lie; nobody may fetch them. */
export function createClient(
  person: Person,
  { world, deliver, pictures }: { world: World; deliver: Deliver; pictures: string },
): JourneyPerson {
  const forms = new WeakMap<Json, Form>();
  const notices: string[] = [];
  let dialog: Dialog | null = null;
  let extension: Json = EXTENSION;

  const own = () => personalChat(world, person);
  const formOf = (card: Json): Form => {
    const form = forms.get(card) ?? newForm(card, textOf(card).split('\n')[0] ?? '');
    forms.set(card, form);
    return form;
  };

  const say = async (chat: Chat, text: string, more: Json = {}) => {
    if (!person.installed && chat.person) throw new Error('the app is not installed');
    const { id } = addMessage(chat, { from: person, text });
    const html = { contentType: 'text/html', content: `<p>${text}</p>` };
    await deliver(person, chat, { type: 'message', id, text, attachments: [html], ...more });
  };

  const invoke = (chat: Chat, name: string, value: Json, message: Message | null) =>
    deliver(person, chat, {
      type: 'invoke',
      name,
      value,
      ...(message && { replyToId: message.id }),
    });

  const show = ({ status, body }: BotAnswer, opened: Omit<Dialog, keyof Form>) => {
    const task = body?.['task'] as { type: string; value: Json | string } | undefined;
    if (status !== 200) notices.push(UNREACHABLE);
    else if (!task) dialog = null;
    else if (typeof task.value === 'string') [dialog] = [null, notices.push(task.value)];
    else dialog = { ...newDialog(task.value), ...opened };
  };

  const newDialog = (value: Json): Form => {
    const card = (value['card'] as Json)['content'] as Json;
    record('screen', person.name, value, violationsOf(card, 'dialog'));
    return newForm(card, String(value['title']));
  };

  const record = (kind: 'chat' | 'screen', to: string, body: Json, wrong: string[]) => {
    world.recordings.push({ kind, to, body: JSON.stringify(body) });
    world.violations.push(...wrong);
  };

  const openExtension = async (value: Json) => {
    extension = value;
    const answer = await invoke(own(), 'composeExtension/fetchTask', value, null);
    show(answer, { invoke: 'extension', message: null, chat: own() });
  };

  const execute = async (chat: Chat, message: Message, action: Json, inputs: Json) => {
    const { type, verb, data } = action;
    const pressed = { type, verb, data: { ...(data as Json), ...inputs } };
    const value = { action: pressed, trigger: 'manual' };
    const { status, body } = await invoke(chat, 'adaptiveCard/action', value, message);
    if (status !== 200 || !body) notices.push(UNREACHABLE);
    else takeExecuted(chat, message, body);
  };

  const takeExecuted = (chat: Chat, message: Message, { type, value }: Json) => {
    switch (type) {
      case 'application/vnd.microsoft.card.adaptive':
        record('chat', chat.name, value as Json, violationsOf(value as Json, 'chat'));
        message.views.set(person, value as Json);
        return;
      case 'application/vnd.microsoft.activity.message':
        if (value === '') world.violations.push('an empty answer makes Teams ask again');
        notices.push(String(value));
        return;
      case 'application/vnd.microsoft.error':
        notices.push(String((value as Json)['message']));
        return;
      default:
        world.violations.push(`unknown answer ${String(type)}`);
    }
  };

  /** Does what Teams does with a press, and gives what the person then reads. */
  const send = async (pressed: Kept): Promise<string> => {
    const before = notices.length;
    const drawn = pressed.type === 'message' ? await sendOnMessage(pressed) : null;
    if (pressed.type === 'dialog') await sendInDialog(pressed);
    const read = drawn ?? (dialog === null ? '' : textOf(dialog.card));
    return [...notices.slice(before), read].filter((one) => one !== '').join('\n');
  };

  const sendOnMessage = async ({ chat, message, action, inputs }: Kept & { type: 'message' }) => {
    const data = { ...(action['data'] as Json), ...inputs };
    if (action['type'] === 'Action.Execute') {
      await execute(chat, message, action, inputs);
      const view = message.views.get(person);
      return view === undefined ? '' : textOf(view);
    }
    if (!opensDialog(data)) {
      await deliver(person, chat, { type: 'message', value: data, replyToId: message.id });
      return '';
    }
    const asked = { data, context: { theme: 'default' } };
    const answer = await invoke(chat, 'task/fetch', asked, message);
    show(answer, { invoke: 'task', message, chat });
    return null;
  };

  const sendInDialog = async ({ dialog: open, action, inputs }: Kept & { type: 'dialog' }) => {
    const data = { ...(action['data'] as Json), ...inputs };
    const { invoke: kind, message, chat } = open;
    const context = { theme: 'default' };
    const answer =
      kind === 'task'
        ? await invoke(chat, 'task/submit', { data, context }, message)
        : await invoke(
            chat,
            'composeExtension/submitAction',
            { ...extension, data, context },
            null,
          );
    show(answer, { invoke: kind, message, chat });
  };

  const channelNamed = (name: string): Chat => {
    const chat = world.chats.find((one) => one.kind === 'channel' && one.name === name);
    if (!chat || !canRead(chat, person)) throw new Error(`${person.name} is not in ${name}`);
    return chat;
  };

  /** The button in the open dialog; else, or when a place is named, on the newest message that has it. */
  const find = (wanted: (action: Json) => boolean, what: string, where?: Where): Kept => {
    if (dialog && where === undefined) {
      const action = buttonsOf(dialog.card).find(wanted);
      if (!action) throw new Error(`the dialog has no ${what}: ${titlesOf(dialog.card)}`);
      return { type: 'dialog', dialog, action, inputs: inputsFor(dialog) };
    }
    const chat = where?.channel === undefined ? own() : channelNamed(where.channel);
    const found = findOnMessages(chat, person, wanted, where?.on ?? '');
    if (!found) throw new Error(`no message has ${what}: ${allTitles(chat, person)}`);
    const { message, action, card } = found;
    return { type: 'message', chat, message, action, inputs: inputsFor(formOf(card)) };
  };

  const press = async (wanted: (action: Json) => boolean, what: string, where?: Where) => {
    const found = find(wanted, what, where);
    if (found.type === 'message') dialog = null;
    await send(found);
  };

  /** Another person has the button from somewhere, and presses it where they are. */
  const asOwn = ({ kept }: KeptButton): Kept => {
    const held = kept as Kept;
    if (held.type === 'dialog')
      return { ...held, dialog: { ...held.dialog, chat: own(), message: null } };
    return canRead(held.chat, person) ? held : { ...held, chat: own() };
  };

  const openForm = (): Form | null => {
    if (dialog) return dialog;
    const cards = cardsIn(own(), person);
    const card = cards.findLast((one) => inputsOf(one).length > 0);
    return card ? formOf(card) : null;
  };

  const theForm = (): Form => {
    const form = openForm();
    if (!form) throw new Error(`${person.name} has no form open`);
    return form;
  };

  const search = async (field: string, query: string) => {
    const form = theForm();
    const input = inputNamed(form, field);
    const data = input['choices.data'] as Json | undefined;
    if (!data) throw new Error(`${field} is not searched`);
    const { body } = await invoke(own(), 'application/search', searchValue(data, query), null);
    const { results } = (body?.['value'] ?? { results: [] }) as {
      results: { title: string; value: string }[];
    };
    if (results.length > 15) world.violations.push('more than 15 results');
    form.offered.set(String(input['id']), results);
    return results.map(({ title }) => title);
  };

  return {
    name: person.name,
    says: (text) => say(own(), text),
    saysIn: (channel, text) => {
      const at = '<at>Concern</at>';
      const entities = [{ type: 'mention', text: at, mentioned: { id: 'bot', name: 'Concern' } }];
      return say(channelNamed(channel), `${at} ${text}`, { entities });
    },
    sendsPicture: () => {
      const url = `${pictures}/${person.aad}.png`;
      const html = { contentType: 'text/html', content: `<p><img src="${url}"></p>` };
      const picture = { contentType: 'image/*', contentUrl: url };
      return say(own(), '', { attachments: [picture, html] });
    },
    raises: () => openExtension(EXTENSION),
    raisesInChat: () => say(own(), 'concern'),
    raisesFrom: (link) => {
      const body = { contentType: 'html', content: '<p>somebody else’s words</p>' };
      const messagePayload = { id: '1', linkToMessage: link, body };
      return openExtension({ ...EXTENSION, commandContext: 'message', messagePayload });
    },
    press: (label, where) => press(({ title }) => title === label, `button "${label}"`, where),
    keep: (label, where) => ({
      platform: 'teams',
      kept: find(({ title }) => title === label, `button "${label}"`, where),
    }),
    pressKept: async (button, { altered = false } = {}) => {
      const held = asOwn(button);
      dialog = null;
      return send(altered ? { ...held, action: withOtherHandle(held.action) } : held);
    },
    fill: (values) => {
      fillIn(theForm(), values);
    },
    search,
    submit: () => {
      // Of several buttons of the form, the one that sends it is drawn as the main one.
      const mine = new Set(buttonsOf(theForm().card));
      const sends = (one: Json) => one['style'] === 'positive' && isSubmit(one);
      return press((one) => (dialog !== null || mine.has(one)) && sends(one), 'submit');
    },
    close: () => {
      dialog = null;
    },
    screen: () => {
      const form = openForm();
      return form && seenScreen(form);
    },
    chat: () => own().messages.map((one) => seenMessage(one, person)),
    channel: (name) => channelNamed(name).messages.map((one) => seenMessage(one, person)),
    notices: () => [...notices],
    until: waitUntil,
  };
}

/** Our own mark of the button that sends a form, as opposed to a main button that only presses. */
function isSubmit(action: Json): boolean {
  return action['verb'] === 'submit' || (action['data'] as Json)['verb'] === 'submit';
}

function searchValue({ dataset }: Json, queryText: string): Json {
  return { kind: 'search', queryText, dataset, queryOptions: { skip: 0, top: 15 } };
}

function findOnMessages(
  chat: Chat,
  person: Person,
  wanted: (action: Json) => boolean,
  words: string,
) {
  for (const message of [...chat.messages].reverse()) {
    const card = cardFor(message, person);
    const action = card && buttonsOf(card).find(wanted);
    if (card && action && textOf(card).includes(words)) return { message, card, action };
  }
  return null;
}

function withOtherHandle(action: Json): Json {
  const data = action['data'] as Json;
  const handle = String(data['handle']);
  const last = handle.endsWith('A') ? 'B' : 'A';
  return { ...action, data: { ...data, handle: handle.slice(0, -1) + last } };
}

function titlesOf(card: Json): string {
  return buttonsOf(card)
    .map((one) => String(one['title']))
    .join(' · ');
}

function cardsIn(chat: Chat, person: Person): Json[] {
  return chat.messages.map((one) => cardFor(one, person)).filter((one) => one !== null);
}

function allTitles(chat: Chat, person: Person): string {
  return cardsIn(chat, person).map(titlesOf).join(' | ');
}

function seenMessage(message: Message, person: Person): SeenMessage {
  const card = cardFor(message, person);
  const buttons = card ? buttonsOf(card).map((one) => String(one['title'])) : [];
  const text = [message.text, card ? textOf(card) : ''].filter((one) => one !== '').join('\n');
  return { text, buttons, notification: message.from ? '' : message.summary || message.text };
}

async function waitUntil(what: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > end) throw new Error(`it never came to be: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
