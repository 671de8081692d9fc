/** Something that can be chosen. */
export type Option = { title: string; value: string };

/** The list under a searching field. The field keeps the focus; the list only says which line is meant. */
export type OfferedList = {
  element: HTMLElement;
  isOpen: () => boolean;
  open: (options: Option[]) => void;
  close: () => void;
  /** Goes so many lines on, round and round. */
  move: (lines: number) => void;
  /** The line that is meant. */
  active: () => Option | undefined;
};

/** A listbox of the ARIA combobox pattern for this field. */
export function createOfferedList(
  field: HTMLElement,
  choose: (option: Option) => void,
): OfferedList {
  const element = listElement();
  let offered: Option[] = [];
  let at = -1;

  const mark = (line: number) => {
    at = line;
    const items = [...element.children];
    for (const [index, item] of items.entries()) item.ariaSelected = String(index === line);
    const item = items[line];
    if (item === undefined) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', item.id);
    item?.scrollIntoView({ block: 'nearest' });
  };
  const show = (open: boolean) => {
    element.hidden = !open;
    field.ariaExpanded = String(open);
    mark(-1);
  };

  return {
    element,
    isOpen: () => !element.hidden,
    open: (options) => {
      offered = options;
      element.replaceChildren(...options.map((option) => line(option, element.id, choose)));
      if (options.length === 0) element.append(nothingFound());
      show(true);
      element.scrollIntoView({ block: 'nearest' });
    },
    close: () => {
      show(false);
    },
    move: (lines) => {
      const count = offered.length;
      if (count > 0) mark(at < 0 && lines < 0 ? count - 1 : (at + lines + count) % count);
    },
    active: () => offered[at],
  };
}

function listElement(): HTMLElement {
  const element = document.createElement('div');
  element.id = `list-${crypto.randomUUID()}`;
  element.role = 'listbox';
  element.hidden = true;
  return element;
}

function line(option: Option, list: string, choose: (option: Option) => void): HTMLElement {
  const item = document.createElement('div');
  item.id = `${list}-${option.value}`;
  item.role = 'option';
  item.ariaSelected = 'false';
  item.textContent = option.title;
  // The field must keep the focus, or leaving it would close the list before the choice arrives.
  item.addEventListener('pointerdown', (event) => {
    event.preventDefault();
  });
  item.addEventListener('click', () => {
    choose(option);
  });
  return item;
}

function nothingFound(): HTMLElement {
  const item = document.createElement('div');
  item.role = 'option';
  item.ariaDisabled = 'true';
  item.textContent = 'Nobody found';
  return item;
}
