/*
 * How an input block names the field it belongs to: `f.<edition>.<part>.<field id>`.
 *
 * Slack keeps what was typed when a view is updated and a block keeps its block_id and action_id, and
 * then ignores the initial value. So a field keeps its edition only while Slack's memory and the
 * screen's value agree; otherwise it gets a new edition and shows the screen's value.
 * part: a long field may need several inputs.
 */

/** Which input of which field a block is. */
export type FieldBlock = { edition: number; part: number; field: string };

/** Every input has this action id; the block id tells them apart. */
export const inputAction = 'value';

export function fieldBlockId({ edition, part, field }: FieldBlock): string {
  return `f.${String(edition)}.${String(part)}.${field}`;
}

/** Null when the block is not one of our inputs. */
export function readFieldBlockId(blockId: string): FieldBlock | null {
  const match = /^f\.(\d{1,6})\.(\d)\.(.+)$/su.exec(blockId);
  if (match === null) return null;
  return { edition: Number(match[1]), part: Number(match[2]), field: match[3] ?? '' };
}
