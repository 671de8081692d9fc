import { z } from 'zod';
import { contactRoles } from '../domain/procedure.ts';

/*
 * The shapes of the files beside the procedures: national guidance, national numbers, shared record
 * fields and the list of clauses that must be carried.
 */

const line = z.string().trim().min(1);

const source = z.strictObject({
  name: line,
  edition: line,
  by: line,
  /** What weight it has: law, statutory guidance, advice. Shown to the lead beside the name. */
  kind: line,
});
/** National guidance or law that a step cites by its key. */
export type Source = z.output<typeof source>;
export const sourcesSchema = z.record(z.string(), source);

const nationalContact = z.strictObject({
  role: z.enum(contactRoles),
  name: line,
  phone: z.string().optional(),
  /** To be typed by hand: no scheme, never drawn as a link. */
  web: z
    .string()
    .regex(/^[a-z0-9.-]+(\/[a-z0-9/-]*)?$/, 'an address without http')
    .optional(),
  hours: z.string().optional(),
  use: line,
  /** From one secondary source: ring it before relying on it. */
  unverified: z.boolean().default(false),
});
/** A national number or address. Local ones are in the school's own file. */
export type NationalContact = z.output<typeof nationalContact>;
export const contactsSchema = z.array(nationalContact);

const clauseRow = z.strictObject({
  line: z.int().positive(),
  /** Last line of a clause that runs over several. */
  to: z.int().positive().optional(),
  short: line,
  /** Procedures that have to carry it; none: the spine. It is due once one of them has been adopted. */
  trees: z.array(z.string()).default([]),
});
/** Policy packs to the clauses about incidents that each policy has. Source: procedures.md 5. */
export const clauseRowsSchema = z.record(z.string(), z.array(clauseRow));
