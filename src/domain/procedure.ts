import { z } from 'zod';
import { conditionSchema, type Condition } from './condition.ts';

/*
 * The shape of the procedures: what a lead reviews as YAML in src/policies, and what the walk runs on.
 * Source of the grammar: procedures.md 4.0 (node kinds, flags, who, when) of the specification.
 *
 * procedure: a decision tree for one kind of concern (or the spine that every concern runs).
 * step:      one node of it. Its full name is `procedure/step`, for example `nudes/store-device`.
 * act:       what carrying a step out would do to the world. Gates lock acts and prohibitions forbid
 *            them, in every procedure at once: that is how "prohibition beats action" works.
 * pack:      one school policy: its clauses, which steps carry them, its switches.
 */

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name in-small-letters');
const sentence = z.string().trim().min(2);
/** `step` (same procedure) or `procedure/step`. */
const stepReference = z.string().regex(/^([a-z0-9-]+\/)?[a-z0-9-]+$/);

/** What carrying out a step does, as far as another rule may have to stop it. */
export const acts = [
  'interview', // questioning a child or an adult who may be involved, or taking a statement
  'inform-parents',
  'inform-adult', // telling the adult whom a concern is about
  'inform-employer', // telling a supply agency or another employer
  'sanctions',
  'other-settings', // speaking to another school or the wider public
  'delete',
  'search-device', // looking through a device or account
  'device-power', // switching a device off or on
  'collect-device', // taking a member of staff's device or account
  'view', // looking at imagery
  'suspend',
  'contact-offender', // answering or confronting the person suspected
] as const;
export type Act = (typeof acts)[number];

/**
 * Whose step it is. `manager` is the case manager of a concern about an adult here (headteacher or
 * chair); `product` marks what this software does by itself, listed so that every clause has a carrier.
 */
export const stepOwners = ['reporter', 'lead', 'manager', 'it', 'leadership', 'product'] as const;
export type StepOwner = (typeof stepOwners)[number];

/** By when. `one-working-day`: end of the local authority's next working day. `at-close`: before the case closes. */
export const dues = [
  'now',
  'before-home',
  'today',
  'one-working-day',
  'ongoing',
  'at-close',
] as const;
export type Due = (typeof dues)[number];

/**
 * mandatory: the case cannot close while it is open ("not applicable" needs a reason and a name);
 * conditional: mandatory once its condition holds; judgement: do or do not, with a reason when not;
 * suggested: never blocks.
 */
export const needs = ['mandatory', 'conditional', 'judgement', 'suggested'] as const;
export type Need = (typeof needs)[number];

/** The agencies and helplines a step can point to; the school's file and the national list say who they are. */
export const contactRoles = [
  'emergency',
  'police',
  'social-care',
  'lado',
  'safeguarding-team',
  'education-advice',
  'filter-provider',
  'prevent',
  'hr',
  'data-protection',
  'iwf',
  'ceop',
  'posh',
  'report-remove',
  'take-it-down',
  'childline',
  'nspcc',
  'nspcc-whistleblowing',
  'act-early',
  'report-terrorism',
  'ofsted',
  'samaritans',
] as const;
export type ContactRole = (typeof contactRoles)[number];

/** What a child has to do with a case; plain words, no verdicts. */
export const childParts = [
  'harmed',
  'pictured',
  'alleged',
  'shared',
  'received',
  'witness',
  'other',
] as const;
export type ChildPart = (typeof childParts)[number];

const option = z.strictObject({
  id: name,
  label: z.string().min(1),
  help: sentence.optional(),
  /** Procedures that this answer brings into the case. */
  adds: z.array(name).default([]),
  /** `to-manager`: the case turns out to be about an adult here and moves whole; `to-lead`: it is released to the safeguarding team. */
  moves: z.enum(['to-manager', 'to-lead']).optional(),
  /** How urgently the case is alerted when the reporter chooses this. */
  urgency: z.enum(['urgent', 'emergency']).optional(),
  /** This answer needs a written reason. */
  reason: z.boolean().default(false),
});
/** One answer that can be chosen. */
export type Option = z.output<typeof option>;

const fieldBase = {
  id: name,
  label: z.string().min(1),
  help: sentence.optional(),
  required: z.boolean().default(true),
};
const recordField = z.discriminatedUnion('kind', [
  z.strictObject({
    ...fieldBase,
    kind: z.enum(['text', 'long', 'date', 'time', 'moment', 'person', 'link']),
  }),
  z.strictObject({
    ...fieldBase,
    kind: z.literal('choice'),
    options: z.array(z.strictObject({ id: name, label: z.string().min(1) })).min(2),
  }),
]);
/**
 * What must be written down when a step is carried out. `moment` is a date with a time, `person` a full
 * name, `link` an address (always kept defanged). Only `choice` fields can be looked at by conditions.
 */
