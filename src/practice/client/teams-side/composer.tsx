import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { WireChat, WireDirectory } from '../../wire.ts';
import { AddMenu } from '../add-menu.tsx';

type ComposerProps = {
  directory: WireDirectory;
  chat: WireChat;
  thread: string | null;
  draft: string;
  onDraft: (text: string) => void;
  onSay: (text: string) => Promise<void>;
  onDrop: (file: File) => Promise<void>;
  onCommand: () => Promise<void>;
  onEndReply: () => void;
};

/** Where one writes. Enter sends; a slash offers the commands, as far as Teams does. */
export function Composer(props: ComposerProps) {
  const { directory, chat, thread, draft, onDraft } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const opensForm = chat.kind === 'channel' && isCommandStart(draft, directory.command.title);
  const offers = opensForm ? [directory.command] : typedOffers(directory, chat, draft);

  useEffect(() => {
    if (thread !== null) field.current?.focus();
  }, [thread]);

  const send = () => {
    const text = draft.trim();
    if (text === '') return;
    onDraft('');
    if (opensForm) void props.onCommand();
    else void props.onSay(text);
  };
  const choose = (title: string) => {
    onDraft('');
    void (opensForm ? props.onCommand() : props.onSay(title));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && offers.length > 0) onDraft('');
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {thread !== null && <Replying onEnd={props.onEndReply} />}
      {offers.length > 0 && <CommandOffers offers={offers} onChoose={choose} />}
      <div className="composer-row">
        <AddMenu
          label="Add"
          items={[
            {
              label: directory.command.title,
              hint: directory.command.description,
              act: () => void props.onCommand(),
            },
          ]}
          onDrop={(file) => void props.onDrop(file)}
        />
        <label className="only-heard" htmlFor={id}>
          {fieldLabel(chat, thread)}
        </label>
        <textarea
          id={id}
          ref={field}
          rows={1}
          value={draft}
          placeholder={fieldLabel(chat, thread)}
          onChange={({ target }) => {
            onDraft(target.value);
          }}
          onKeyDown={onKey}
          onPaste={({ clipboardData }) => {
            for (const file of clipboardData.files) void props.onDrop(file);
          }}
        />
        <button type="submit" className="primary">
          Send
        </button>
      </div>
    </form>
  );
}

function Replying({ onEnd }: { onEnd: () => void }) {
  return (
    <p className="replying">
      Your reply goes under the post above.
      <button type="button" className="quiet" onClick={onEnd}>
        New post instead
      </button>
    </p>
  );
}

type Offer = { title: string; description: string };
type CommandOffersProps = { offers: Offer[]; onChoose: (title: string) => void };

function CommandOffers({ offers, onChoose }: CommandOffersProps) {
  return (
    <div className="command-offers" role="group" aria-label="Commands">
      {offers.map(({ title, description }) => (
        <button
          type="button"
          key={title}
          onClick={() => {
            onChoose(title);
          }}
        >
          <strong>{title}</strong>
          {description !== '' && <span className="quiet-text">{description}</span>}
        </button>
      ))}
    </div>
  );
}

/** Teams has no slash menu in personal chats: there a command is a message like any other. */
function typedOffers({ chatCommands }: WireDirectory, chat: WireChat, draft: string): Offer[] {
  if (chat.kind !== 'personal' || !draft.startsWith('/')) return [];
  const fitting = chatCommands.filter((command) => command.startsWith(draft.toLowerCase()));
  return fitting.map((title) => ({ title, description: '' }));
}

/** Once more than the command is typed, Teams takes it for an ordinary post. */
function isCommandStart(draft: string, title: string): boolean {
  return draft.startsWith('/') && `/${title}`.toLowerCase().startsWith(draft.trim().toLowerCase());
}

function fieldLabel(chat: WireChat, thread: string | null): string {
  if (chat.kind === 'personal') return `Message to ${chat.name}`;
  return thread === null ? `New post in ${chat.name}` : `Reply in ${chat.name}`;
}
