import type { Answer } from './answer.ts';
import type { CaseEvent, PinnedPolicy } from './case-events.ts';
import type { Urgency } from './case.ts';
import type { Lock, WalkStep } from './walk.ts';

type Seen = {
  /** The version of the case that the pressed button was drawn from; null for what is not a button (the reporter's own forms). */
  seen: number | null;
};

/** What a person asks for. */
export type Command = Seen &
  (
    | { type: 'claim' }
    | { type: 'unclaim'; reason: string | null }
    | { type: 'hand-over'; to: string }
    | { type: 'declare-conflict' }
    | ({ type: 'answer' } & Pick<
        Answer,
        'step' | 'child' | 'part' | 'result' | 'chosen' | 'record' | 'reason'
      >)
    | {
        type: 'give-task';
        task: string;
        step: string;
        child: string | null;
        to: string;
        details: string;
      }
    | { type: 'finish-task'; task: string; record: Record<string, string> }
    | { type: 'decline-task'; task: string; reason: string | null }
    | { type: 'name-child'; child: Omit<CaseEvent & { type: 'child-named' }, 'type'> }
    | { type: 'name-adult'; person: string | null; typed: string | null }
    | { type: 'note'; text: string }
    | { type: 'change-urgency'; to: Urgency; reason: string }
    | {
        type: 'propose-closing';
        end: string;
        summary: string;
        outcome: string;
        reason: string | null;
      }
    | { type: 'sign'; accept: true }
    | { type: 'sign'; accept: false; reason: string }
    | { type: 'reopen'; reason: string }
    | { type: 'link'; to: string; as: (CaseEvent & { type: 'linked' })['as'] }
    | { type: 'switch-policy'; policy: PinnedPolicy }
    | {
        type: 'add-words';
        concern: string;
        /** What the reporter said when the adult question was asked again. */
        adult: {
          about: string[];
          part: 'done-by' | 'done-to' | 'not-sure';
          subjects: string[];
        } | null;
      }
    | { type: 'repeat-worry' }
    /** Whom the reporter told themselves, as the law asks of them. */
    | { type: 'record-own-duty'; record: Record<string, string> }
  );

/** Why nothing changed. Values, not faults: each is explained to the person in its own words. */
export type Refusal =
  /** The same for "no such case" and "not yours": it must not tell which. */
  | { type: 'not-entitled' }
  | { type: 'stale'; by: string | null; at: string }
  | { type: 'already-claimed'; by: string; at: string }
  | { type: 'case-closed' }
  | { type: 'locked'; locks: Lock[] }
  | { type: 'not-offered' }
  | { type: 'reason-needed' }
  | { type: 'record-needed'; fields: string[] }
  /** A step that is done in a dialog of its own was to be ticked off without it. */
  | { type: 'not-done-yet'; dialog: 'children' | 'adult' | 'child-side' }
  | { type: 'still-missing'; steps: WalkStep[] }
  | { type: 'end-not-available'; words: string }
  | { type: 'already-proposed'; by: string }
  | { type: 'same-person' }
  | { type: 'no-second-person' };

export type Decision = { ok: true; events: CaseEvent[] } | { ok: false; refusal: Refusal };