export type RecordField = z.output<typeof recordField>;
export const recordFieldSchema = recordField;

const base = {
  id: name,
  /** At most eight words. */
  title: z.string().min(2),
  when: conditionSchema.default({ type: 'always' }),
  /** `child`: once for every child on the case who has one of `children` parts (none listed: every child). */
  per: z.enum(['case', 'child']).default('case'),
  children: z.array(z.enum(childParts)).default([]),
  /** What to do, in the imperative. */
  do: sentence,
  /** Why, in one sentence. */
  why: sentence,
  /** National guidance or law, as a name in src/policies/sources.yaml; empty when a pack's clause is the only source. */
  source: z.array(name).default([]),
  /** `first` comes before the other procedures' steps, `people` after them, `close` last. The trees use `respond`. */
  phase: z.enum(['first', 'respond', 'people', 'close']).default('respond'),
};

const doing = {
  ...base,
  who: z.enum(stepOwners).default('lead'),
  due: z.enum(dues).default('today'),
  need: z.enum(needs).default('mandatory'),
  acts: z.array(z.enum(acts)).default([]),
  ring: z.array(z.enum(contactRoles)).default([]),
  /** What must never be done while doing this. */
  never: z.array(sentence).default([]),
  record: z.array(recordField).default([]),
  /** Words for the IT person's task: no names, no details of the case. Required when `who` is it. */
  task: sentence.optional(),
  /** What it is called and what to do where the headteacher is one of the safeguarding team, so that somebody else must hear of it. */
  where_head_leads: z.strictObject({ title: z.string().min(2), do: sentence }).optional(),
  /** Recorded values `step.field` that the IT person is given with the task. Never a person, a link or long text. */
  task_shows: z.array(z.string().regex(/^([a-z0-9-]+\/)?[a-z0-9-]+\.[a-z0-9-]+$/)).optional(),
};

const question = z.strictObject({
  ...doing,
  kind: z.literal('question'),
  choose: z.enum(['one', 'many']).default('one'),
  options: z.array(option).min(2),
  /** `concern`: answered by the reporter's form, and revisable by the lead afterwards. */
  asked: z.enum(['case', 'concern']).default('case'),
});
const action = z.strictObject({
  ...doing,
  kind: z.literal('action'),
  /**
   * Done in a dialog of its own, so it has no record fields: naming the children or the adult on the case,
   * or giving the safeguarding team what they need for the child of a restricted case.
   */
  dialog: z.enum(['children', 'adult', 'child-side']).optional(),
});
const referral = z.strictObject({
  ...doing,
  kind: z.literal('referral'),
  /** Judgement referrals only: what is done unless the lead opts out with a reason. */
  preset: z.enum(['do', 'none']).default('none'),
  /** What must be written down when the agency has answered. */
  outcome: z.array(recordField).default([]),
});
const prohibition = z.strictObject({
  ...base,
  kind: z.literal('prohibition'),
  /**
   * Prohibitions of other procedures that say at least as much. While one of them stands, this one stands too
   * and is not said a second time.
   */
  same_as: z.array(stepReference).default([]),
  /** Acts that are refused while it stands. Empty: a warning that is shown and cannot be enforced by software. */
  forbids: z.array(z.enum(acts)).default([]),
  /** When it stops standing; without it, it stands until the case ends. */
  until: conditionSchema.optional(),
  /** In words, for the lead, what lifts it. Required with `until`. */
  until_words: sentence.optional(),
});
const gate = z.strictObject({
  ...base,
  kind: z.literal('gate'),
  locks: z.array(z.enum(acts)).min(1),
  /** Single steps that are locked too, whatever their acts. */
  locks_steps: z.array(stepReference).default([]),
  opens: conditionSchema,
  /** In words, for the lead, what opens it. */
  opens_words: sentence,
});
const duration = z
  .string()
  .regex(
    /^(\d+ (minutes|school-minutes|hours|school-days|days|weeks)|one-working-day|before-home|end-of-day)$/,
  );
