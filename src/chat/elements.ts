/*
 * What the conversation shows, platform-neutral. Each platform draws these unions with one switch and
 * no default, so that an element nobody draws does not compile.
 *
 * card:   a chat message. It is a pointer: reference, type label, urgency, time, procedure text,
 *         buttons. `CardElement` has no element that could hold what somebody wrote.
 * screen: a dialog (or, where there are no dialogs, a card that only its reader sees and that the
 *         platform does not keep with values). Only screens hold names, free text and addresses.
 */

/** A button's value: an opaque handle that is resolved and authorised again at every press. */
export type Handle = string;

/**
 * `dialog`: the press opens a screen, so the platform must ask in the way that lets it open one.
 * `inline`: the press changes something at once.
 */
export type Button = {
  label: string;
  handle: Handle;
  opens: 'dialog' | 'inline';
  style: 'plain' | 'primary' | 'danger';
};

export type TextTone = 'plain' | 'strong' | 'quiet' | 'warning' | 'danger';

export type Fact = { label: string; value: string };

/** One line of a checklist. `note` is procedure text (why it is locked, when it is due), never a person's words. */
export type ChecklistItem = {
  title: string;
  state: 'open' | 'now' | 'locked' | 'waiting' | 'done' | 'set-aside';
  note: string | null;
};

/** A few numbers side by side. Labels are labels of procedures, never a person's words. */
export type Chart = { type: 'chart'; title: string; bars: { label: string; value: number }[] };

/** May stand in a chat message. */
export type CardElement =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: string; tone: TextTone }
  | { type: 'facts'; facts: Fact[] }
  | { type: 'list'; items: string[] }
  /** Prohibitions: drawn above the buttons that would tempt, never collapsed. */
  | { type: 'never'; items: string[] }
  | { type: 'checklist'; items: ChecklistItem[] }
  | { type: 'buttons'; buttons: Button[] }
  /** Drawn as bars where the platform can, and always said in numbers too. */
  | Chart
  | { type: 'divider' };

/** May stand in a screen only: what a person wrote or is called. Drawn literally, with no markup of any kind. */
export type PrivateElement =
  { type: 'words'; label: string; text: string } | { type: 'private-facts'; facts: Fact[] };

export type ScreenElement = CardElement | PrivateElement;

/** A chat message. `kind` names what it is, for logs and for finding the message that a change must update. */
export type Card = {
  kind: string;
  /** Push notifications and lock screens show this: a fixed sentence and a reference, nothing else. */
  summary: string;
  elements: CardElement[];
};

export type Choice = { id: string; label: string; help?: string };

type FieldBase = { id: string; label: string; help: string | null; required: boolean };

/**
 * One thing to fill in. Limits are the tighter of the two platforms' (see limits.ts), so that no value
 * can be typed that cannot be kept whole.
 */
export type Field = FieldBase &
  (
    | { type: 'choice'; choices: Choice[]; value: string | null; shown: 'buttons' | 'list' }
    | { type: 'choices'; choices: Choice[]; value: string[] }
    /** `search` is asked of the bot when the list is too long for the platform. */
    | { type: 'person'; people: Choice[]; value: string | null; search: Handle }
    | { type: 'text'; value: string | null; maxLength: number }
    | { type: 'long-text'; value: string | null; maxLength: number }
    /** ISO date, 2026-11-28. */
    | { type: 'date'; value: string | null }
    /** 24-hour local time, 10:42. */
    | { type: 'time'; value: string | null }
  );

/** What was filled in, field id to value; a `choices` field gives a list. Absent and empty mean the same. */
export type Values = Record<string, string | string[]>;

/** A screen to read or to fill in. With no fields it is for reading. */
export type Screen = {
  title: string;
  elements: ScreenElement[];
  fields: Field[];
  /** Sends the fields. Null when there is nothing to send. */
  submit: { label: string; handle: Handle } | null;
  /** Further buttons, drawn under the fields; a press carries what was typed too, so that nothing is lost. */
  buttons: Button[];
};
