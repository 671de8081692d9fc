import { outcomeFields } from '../domain/decide-answer.ts';
import { instantFrom } from '../domain/deadlines.ts';
import { defang } from '../domain/defang.ts';
import type { DoableStep, RecordField } from '../domain/procedure.ts';
import type { Choice, Field } from './elements.ts';
import { limits } from './limits.ts';
import type { Read } from './read-form.ts';

type Common = { id: string; label: string; help?: string | null; required?: boolean };

function base({ id, label, help = null, required = false }: Common) {
  return { id, label, help, required };
}

export function textField(common: Common, value: string | null = null): Field {
  return { ...base(common), type: 'text', value, maxLength: limits.shortText };
}

export function longField(common: Common, value: string | null = null): Field {
  return { ...base(common), type: 'long-text', value, maxLength: limits.longText };
}

/** One of a few: drawn as buttons where they fit, else as a list. */
export function choiceField(common: Common, choices: Choice[], value: string | null = null): Field {
  const shown = choices.length <= limits.choicesShown ? 'buttons' : 'list';
  return { ...base(common), type: 'choice', choices, value, shown };
}

export function choicesField(common: Common, choices: Choice[], value: string[] = []): Field {
  return { ...base(common), type: 'choices', choices, value };
}

export function personField(
  common: Common,
  people: Choice[],
  search: string,
  value: string | null = null,
): Field {
  return { ...base(common), type: 'person', people, search, value };
}

export const yesNo: Choice[] = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
];

/** The inputs for what must be written down at a step. A moment is a date and a time. */
export function recordInputs(fields: readonly RecordField[], required = true): Field[] {
  return fields.flatMap((field) => recordInput({ ...field, required: required && field.required }));
}

function recordInput(field: RecordField): Field[] {
  const common = {
    id: field.id,
    label: field.label,
    help: field.help ?? null,
    required: field.required,
  };
  switch (field.kind) {
    case 'text':
    case 'person':
    case 'link':
      return [textField(common)];
    case 'long':
      return [longField(common)];
    case 'choice':
      return [choiceField(common, field.options)];
    case 'date':
      return [{ ...base(common), type: 'date', value: null }];
    case 'time':
      return [{ ...base(common), type: 'time', value: null }];
    case 'moment':
      return [
        {
          ...base({ ...common, id: `${field.id}-date`, label: `${field.label}: day` }),
          type: 'date',
          value: null,
        },
        {
          ...base({ ...common, id: `${field.id}-time`, label: `${field.label}: time` }),
          type: 'time',
          value: null,
        },
      ];
  }
}

/** What was written down, as the record keeps it: addresses inert, moments as instants, empty fields left out. */
export function readRecord(fields: readonly RecordField[], read: Read): Record<string, string> {
  const written = fields.map((field) => [field.id, recordValue(field, read)] as const);
  return Object.fromEntries(written.filter(([, value]) => value !== ''));
}

function recordValue(field: RecordField, read: Read): string {
  if (field.kind !== 'moment') return defang(read.text(field.id));
  const date = read.text(`${field.id}-date`);
  return date === '' ? '' : (instantFrom(date, read.text(`${field.id}-time`) || '12:00') ?? '');
}

/** The fields that recording the step asks for, now or as a referral's outcome. */
export function fieldsOfStep(step: DoableStep, part: 'step' | 'outcome'): RecordField[] {
  if (part === 'step') return step.record;
  return step.kind === 'referral' ? outcomeFields(step) : [];
}
