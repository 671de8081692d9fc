/** The shared fields of fields.yaml, by name. Not checked here: what a step makes of them is. */
export type FieldLibrary = Readonly<Record<string, object>>;

/**
 * Puts the library's fields in the place of their names, so that the procedure's own schema can check the
 * result: `record: [time, { use: told, required: false }, { id: …, kind: … }]`. An unknown name stays as
 * it is and is reported by the schema.
 */
export function expandFields(procedure: unknown, library: FieldLibrary): unknown {
  if (!isMap(procedure) || !Array.isArray(procedure['steps'])) return procedure;
  return { ...procedure, steps: procedure['steps'].map((step) => expandStep(step, library)) };
}

function expandStep(step: unknown, library: FieldLibrary): unknown {
  if (!isMap(step)) return step;
  const expanded = { ...step };
  for (const key of ['record', 'outcome'])
    if (Array.isArray(step[key]))
      expanded[key] = step[key].map((field) => expandField(field, library));
  return expanded;
}

function expandField(field: unknown, library: FieldLibrary): unknown {
  if (typeof field === 'string') return fromLibrary(field, {}, library) ?? field;
  if (!isMap(field) || typeof field['use'] !== 'string') return field;
  const { use, ...changes } = field;
  return fromLibrary(use, changes, library) ?? field;
}

function fromLibrary(id: string, changes: object, library: FieldLibrary): unknown {
  const found = Object.hasOwn(library, id) ? library[id] : undefined;
  return found === undefined ? undefined : { id, ...found, ...changes };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
