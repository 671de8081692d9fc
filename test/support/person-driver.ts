/*
 * What people do and see, said so that the same journey runs on Teams and on Slack. Each platform has a
 * strict stand-in behind it: a press sends what the card that the person really sees would send.
 */

export type SeenField = {
  id: string;
  label: string;
  type: 'choice' | 'choices' | 'person' | 'text' | 'date' | 'time';
  /** What can be picked, as it reads; empty for what is typed. */
  choices: string[];
  /** As it stands now, typed or given; choices as they read. */
  value: string | string[] | null;
};

/** A dialog, modal or inline form. `text` is everything that is written on it, problems too. */
export type SeenScreen = { title: string; text: string; fields: SeenField[]; buttons: string[] };

/** `notification` is what a locked phone shows of it. */
export type SeenMessage = { text: string; buttons: string[]; notification: string };

/** Field labels or ids, to what is typed, or to choices as they read or by id. */
export type Filling = Record<string, string | string[]>;

export type PersonDriver = {
  readonly name: string;
  /** Types into the direct chat with the bot. */
  says(text: string): Promise<void>;
  /** Types into a channel, where the platform lets it reach the bot. */
  saysIn(channel: string, text: string): Promise<void>;
  /** Drops a picture into the direct chat. */
  sendsPicture(): Promise<void>;
  /** Opens the form by the platform's own entry, which sends no message. */
  raises(): Promise<void>;
  /** Opens the form from the menu of somebody's message. */
  raisesFrom(messageLink: string): Promise<void>;
  /**
   * Presses what is labelled so: on the open screen, else on the newest message that has it, in the
   * direct chat or, when named, in a channel. Fails when there is no such button.
   */
  press(label: string, where?: { channel: string }): Promise<void>;
  /** Fills in the form that is open. Fails for a field or choice that is not there. */
  fill(values: Filling): void;
  /** Types into a field that searches, and gives what it offers. */
  search(field: string, query: string): Promise<string[]>;
  /** Sends the form that is open. */
  submit(): Promise<void>;
  /** Closes the screen without sending it. */
  close(): void;
  /** The open screen, or the newest message with a form in it; null when there is neither. */
  screen(): SeenScreen | null;
  /** The direct chat, oldest first, the person's own messages too. */
  chat(): SeenMessage[];
  /** A channel as this person sees it. Fails for somebody who is not in it. */
  channel(name: string): SeenMessage[];
  /** Sentences that only this person saw and that are gone again, oldest first. */
  notices(): string[];
  /** Waits for what the bot does by itself. Fails after some seconds. */
  until(what: () => boolean): Promise<void>;
};

/** Everything the bot has sent, as it went over the wire. */
export type Recording = {
  /** `chat`: kept by the platform and seen by whoever is in the place; `screen`: for one person's eyes. */
  kind: 'chat' | 'screen';
  /** Person or channel. */
  to: string;
  body: string;
};

/** A workplace with its people, its channels and the bot under test. */
export type Workplace = {
  readonly platform: 'teams' | 'slack';
  person(name: string): PersonDriver;
  recordings(): readonly Recording[];
  /** What was wrong with anything the bot sent; a journey ends by expecting none. */
  violations(): readonly string[];
  stop(): Promise<void>;
};
