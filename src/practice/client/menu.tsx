import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';

export type MenuItem = { label: string; hint?: string; act: () => void };

type MenuProps = { label: string; mark: string; items: MenuItem[]; className?: string };

/** A button with a menu, after the ARIA pattern "menu button". */
export function Menu({ label, mark, items, className = '' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (open) menuItems(root.current)[0]?.focus();
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Tab') setOpen(false);
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (moveFocus(root.current, event.key)) event.preventDefault();
  };

  return (
    <div
      className={`menu ${className}`}
      ref={root}
      onKeyDown={onKey}
      onBlur={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && root.current?.contains(relatedTarget)))
          setOpen(false);
      }}
    >
      <button
        type="button"
        className="icon"
        ref={button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {mark}
      </button>
      {open && (
        <div role="menu" id={id} aria-label={label} className="menu-items">
          {items.map(({ label: text, hint, act }) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={text}
              onClick={() => {
                close();
                act();
              }}
            >
              {text}
              {hint !== undefined && <span className="quiet-text">{hint}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function menuItems(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function moveFocus(root: HTMLElement | null, key: string): boolean {
  const items = menuItems(root);
  const here = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[key];
  if (next === undefined) return false;
  items.at(next % items.length)?.focus();
  return true;
}
