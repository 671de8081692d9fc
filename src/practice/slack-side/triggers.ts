import { randomBytes } from 'node:crypto';
import type { SlackPerson } from './roster.ts';

/** A trigger's person, or why it is good for nothing, in Slack's words. */
export type Taken =
  | { ok: true; person: SlackPerson }
  | { ok: false; error: 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' };

/** The permission to open one window, minted at every press. */
export type Triggers = {
  mint(person: SlackPerson): string;
  /** What the trigger is worth now; nothing is used up. */
  look(id: string): Taken;
  use(id: string): void;
};

const goodForMs = 3000;
/** Long enough to say "expired" rather than "invalid". */
const rememberedMs = 60_000;

export function createTriggers(now: () => Date): Triggers {
  const minted = new Map<string, { person: SlackPerson; at: number; used: boolean }>();
  return {
    mint(person) {
      const at = now().getTime();
      for (const [id, trigger] of minted) if (at - trigger.at > rememberedMs) minted.delete(id);
      const id = `${String(at)}.${randomBytes(12).toString('hex')}`;
      minted.set(id, { person, at, used: false });
      return id;
    },
    look(id) {
      const trigger = minted.get(id);
      if (trigger === undefined) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.used) return { ok: false, error: 'exchanged_trigger_id' };
      const late = now().getTime() - trigger.at > goodForMs;
      return late
        ? { ok: false, error: 'expired_trigger_id' }
        : { ok: true, person: trigger.person };
    },
    use(id) {
      const trigger = minted.get(id);
      if (trigger !== undefined) trigger.used = true;
    },
  };
}
