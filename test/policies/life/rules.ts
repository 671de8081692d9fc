import type { Answer } from '../../../src/domain/answer.ts';
import { decideAnswer } from '../../../src/domain/decide-answer.ts';
import { decideClosing } from '../../../src/domain/decide-closing.ts';
import type { Act } from '../../../src/domain/procedure.ts';
import type { Walk, WalkStep } from '../../../src/domain/walk.ts';
import type { Moment } from './living.ts';

/*
 * What must hold at every moment of every life of a case. The rules are written from the specification and look at
 * answers, not at gates: a gate that is taken out of a procedure breaks one of them.
 */

/** Whether the rule had anything to say at this moment. It throws, with why, when it is broken. */
export type Rule = (moment: Moment) => boolean;

/** Fails a rule. */
export function broken(why: string): never {
  throw new Error(why);
}

/** The answer that counts for a step that is walked once. */
export function answerOf({ places }: Pick<Moment, 'places'>, ref: string): Answer | null {
  return places.get(ref)?.[0]?.answer ?? null;
}

export function isWanted({ places }: Moment, ref: string): boolean {
  return places.has(ref);
}

export function hasChosen(moment: Moment, ref: string, ...options: string[]): boolean {
  return answerOf(moment, ref)?.chosen.some((option) => options.includes(option)) ?? false;
}

function recordedIn(moment: Moment, ref: string, field: string): string | null {
  const answer = answerOf(moment, ref);
  return answer?.result === 'done' ? (answer.record[field] ?? null) : null;
}

/** What was carried out just now, and the moment in which it was. */
function carriedOut(moment: Moment): { answer: Answer; place: WalkStep; then: Moment }[] {
  const then = moment.given.in;
  if (then === null) return [];
  return moment.given.answers.flatMap((answer) => {
    if (
      answer.part !== 'step' ||
      answer.result === 'not-done' ||
      answer.result === 'not-applicable'
    )
      return [];
    const place = then.places.get(answer.step)?.find(({ child }) => child === answer.child);
    return place === undefined ? [] : [{ answer, place, then }];
  });
}

function whenActing(
  moment: Moment,
  acts: readonly Act[],
  check: (then: Moment, place: WalkStep) => void,
) {
  let met = false;
  for (const { place, then } of carriedOut(moment)) {
    if (!place.step.acts.some((act) => acts.includes(act))) continue;
    met = true;
    check(then, place);
  }
  return met;
}

/** T4 runs, and nobody has said with a reason that only children made and shared it. */
function mayBeAbuseImage(then: Moment): boolean {
  if (!then.walk.running.includes('child-abuse-images')) return false;
  if (then.state.allegation) return true;
  const unclear = hasChosen(then, 'nudes/classify', 'adult-involved', 'abuse-material', 'not-sure');
  return unclear || !hasChosen(then, 'child-abuse-images/peers', 'among-children');
}

const noDeletingBeforeThePolice: Rule = (moment) =>
  whenActing(moment, ['delete'], (then, { step }) => {
    const police = recordedIn(then, 'spine/police', 'says-deleting');
    if (mayBeAbuseImage(then) && police !== 'may-delete')
      broken(`${step.ref} before the police said so`);
    if (isWanted(then, 'spine/police') && police !== 'may-delete')
      broken(`${step.ref} while the police have to be asked`);
  });

const threeConfirmations: Rule = (moment) => {
  let met = false;
  for (const { answer, then } of carriedOut(moment)) {
    if (answer.step !== 'nudes/delete') continue;
    met = true;
    if (answerOf(then, 'nudes/delete-check')?.chosen.length !== 3)
      broken('deleted without the three confirmations');
  }
  return met;
};

const policeFirst: Rule = (moment) => {
  let met = false;
  for (const { answer, place, then } of carriedOut(moment)) {
    const guarded = place.step.acts.some((act) =>
      ['interview', 'sanctions', 'other-settings', 'search-device', 'contact-offender'].includes(
        act,
      ),
    );
    if (!guarded && answer.step !== 'spine/parents' && answer.step !== 'spine/tell-parents')
      continue;
    if (!isWanted(then, 'spine/police')) continue;
    met = true;
    const opened = ['spine/police', 'spine/police-override'].some(
      (ref) => answerOf(then, ref)?.result === 'done',
    );
    if (!opened) broken(`${answer.step} before the police`);
    const says = recordedIn(then, 'spine/police', 'says-interviews');
    if (place.step.acts.includes('interview') && says === 'wait')
      broken(`${answer.step} although the police want it to wait`);
  }
  return met;
};

