import { createOfferedList, type OfferedList, type Option } from './offered-list.ts';

export type ComboboxOptions = {
  initial: Option | null;
  placeholder: string;
  required: boolean;
  find: (query: string) => Promise<Option[]>;
  changed: () => void;
};

export type Combobox = {
  element: HTMLElement;
  chosen: () => Option | null;
  /** Something is typed that is none of the choices. */
  isUndecided: () => boolean;
  labelledBy: (ids: string[]) => void;
  focus: () => void;
};

/** Long enough not to ask at every letter. */
const pauseMs = 200;

/** A searching field after the ARIA pattern "editable combobox with list autocomplete". */
export function createCombobox(options: ComboboxOptions): Combobox {
  const field = fieldElement(options);
  let chosen = options.initial;
  const choose = (option: Option) => {
    chosen = option;
    field.value = option.title;
    list.close();
    options.changed();
  };
  const list = createOfferedList(field, choose);
  field.setAttribute('aria-controls', list.element.id);
  const ask = asker(field, list, options.find);
  let timer = 0;

  field.addEventListener('input', () => {
    chosen = null;
    clearTimeout(timer);
    timer = window.setTimeout(ask, pauseMs);
    options.changed();
  });
  field.addEventListener('click', ask);
  field.addEventListener('blur', list.close);
  field.addEventListener('keydown', (event) => {
    onKey(event, list, { ask, choose });
  });

  const element = document.createElement('div');
  element.className = 'combobox';
  element.append(field, list.element);
  return {
    element,
    chosen: () => chosen,
    isUndecided: () => field.value.trim() !== '' && chosen === null,
    labelledBy: (ids) => {
      for (const named of [field, list.element])
        named.setAttribute('aria-labelledby', ids.join(' '));
    },
    focus: () => {
      field.focus();
    },
  };
}

/** Answers to what was typed before come too late and are passed over. */
function asker(
  field: HTMLInputElement,
  list: OfferedList,
  find: ComboboxOptions['find'],
): () => void {
  let asked = 0;
  return () => {
    const mine = ++asked;
    void find(field.value)
      .catch((): Option[] => [])
      .then((found) => {
        if (mine === asked && document.activeElement === field) list.open(found);
      });
  };
}

type Ways = { ask: () => void; choose: (option: Option) => void };

function onKey(event: KeyboardEvent, list: OfferedList, { ask, choose }: Ways): void {
  const active = list.active();
  if (event.key === 'Escape' && list.isOpen()) {
    // The dialog around it would close as well.
    event.stopPropagation();
    list.close();
  } else if (event.key === 'ArrowDown' && !list.isOpen()) ask();
  else if (event.key === 'ArrowDown') list.move(1);
  else if (event.key === 'ArrowUp') list.move(-1);
  else if (event.key === 'Enter' && active !== undefined) choose(active);
  else if (event.key !== 'Enter') return;
  event.preventDefault();
}

function fieldElement({ initial, placeholder, required }: ComboboxOptions): HTMLInputElement {
  const field = document.createElement('input');
  field.className = 'ac-input ac-textInput';
  field.type = 'text';
  field.autocomplete = 'off';
  field.placeholder = placeholder;
  field.value = initial?.title ?? '';
  field.role = 'combobox';
  field.ariaAutoComplete = 'list';
  field.ariaExpanded = 'false';
  if (required) field.ariaRequired = 'true';
  return field;
}
