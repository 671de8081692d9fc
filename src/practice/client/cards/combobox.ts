/** Something that can be chosen. */
export type Option = { title: string; value: string };

export type ComboboxOptions = {
  initial: Option | null;
  placeholder: string;
  required: boolean;
  find: (query: string) => Promise<Option[]>;
  changed: () => void;
};

export type Combobox = {
  element: HTMLElement;
  chosen(): Option | null;
  /** Something is typed that is none of the choices. */
  isUndecided(): boolean;
  labelledBy(ids: string[]): void;
  focus(): void;
};

/** Long enough not to ask at every letter. */
const pauseMs = 200;

/** A searching field after the ARIA pattern "editable combobox with list autocomplete". */
export function createCombobox(options: ComboboxOptions): Combobox {
  const { element, field, list } = elements(options);
  let chosen = options.initial;
  let offered: Option[] = [];
  let active = -1;
  let asked = 0;
  let timer = 0;

  const close = () => {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const mark = (at: number) => {
    active = at;
    [...list.children].forEach((item, index) => {
      item.setAttribute('aria-selected', String(index === at));
    });
    const item = list.children[at];
    if (item === undefined) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', item.id);
    item?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (option: Option | undefined) => {
    if (option === undefined) return;
    chosen = option;
    field.value = option.title;
    close();
    options.changed();
  };
  const offer = (found: Option[]) => {
    offered = found;
    list.replaceChildren(...found.map((option) => optionElement(option, list.id, choose)));
    if (found.length === 0) list.append(nothingFound());
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
    mark(-1);
    list.scrollIntoView({ block: 'nearest' });
  };
  const ask = async () => {
    const mine = ++asked;
    const found = await options.find(field.value);
    if (mine === asked && document.activeElement === field) offer(found);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => {
      if (list.hidden) void ask();
      else mark((active + 1) % Math.max(offered.length, 1));
    },
    ArrowUp: () => {
      mark(active <= 0 ? offered.length - 1 : active - 1);
    },
    Enter: () => {
      choose(offered[active]);
    },
  };

  field.addEventListener('input', () => {
    chosen = null;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), pauseMs);
    options.changed();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      close();
    }
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  field.addEventListener('click', () => void ask());
  field.addEventListener('blur', close);

  return {
    element,
    chosen: () => chosen,
    isUndecided: () => field.value.trim() !== '' && chosen === null,
    labelledBy: (ids) => {
      field.setAttribute('aria-labelledby', ids.join(' '));
      list.setAttribute('aria-labelledby', ids.join(' '));
    },
    focus: () => {
      field.focus();
    },
  };
}

function elements({ initial, placeholder, required }: ComboboxOptions) {
  const element = document.createElement('div');
  element.className = 'combobox';
  const field = document.createElement('input');
  const list = document.createElement('div');
  list.id = `list-${crypto.randomUUID()}`;
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  field.className = 'ac-input ac-textInput';
  field.type = 'text';
  field.autocomplete = 'off';
  field.placeholder = placeholder;
  field.value = initial?.title ?? '';
  const roles = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false' };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  field.setAttribute('aria-controls', list.id);
  if (required) field.setAttribute('aria-required', 'true');
  element.append(field, list);
  return { element, field, list };
}

function optionElement(
  option: Option,
  list: string,
  choose: (option: Option) => void,
): HTMLElement {
  const item = document.createElement('div');
  item.id = `${list}-${option.value}`;
  item.setAttribute('role', 'option');
  item.setAttribute('aria-selected', 'false');
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
  item.setAttribute('role', 'option');
  item.setAttribute('aria-disabled', 'true');
  item.textContent = 'Nobody found';
  return item;
}
