import { useRef } from 'react';
import type { WireCommand } from '../../wire.ts';
import { Menu } from '../menu.tsx';

type AddMenuProps = { command: WireCommand; onCommand: () => void; onDrop: (file: File) => void };

/** What can be put into a chat besides words: the app's form, a picture, a file. */
export function AddMenu({ command, onCommand, onDrop }: AddMenuProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu
        className="upward"
        label="Add"
        mark="+"
        items={[
          { label: command.title, hint: command.description, act: onCommand },
          { label: 'Picture or file', act: () => picker.current?.click() },
        ]}
      />
      <input
        type="file"
        hidden
        ref={picker}
        aria-label="Picture or file"
        onChange={({ target }) => {
          for (const file of target.files ?? []) onDrop(file);
          target.value = '';
        }}
      />
    </>
  );
}