const parentsWait: Rule = (moment) =>
  whenActing(moment, ['inform-parents'], (then, { step }) => {
    if (step.procedure === 'staff') return;
    const override = answerOf(then, 'spine/police-override')?.result === 'done';
    if (recordedIn(then, 'spine/social-care', 'says-parents') === 'wait')
      broken(`${step.ref} although social care asked to wait`);
    if (
      recordedIn(then, 'spine/police', 'says-parents') === 'wait' &&
      isWanted(then, 'spine/police') &&
      !override
    )
      broken(`${step.ref} although the police asked to wait`);
    const agreed = ['spine/social-care', 'spine/police'].some(
      (ref) => recordedIn(then, ref, 'says-parents') === 'may-tell',
    );
    if (hasChosen(then, 'exploitation/suspect', 'family') && !agreed)
      broken(`${step.ref} while family may be behind it`);
  });

const guardedByTheLado: readonly Act[] = [
  ...(['inform-adult', 'inform-parents', 'inform-employer', 'suspend'] as const),
  ...(['interview', 'collect-device', 'search-device', 'sanctions'] as const),
];

const ladoFirst: Rule = (moment) =>
  whenActing(moment, guardedByTheLado, (then, { step }) => {
    if (!then.state.allegation) return;
    for (const question of ['harmed', 'offence', 'risk', 'suitability'])
      if (answerOf(then, `staff/${question}`) === null)
        broken(`${step.ref} before the four questions`);
    if (!isWanted(then, 'staff/lado')) return;
    if (answerOf(then, 'staff/lado')?.result !== 'done') broken(`${step.ref} before the LADO`);
    const waits = {
      'inform-adult': 'says-adult',
      'inform-parents': 'says-parents',
      'inform-employer': 'says-employer',
    };
    for (const [act, field] of Object.entries(waits))
      if (
        step.acts.some((one) => one === act) &&
        recordedIn(then, 'staff/lado', field) !== 'may-tell'
      )
        broken(`${step.ref} although the LADO has not agreed`);
  });

const looking: Rule = (moment) =>
  whenActing(moment, ['view'], (then, { step }) => {
    if (mayBeAbuseImage(then)) broken(`${step.ref} of what may be an abuse picture`);
    if (!hasChosen(then, 'nudes/viewing', 'to-decide', 'to-report', 'unavoidable'))
      broken(`${step.ref} without a ground`);
    if (answerOf(then, 'nudes/head-told')?.result !== 'done')
      broken(`${step.ref} without the headteacher`);
  });

const devicesAsFound: Rule = (moment) =>
  whenActing(moment, ['device-power'], (then, { step }) => {
    if (
      mayBeAbuseImage(then) &&
      recordedIn(then, 'spine/police', 'says-devices') !== 'may-switch-off'
    )
      broken(`${step.ref} of a device that the police may want as it was found`);
  });

const ceopAfterPolice: Rule = (moment) => {
  const made = carriedOut(moment).filter(({ answer }) => answer.step === 'exploitation/ceop');
  for (const { then } of made)
    if (answerOf(then, 'spine/police')?.result !== 'done') broken('CEOP before the police');
  return made.length > 0;
};

const unknownIsYes: Rule = (moment) => {
  if (hasChosen(moment, 'nudes/classify', 'no-picture') || !isWanted(moment, 'nudes/adult'))
    return false;
  const signs = ['adult', 'coerced', 'beyond-age', 'under-13', 'harm-now'];
  if (!signs.some((sign) => hasChosen(moment, `nudes/${sign}`, 'unknown'))) return false;
  if (!isWanted(moment, 'spine/police')) broken('not known, and no police');
  return true;
};

const policeAlways: Rule = (moment) => {
  const { running } = moment.walk;
  const due =
    running.includes('exploitation') ||
    (running.includes('child-abuse-images') && moment.state.allegation) ||
    (running.includes('sexual-harm') && hasChosen(moment, 'spine/kind', 'sexual-assault')) ||
    (mayBeAbuseImage(moment) && hasChosen(moment, 'spine/devices', 'school'));
  if (due && !isWanted(moment, 'spine/police')) broken(`no police in ${running.join(', ')}`);
  return due;
};

