import type { PersonDriver, Workplace } from './person-driver.ts';

/*
 * What a journey asks of a person besides what `PersonDriver` has: pressing the button of one message among
 * many, and pressing a button that should be gone. A platform takes part in the journeys when its people
 * can do this.
 */

/** Where a button stands: in a channel instead of the direct chat; on the newest message that holds these words. */
export type Where = { channel?: string; on?: string };

/** A button as somebody held it at one moment, with what was typed beside it: an old window, a second device, a forger. */
export type KeptButton = { readonly platform: string; readonly kept: unknown };

export type JourneyPerson = Omit<PersonDriver, 'press'> & {
  /** Types “concern” into the direct chat, and comes as far as the form: there at once, or by the button that opens it. */
  raisesInChat(): Promise<void>;
  /** As `PersonDriver.press`. With a place named, an open screen is closed first. */
  press(label: string, where?: Where): Promise<void>;
  /** Takes down a button that is there now, found like `press` finds it. The button that sends a form too. */
  keep(label: string, where?: Where): KeptButton;
  /**
   * Presses what was kept, by this or another person, whatever has become of its message since. `altered`:
   * with one character of its handle changed. Gives what the person then reads.
   */
  pressKept(button: KeptButton, how?: { altered?: boolean }): Promise<string>;
};

export type JourneyWorkplace = Omit<Workplace, 'person'> & {
  person(name: string): JourneyPerson;
  /** As this platform writes a link to somebody's message in a channel. */
  readonly messageLink: string;
  /** What stands before a warning; nothing where it has a colour instead. */
  readonly warningSign: string;
  /** The next thing that somebody does reaches the bot this often, at once. */
  deliverNext(times: number): void;
};
