import { createHmac } from 'node:crypto';
import type { StoredHandle } from '../app/ports.ts';
import { caseOf, type Action } from './action.ts';
import type { Button, Handle } from './elements.ts';

/** Makes the handles of one card or screen, and keeps what they mean until it is stored. */
export type Mint = {
  handle(action: Action): Handle;
  button(label: string, action: Action, look?: Partial<Pick<Button, 'opens' | 'style'>>): Button;
  minted(): Omit<StoredHandle, 'school'>[];
};

export type MintFor = {
  school: string;
  /** Null for a message that several people see. */
  person: string | null;
  /** The version of the case that is drawn, or null. */
  version: number | null;
  now: Date;
  /** How long the buttons mean anything, in milliseconds. */
  lifetime: number;
};

export const lifetimes = { form: 24 * 3600_000, card: 60 * 24 * 3600_000 } as const;

/**
 * A handle is the keyed hash of what it means, so that drawing the same card again, or sending it a second
 * time after an unclear answer, gives the same handles and one effect. 132 bits; nothing can be read from it.
 */
export function createMint(
  key: Uint8Array,
  { school, person, version, now, lifetime }: MintFor,
): Mint {
  const minted = new Map<Handle, Omit<StoredHandle, 'school'>>();
  const expiresAt = new Date(now.getTime() + lifetime).toISOString();
  const mint: Mint = {
    handle(action) {
      const meaning = JSON.stringify([school, person, version, action]);
      const handle = createHmac('sha256', key).update(meaning).digest('base64url').slice(0, 22);
      minted.set(handle, {
        handle,
        person,
        action,
        caseId: caseOf(action),
        caseVersion: version,
        expiresAt,
      });
      return handle;
    },
    button: (label, action, look = {}) => ({
      label,
      handle: mint.handle(action),
      opens: look.opens ?? 'inline',
      style: look.style ?? 'plain',
    }),
    minted: () => [...minted.values()],
  };
  return mint;
}
