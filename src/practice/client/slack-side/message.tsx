import type { SlackMessage } from '../../slack-side/wire.ts';
import type { WireDirectory } from '../../wire.ts';
import { Menu } from '../menu.tsx';
import { initials } from '../people.ts';
import { clockTime } from '../time.ts';
import { request } from './api.ts';
import { Blocks } from './blocks/blocks.tsx';
import type { Attempt } from './slack-desk.tsx';
import { useForm } from './use-form.ts';
import { useSurface } from './use-surface.ts';

type MessageProps = {
  directory: WireDirectory;
  person: string;
  message: SlackMessage;
  attempt: Attempt;
};

/** One message: who, when, what, and the menu that hangs on it. */
export function Message({ directory, person, message, attempt }: MessageProps) {
  const { author, at, edited, onlyForYou, trouble, id, chat } = message;
  const isMine = author.type === 'person' && author.key === person;
  const name = isMine ? 'You' : author.name;
  return (
    <article className="message" aria-label={`${name}, ${clockTime(at)}`}>
      <span className="face" data-author={author.type} aria-hidden="true">
        {initials(author.name)}
      </span>
      <div className="message-body">
        <p className="byline">
          <strong>{name}</strong> {author.type === 'bot' && <span className="app-mark">app</span>}{' '}
          <time dateTime={at}>{clockTime(at)}</time>
          {edited && ' · edited'}
          {onlyForYou && ' · only visible to you'}
        </p>
        <Content person={person} message={message} />
        {trouble !== null && <p className="trouble">Not delivered. {trouble}</p>}
      </div>
      {!onlyForYou && directory.slack !== null && (
        <Menu
          label={`More: ${name}, ${clockTime(at)}`}
          mark="···"
          items={[
            {
              label: directory.slack.messageShortcut.name,
              hint: directory.botName,
              act: () => void attempt(() => request('raise', { person, chat, message: id })),
            },
          ]}
        />
      )}
    </article>
  );
}

/** Where there are blocks, the text is for lock screens and screen readers of the platform alone. */
function Content({ person, message }: { person: string; message: SlackMessage }) {
  const { text, file, blocks } = message;
  return (
    <>
      {blocks.length === 0 && text !== '' && <p className="text plain">{text}</p>}
      {file !== null && (
        <p className="file">
          <strong>{file.name}</strong>
          <span className="quiet-text">
            A {file.kind}. It stays in your browser; the bot is told only that there is one.
          </span>
        </p>
      )}
      {blocks.length > 0 && <MessageBlocks person={person} message={message} />}
    </>
  );
}

function MessageBlocks({ person, message }: { person: string; message: SlackMessage }) {
  const { id, chat, blocks } = message;
  const form = useForm(`${chat} ${id}`, JSON.stringify(blocks), blocks);
  const host = useSurface(person, { type: 'message', chat, message: id }, form);
  return <Blocks blocks={blocks} host={host} />;
}
