import { useId, type KeyboardEvent } from 'react';
import type { SlackChat } from '../../slack-side/wire.ts';
import type { WireDirectory } from '../../wire.ts';
import { AddMenu } from '../add-menu.tsx';

type ComposerProps = {
  directory: WireDirectory;
  chat: SlackChat;
  draft: string;
  onDraft: (text: string) => void;
  onSay: (text: string) => Promise<void>;
  onShortcut: () => Promise<void>;
  onDrop: (file: File) => void;
};

/** Where one writes. Enter sends; a slash offers the command, in every chat. */
export function Composer(props: ComposerProps) {
  const { directory, chat, draft, onDraft } = props;
  const { slack } = directory;
  const id = useId();
  const offered = slack !== null && isCommandStart(draft, slack.command.name);

  const send = (text: string) => {
    if (text === '') return;
    onDraft('');
    void props.onSay(text);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && offered) onDraft('');
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(offered ? slack.command.name : draft.trim());
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send(draft.trim());
      }}
    >
      {offered && (
        <div className="command-offers" role="group" aria-label="Commands">
          <button
            type="button"
            onClick={() => {
              send(slack.command.name);
            }}
          >
            <span>
              <strong>{slack.command.name}</strong>{' '}
              <span className="quiet-text">{slack.command.hint}</span>
            </span>
            <span className="quiet-text">{slack.command.description}</span>
          </button>
        </div>
      )}
      <div className="composer-row">
        <AddMenu
          label="Shortcuts"
          items={shortcutItems(directory, () => void props.onShortcut())}
          onDrop={props.onDrop}
        />
        <label className="only-heard" htmlFor={id}>
          Message to {chat.name}
        </label>
        <textarea
          id={id}
          rows={1}
          value={draft}
          placeholder={`Message to ${chat.name}`}
          onChange={({ target }) => {
            onDraft(target.value);
          }}
          onKeyDown={onKey}
          onPaste={({ clipboardData }) => {
            for (const file of clipboardData.files) props.onDrop(file);
          }}
        />
        <button type="submit" className="primary">
          Send
        </button>
      </div>
    </form>
  );
}

function shortcutItems({ slack, botName }: WireDirectory, act: () => void) {
  return slack === null ? [] : [{ label: slack.globalShortcut.name, hint: botName, act }];
}

/** As long as no more than the command is typed. */
function isCommandStart(draft: string, command: string): boolean {
  return draft.startsWith('/') && command.startsWith(draft.trim().toLowerCase());
}