const timer = z.strictObject({
  ...base,
  kind: z.literal('timer'),
  /** The step whose settling stops the clock. */
  bounds: stepReference,
  /** When the clock starts: the concern, or the settling of a step, or a recorded moment `step.field` (with the concern as fallback). */
  from: z.string().regex(/^(concern|([a-z0-9-]+\/)?[a-z0-9-]+(\.[a-z0-9-]+)?)$/),
  lasts: duration,
  /** Who is reminded when it is due, and who hears when it is past. */
  tells: z.enum(['lead', 'manager', 'it']).default('lead'),
});
const end = z.strictObject({
  ...base,
  kind: z.literal('end'),
  code: z.string().regex(/^E-[A-Z]+$/),
  /** The end can only be chosen when this holds, for instance advice recorded. */
  requires: conditionSchema.default({ type: 'always' }),
  requires_words: sentence.optional(),
  /** An end that must carry a written reason. */
  reason: z.boolean().default(false),
});

const step = z.discriminatedUnion('kind', [
  question,
  action,
  referral,
  prohibition,
  gate,
  timer,
  end,
]);
/** One node of a procedure as written in the data, before references are made whole. */
export type Step = z.output<typeof step>;
export type Question = z.output<typeof question>;
export type Action = z.output<typeof action>;
export type Referral = z.output<typeof referral>;
export type Prohibition = z.output<typeof prohibition>;
export type Gate = z.output<typeof gate>;
export type Timer = z.output<typeof timer>;
export type End = z.output<typeof end>;
/** A step that a person settles. */
export type DoableStep = Question | Action | Referral;

/** A decision tree, one file in src/policies/procedures. A released version never changes. */
export const procedureSchema = z.strictObject({
  id: name,
  /** The letter code of the specification: G for the spine, T1 to T12. */
  code: z.string().regex(/^(G|T\d{1,2})$/),
  version: z.int().positive(),
  title: sentence,
  /** Plain words that may stand in a chat message: no verdict, no name. */
  label: sentence,
  edition: z.string().regex(/^\d{4}-\d{2}$/),
  /** When somebody must look again whether law and guidance still say this. */
  review_by: z.iso.date(),
  /** How urgent a concern of this kind is unless the reporter's own answers make it more so. */
  urgency: z.enum(['routine', 'urgent']),
  /** What the reporter reads. Flesch–Kincaid grade 7 or easier. */
  reporter: z.strictObject({
    never: z.array(sentence).default([]),
    until_then: z.array(sentence).default([]),
  }),
  /** A sentence shown once at the top of the walk, when the matter needs one. */
  note: sentence.optional(),
  steps: z.array(step).min(1),
});
export type Procedure = z.output<typeof procedureSchema>;

/** One school policy, one file in src/policies/packs. Holds no person and no phone number at all. */
export const packSchema = z.strictObject({
  id: name,
  version: z.int().positive(),
  /** How the policy is called when a clause is cited to a lead. */
  policy: z.string().min(2),
  written: z.string().min(4),
  review_due: z.iso.date(),
  /** The versions of the procedures that this version of the pack adopts. */
  procedures: z.record(name, z.int().positive()),
  switches: z.record(z.string().regex(/^[a-z_]+$/), z.string()),
  /** Procedures that the policy leaves to a document which was not supplied. */
  defers: z
    .array(z.strictObject({ procedure: name, line: z.int().positive(), says: sentence }))
    .default([]),
  clauses: z.array(
    z.strictObject({
      line: z.int().positive(),
      heading: z.string().min(2),
      /** The clause in our own words. */
      says: sentence,
      /** Full names of the steps that carry it. */
      steps: z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)).min(1),
      /** Cited only while one of these procedures runs (a shared step such as the parents' decision). */
      for: z.array(name).default([]),
    }),
  ),
});
export type Pack = z.output<typeof packSchema>;

/** A step with whole references: its own full name and every condition's. */
export type WholeStep<S extends Step = Step> = S & {
  /** `procedure/step` */
  ref: string;
  procedure: string;
};

/** Everything a case runs under, pinned at its start: a pack and the procedures it adopts, references made whole. */
export type Policy = {
  pack: Pack;
  procedures: ReadonlyMap<string, Procedure>;
  steps: ReadonlyMap<string, WholeStep>;
  /** SHA-256 over the pack and its procedures, lower-case hex. */
  digest: string;
};

/** Where a step comes from, as shown to the lead in one line. */
export type Citation =
  | { type: 'clause'; policy: string; heading: string; line: number }
  | { type: 'guidance'; name: string }
  | { type: 'deferred'; policy: string; line: number; says: string };

export function isDoable(candidate: Step): candidate is DoableStep {
  return (
    candidate.kind === 'question' || candidate.kind === 'action' || candidate.kind === 'referral'
  );
}

export type { Condition };
