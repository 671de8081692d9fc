export type EmbeddedPostgresTrouble =
  'no-binary' | 'read-only-folder' | 'port-taken' | 'not-started' | 'no-user';

/** The built-in database cannot be had; the message is one sentence for the person at the terminal. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresTrouble;
  constructor(code: EmbeddedPostgresTrouble, message: string) {
    super(message);
    this.code = code;
  }
}
