import { useRef } from 'react';
import { Menu, type MenuItem } from './menu.tsx';

type AddMenuProps = { label: string; items: MenuItem[]; onDrop: (file: File) => void };

/** What can be put into a chat besides words: what the app offers, a picture, a file. */
export function AddMenu({ label, items, onDrop }: AddMenuProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu
        className="upward"
        label={label}
        mark="+"
        items={[...items, { label: 'Picture or file', act: () => picker.current?.click() }]}
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
