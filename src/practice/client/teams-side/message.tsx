import type { WireChat, WireDirectory, WireMessage } from '../../wire.ts';
import { serverGone } from '../api.ts';
import { Card } from '../cards/card.tsx';
import { markdownToHtml } from '../cards/markdown.ts';
import { Menu, type MenuItem } from '../menu.tsx';
import { initials } from '../people.ts';
import { clockTime } from '../time.ts';
import { messageCardHost } from './card-hosts.ts';
import type { StartDialog } from './use-dialog.ts';

export type MessageContext = {
  directory: WireDirectory;
  person: string;
  chat: WireChat;
  openDialog: StartDialog;
  onReply: (thread: string | null) => void;
  onTrouble: (text: string | null) => void;
};

type MessageProps = { context: MessageContext; message: WireMessage };

/** One message: who, when, what, and the menu that hangs on it. */
export function Message({ context, message }: MessageProps) {
  const { author, at, gone, edited, onlyForYou } = message;
  const name = author.type === 'person' && author.key === context.person ? 'You' : author.name;
  return (
    <article className="message" aria-label={`${name}, ${clockTime(at)}`}>
      <span className="face" data-author={author.type} aria-hidden="true">
        {initials(author.name)}
      </span>
      <div className="message-body">
        <p className="byline">
          <strong>{name}</strong> <time dateTime={at}>{clockTime(at)}</time>
          {edited && !gone && ' · changed'}
          {onlyForYou && ' · only you can see this'}
        </p>
        {gone ? (
          <p className="quiet-text">This message was deleted.</p>
        ) : (
          <Content {...{ context, message, name }} />
        )}
        {message.trouble !== null && <p className="trouble">Not delivered. {message.trouble}</p>}
      </div>
      {!gone && (
        <Menu
          label={`More: ${name}, ${clockTime(at)}`}
          mark="···"
          items={menuItems(context, message)}
        />
      )}
    </article>
  );
}

function Content({ context, message, name }: MessageProps & { name: string }) {
  return (
    <>
      <Text message={message} />
      {message.file !== null && <DroppedFile {...message.file} />}
      {message.cards.map((card, index) => (
        <Card
          key={index}
          card={card}
          label={`Card from ${name}`}
          host={messageCardHost(context, message.id)}
        />
      ))}
    </>
  );
}

function Text({ message: { text, textFormat } }: { message: WireMessage }) {
  if (text === '') return null;
  if (textFormat === 'plain') return <p className="text plain">{text}</p>;
  // markdownToHtml escapes everything that is not its own.
  return <div className="text" dangerouslySetInnerHTML={{ __html: markdownToHtml(text) }} />;
}

function DroppedFile({ name, kind }: { name: string; kind: string }) {
  return (
    <p className="file">
      <strong>{name}</strong>
      <span className="quiet-text">
        A {kind}. It stays in your browser; the bot is told only that there is one.
      </span>
    </p>
  );
}

function menuItems(
  { chat, directory, openDialog, onReply, onTrouble }: MessageContext,
  message: WireMessage,
): MenuItem[] {
  const raise = async () => {
    const reply = await openDialog({ type: 'message', message: message.id }, null).catch(
      () => serverGone,
    );
    onTrouble(reply.type === 'failed' ? reply.text : null);
  };
  const items: MenuItem[] = [
    { label: 'Raise as a concern', hint: directory.command.title, act: () => void raise() },
  ];
  if (chat.kind === 'channel') {
    items.unshift({
      label: 'Reply',
      act: () => {
        onReply(message.thread ?? message.id);
      },
    });
  }
  return items;
}