/** Rape or assault: a plan for each child, keeping them apart, and never handled in school alone. */
const assault: Rule = (moment) => {
  const { walk: walked, places, state } = moment;
  const due = walked.running.includes('sexual-harm') && !walked.running.includes('staff');
  if (!due || !hasChosen(moment, 'spine/kind', 'sexual-assault')) return false;
  const plans = places.get('sexual-harm/assessment')?.map(({ child }) => child) ?? [];
  for (const { id } of state.children) if (!plans.includes(id)) broken('a child without a plan');
  if (!places.has('sexual-harm/separate')) broken('nobody keeps them apart');
  if (mayEndAs(moment, 'E-INT')) broken('assault handled in school alone');
  return true;
};

/** Exploitation is handed on or ends with what the police said, and with nothing else. */
const exploitationEnds: Rule = (moment) => {
  const due =
    moment.walk.running.includes('exploitation') && !moment.walk.running.includes('staff');
  if (!due || answerOf(moment, 'spine/police')?.result === 'done') return false;
  for (const code of ['E-NFA', 'E-INT', 'E-EH', 'E-CSC', 'E-PREV'])
    if (mayEndAs(moment, code)) broken(`${code} without the police`);
  return true;
};

function mayEndAs({ walk: { ends } }: Moment, code: string): boolean {
  return ends.some(({ available, end }) => available && end.code === code);
}

/** Web addresses go to the IWF, and nothing else does; what lies on a school device also goes to social care. */
const pictureAgencies: Rule = (moment) => {
  if (!moment.walk.running.includes('child-abuse-images')) return false;
  if (
    isWanted(moment, 'child-abuse-images/iwf') &&
    !hasChosen(moment, 'child-abuse-images/address-known', 'yes')
  )
    broken('the IWF without an address');
  const here =
    hasChosen(moment, 'spine/devices', 'school') ||
    hasChosen(moment, 'child-abuse-images/situation', 'school-device');
  if (
    here &&
    mayBeAbuseImage(moment) &&
    !moment.state.allegation &&
    !isWanted(moment, 'spine/social-care')
  )
    broken('a school device and no social care');
  return true;
};

const neverLowLevel: Rule = ({ walk: { running, timers }, places, state }) => {
  if (!running.includes('child-abuse-images') || !state.allegation) return false;
  if (places.has('staff/low-level')) broken('an abuse picture as a low-level concern');
  const lado = places.get('staff/lado')?.[0];
  if (lado === undefined) broken('an abuse picture and no LADO');
  if (lado.state === 'open' && !timers.some(({ timer }) => timer.ref === 'staff/lado-clock'))
    broken('the LADO is due and no clock runs');
  return true;
};

const bothSidesHelped: Rule = ({ places, state, walk: { running } }) => {
  if (state.children.length === 0 || running.includes('staff')) return false;
  const helped = places.get('spine/support')?.map(({ child }) => child) ?? [];
  for (const { id } of state.children)
    if (!helped.includes(id)) broken('a child without help of their own');
  return true;
};

const prohibitionBeatsAction: Rule = ({ walk: walked }) => {
  const stopped = stoppedIn(walked);
  for (const { step, locks, state } of walked.steps)
    if (locks.length === 0 && state !== 'superseded' && step.acts.some((act) => stopped.has(act)))
      broken(`${step.ref} is stopped and has no lock`);
  return stopped.size > 0;
};

/** What no step of the case may do now. */
function stoppedIn({ prohibitions, gates }: Walk): Set<Act> {
  const forbidden = prohibitions.filter(({ lifted }) => !lifted);
  const shut = gates.filter(({ open, child }) => !open && child === null);
  return new Set([
    ...forbidden.flatMap(({ prohibition }) => prohibition.forbids),
    ...shut.flatMap(({ gate }) => gate.locks),
  ]);
}

