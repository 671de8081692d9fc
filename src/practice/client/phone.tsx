import type { WireMessage } from '../wire.ts';
import { clockTime } from './time.ts';

/** As much of a message as a lock screen knows. */
type Arrived = Pick<WireMessage, 'id' | 'chat' | 'at' | 'author' | 'push'> & { gone?: boolean };

/** A phone's lock screen has room for about this many. */
const shown = 3;

/** What anybody would read on this person's phone as it lies on a desk. */
export function Phone({ messages, name }: { messages: Arrived[]; name: string }) {
  const pushes = messages
    .filter(({ push, gone }) => push !== null && gone !== true)
    .slice(-shown)
    .reverse();
  return (
    <section className="phone" aria-label={`Locked phone of ${name}`}>
      <p className="quiet-text">What anybody can read on the locked phone:</p>
      <ul>
        {pushes.length === 0 && <li className="quiet-text">Nothing yet.</li>}
        {pushes.map((message) => (
          <li key={`${message.chat} ${message.id}`} className="push">
            <strong>{message.author.name}</strong> <time>{clockTime(message.at)}</time>
            <br />
            {message.push}
          </li>
        ))}
      </ul>
    </section>
  );
}
