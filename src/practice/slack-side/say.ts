import { troubleIn, type BotAnswer } from '../post-to-bot.ts';
import type { Json } from '../wire.ts';
import { unescaped } from './methods/arguments.ts';
import type { Message } from './messages.ts';
import type { Parts } from './parts.ts';
import { commandPayload, fileEvent, messageEvent } from './payloads.ts';
import type { Channel, SlackPerson } from './roster.ts';
import { tellEvent } from './tell-event.ts';
import type { SlackRequests } from './wire.ts';

/** Somebody in a chat that they can read. */
export type Spot = { person: SlackPerson; channel: Channel };

/** A slash begins a command, which is no message. In channels the bot hears nothing else. */
export async function say(parts: Parts, spot: Spot, { text }: SlackRequests['say']): Promise<Json> {
  if (text.startsWith('/')) await command(parts, spot, text);
  else {
    const message = added(parts, spot, { text });
    deliver(parts, spot, message, () => messageEvent(parts.roster, spot.person, message));
  }
  return {};
}

/** Only that there is a file, and where it would lie. */
export function drop(parts: Parts, spot: Spot, { name, kind }: SlackRequests['drop']): Json {
  const file = { name, kind };
  const message = added(parts, spot, { file });
  const url = parts.fileAddress();
  deliver(parts, spot, message, () => fileEvent(parts.roster, spot.person, message, { url, file }));
  return {};
}

function added({ messages }: Parts, { person, channel }: Spot, what: Partial<Message>): Message {
  const author = { type: 'person', key: person.key } as const;
  return messages.add({ ...what, chat: channel.id, author });
}

/** The message is there at once; whether the bot got it shows a little later. */
function deliver(parts: Parts, { channel }: Spot, message: Message, event: () => Json): void {
  if (channel.kind !== 'app') return;
  void tellEvent(parts, event()).then((trouble) => {
    if (trouble !== null) parts.messages.change(channel.id, message.id, { trouble });
  });
}

async function command(parts: Parts, spot: Spot, typed: string): Promise<void> {
  const [name = '', ...words] = typed.split(' ');
  const wanted = parts.app.command.name;
  if (name !== wanted) {
    slackbotSays(parts, spot, `${name} is not a valid command.`);
    return;
  }
  const text = words.join(' ').trim();
  const payload = commandPayload(parts.post, spot, { command: wanted, text });
  hear(parts, spot, await parts.line('command', payload));
}

/** What the bot answers a command with at once stands in the chat: for one person, unless it says otherwise. */
function hear(parts: Parts, spot: Spot, answer: BotAnswer): void {
  if (troubleIn(answer) !== null) {
    const slow = answer.type === 'no-answer' && answer.why === 'too slow';
    const why = slow ? 'operation_timeout' : 'dispatch_failed';
    slackbotSays(parts, spot, `${parts.app.command.name} failed with the error “${why}”.`);
    return;
  }
  const body = (answer.type === 'answered' ? answer.body : undefined) as Json | undefined;
  const text = body?.['text'];
  if (typeof text !== 'string') return;
  const onlyFor = body?.['response_type'] === 'in_channel' ? null : spot.person.key;
  const said = { text: unescaped(text), onlyFor, author: { type: 'bot' } } as const;
  parts.messages.add({ ...said, chat: spot.channel.id });
}

function slackbotSays({ messages }: Parts, { person, channel }: Spot, text: string): void {
  messages.add({ chat: channel.id, author: { type: 'slackbot' }, text, onlyFor: person.key });
}
