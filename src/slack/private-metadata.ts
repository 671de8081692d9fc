import { z } from 'zod';
import type { Handle, Screen } from '../chat/elements.ts';

/*
 * What a view carries in private_metadata: opaque handles and nothing else. Anybody who can see the
 * view can read it.
 */

const metadataSchema = z.strictObject({
  submit: z.string().nullable(),
  /** `press`: the footer's button stands for one of the screen's own, see render-screen. */
  as: z.enum(['submit', 'press']),
  /** Which handle answers the search of which field. */
  search: z.record(z.string(), z.string()),
});

/** What a view of ours carries. */
export type ViewMetadata = z.output<typeof metadataSchema>;

export function writeMetadata(
  screen: Screen,
  submit: Handle | null,
  as: ViewMetadata['as'],
): string {
  const searches = screen.fields.flatMap((field) =>
    field.type === 'person' ? [[field.id, field.search] as const] : [],
  );
  const metadata: ViewMetadata = { submit, as, search: Object.fromEntries(searches) };
  return JSON.stringify(metadata);
}

/** Null when it is not ours, cut or changed. */
export function readMetadata(text: string): ViewMetadata | null {
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
