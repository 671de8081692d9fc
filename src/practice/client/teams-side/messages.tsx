import { useRef } from 'react';
import type { WireChat, WireDirectory, WireMessage } from '../../wire.ts';
import { dayName } from '../time.ts';
import { Message, type MessageContext } from './message.tsx';
import { useFollowing } from '../use-following.ts';

type MessagesProps = { context: MessageContext; messages: WireMessage[] };

/** What was said, oldest first; in channels the answers stand under the post they answer. */
export function Messages({ context, messages }: MessagesProps) {
  const { chat, directory } = context;
  const root = useRef<HTMLDivElement>(null);
  useFollowing(root);
  const ids = new Set(messages.map(({ id }) => id));
  const isPost = ({ thread }: WireMessage) => thread === null || !ids.has(thread);
  const posts = messages.filter(isPost);

  return (
    <div
      className="messages"
      ref={root}
      role="log"
      aria-label={`Messages in ${chat.name}`}
      tabIndex={0}
    >
      {messages.length === 0 && <p className="quiet-text empty">{emptyText(chat, directory)}</p>}
      <div>
        {posts.map((post, at) => (
          <div key={post.id} className="post">
            {isNewDay(posts, at) && <p className="day">{dayName(post.at)}</p>}
            <Message context={context} message={post} />
            {messages
              .filter((answer) => !isPost(answer) && answer.thread === post.id)
              .map((answer) => (
                <div key={answer.id} className="answer">
                  <Message context={context} message={answer} />
                </div>
              ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function emptyText({ kind }: WireChat, { botName, command }: WireDirectory): string {
  return kind === 'personal'
    ? `Type / to see what ${botName} can do. /concern raises a concern.`
    : `Nothing here yet. Type / and choose ${command.title}: that opens a form and sends nothing to this channel.`;
}

function isNewDay(posts: WireMessage[], at: number): boolean {
  const [before, here] = [posts[at - 1], posts[at]];
  return before === undefined || here === undefined || dayName(before.at) !== dayName(here.at);
}
