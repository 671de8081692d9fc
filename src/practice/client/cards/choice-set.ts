import { ChoiceSetInput } from 'adaptivecards';
import { createCombobox, type Combobox } from './combobox.ts';
import type { Option } from './offered-list.ts';

/** Asks the bot for what matches; `dataset` says which list is searched. */
export type Search = (dataset: string, query: string) => Promise<Option[]>;

/**
 * A choice set whose searching form is ours: the library's cannot be told to a screen reader, and it
 * gives back the title of a found choice instead of its value.
 */
export function choiceSetWith(search: Search): new () => ChoiceSetInput {
  return class extends ChoiceSetInput {
    #combobox: Combobox | null = null;

    protected override internalRender(): HTMLElement | undefined {
      const dataset = this.choicesData?.dataset;
      const searching = dataset !== undefined || this.style === 'filtered';
      if (this.isMultiSelect || !searching) return super.internalRender();
      this.errorMessage ??= 'Choose one from the list.';
      const listed = this.choices.flatMap(({ title, value }) =>
        title && value ? [{ title, value }] : [],
      );
      this.#combobox = createCombobox({
        initial: initialOption(listed, this.defaultValue),
        placeholder: this.placeholder ?? '',
        required: this.isRequired,
        find: async (query) => [
          ...matching(listed, query),
          ...(dataset === undefined ? [] : await search(dataset, query)),
        ],
        changed: () => {
          this.valueChanged();
        },
      });
      return this.#combobox.element;
    }

    protected override updateInputControlAriaLabelledBy(): void {
      if (this.#combobox === null) super.updateInputControlAriaLabelledBy();
      else this.#combobox.labelledBy(this.getAllLabelIds());
    }

    override isDynamicTypeahead(): boolean {
      return false;
    }

    override focus(): void {
      if (this.#combobox === null) super.focus();
      else this.#combobox.focus();
    }

    override isValid(): boolean {
      return this.#combobox === null ? super.isValid() : !this.#combobox.isUndecided();
    }

    override get value(): string | undefined {
      return this.#combobox === null ? super.value : this.#combobox.chosen()?.value;
    }
  };
}

function matching(options: Option[], query: string): Option[] {
  const wanted = query.trim().toLowerCase();
  return options.filter(({ title }) => title.toLowerCase().includes(wanted));
}

function initialOption(options: Option[], value: string | undefined): Option | null {
  if (value === undefined || value === '') return null;
  return options.find((option) => option.value === value) ?? { title: value, value };
}