const prohibitionsStay: Rule = (moment) => {
  const earlier = moment.given.in?.walk.prohibitions ?? [];
  const now = new Set(moment.walk.prohibitions.map(({ prohibition }) => prohibition.ref));
  for (const { prohibition } of earlier) {
    const released = prohibition.procedure === 'staff' && !moment.state.allegation;
    if (!released && !now.has(prohibition.ref)) broken(`${prohibition.ref} has gone away`);
  }
  return earlier.length > 0;
};

/** Nothing that must be done can be left, and a locked step cannot be carried out by any way in. */
const nothingSkipped: Rule = (moment) => {
  const { walk: walked, chance } = moment;
  const bound = walked.steps.filter(mustBeDone);
  const one = bound[chance(bound.length || 1)];
  if (one === undefined) return false;
  const missing = new Set(walked.missing);
  for (const place of bound)
    if (!missing.has(place)) broken(`${place.step.ref} does not block closing`);
  noWayRound(moment, one);
  const end = walked.ends[chance(walked.ends.length || 1)]?.end.ref;
  if (end !== undefined && couldClose(moment, end))
    broken(`${end} although ${one.step.ref} is open`);
  return true;
};

function noWayRound(moment: Moment, place: WalkStep): void {
  const { ref } = place.step;
  if (refusalOf(moment, place, 'not-done', 'No.') === null) broken(`${ref} could be left undone`);
  if (refusalOf(moment, place, 'not-applicable', ' ') === null)
    broken(`${ref} was set aside without a reason`);
  const result = place.step.kind === 'question' ? 'chosen' : 'done';
  if (place.state === 'locked' && refusalOf(moment, place, result, null) !== 'locked')
    broken(`${ref} is locked and was not refused for that`);
}

function mustBeDone({ step, state }: WalkStep): boolean {
  const must = step.need === 'mandatory' || step.need === 'conditional';
  return must && (state === 'open' || state === 'locked' || state === 'awaiting');
}

/** Why it is not recorded; null when it is. */
function refusalOf(
  { state, walk: walked }: Moment,
  { step, child }: WalkStep,
  result: Answer['result'],
  reason: string | null,
): string | null {
  const what = { type: 'answer', seen: null, step: step.ref, child, part: 'step' } as const;
  const who = { actor: 'p0', now: '2026-11-28T10:00:00Z' };
  const command = { ...what, chosen: [], record: {}, result, reason };
  const decision = decideAnswer(state, command, walked, who);
  return decision.ok ? null : decision.refusal.type;
}

function couldClose({ state, walk: walked }: Moment, end: string): boolean {
  const words = { summary: 'It was so.', outcome: 'It ended so.', reason: 'Because.' };
  const propose = { type: 'propose-closing', seen: null, end, ...words } as const;
  const second = { signers: ['second'], nobodyAbove: false };
  return decideClosing({ ...state, closing: null }, propose, walked, second).ok;
}

/** The rules about what is done, in which order. By what they say. */
export const stepRules: Readonly<Record<string, Rule>> = {
  'nothing is deleted before the police have said so': noDeletingBeforeThePolice,
  'no picture among children is deleted without the three confirmations': threeConfirmations,
  'nobody is questioned, punished or told about, and no other school rung, before the police':
    policeFirst,
  'no parent is told while an agency has asked to wait, or while family may be behind it':
    parentsWait,
  'nobody is told, questioned, suspended or searched before the four questions and the LADO':
    ladoFirst,
  'nobody looks without a ground and the headteacher, and never at what may be an abuse picture':
    looking,
  'a device stays as it was found while it may hold abuse pictures': devicesAsFound,
  'no report to CEOP comes before the police': ceopAfterPolice,
  'not known counts as yes': unknownIsYes,
  'exploitation, assault and abuse pictures always ask for the police': policeAlways,
  'assault asks for a plan for each child, keeps them apart, and is never handled in school':
    assault,
  'exploitation ends with what the police said': exploitationEnds,
  'the IWF gets addresses alone, and social care hears of what is on a school device':
    pictureAgencies,
  'abuse pictures and an adult here are never low-level, and the LADO’s clock runs': neverLowLevel,
  'every child has help of their own, whatever their part': bothSidesHelped,
  'a prohibition, or a shut gate, beats every action of every procedure': prohibitionBeatsAction,
  'no prohibition goes away while the case is open': prohibitionsStay,
  'nothing mandatory can be skipped, and nothing locked be done': nothingSkipped,
};
