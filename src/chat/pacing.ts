import type { Messenger, Sent } from './interaction.ts';

const longestMs = 300_000;

/**
 * A messenger that leaves a platform alone for as long as it asked for: one workspace and one kind of call waits,
 * the others go on. What would have been sent meanwhile is not tried. Source: assurance.md R8.
 */
export function paced(messenger: Messenger, now: () => Date): Messenger {
  const pauses = new Map<string, number>();
  const attempt = async (key: string, call: () => Promise<Sent>): Promise<Sent> => {
    const left = (pauses.get(key) ?? 0) - now().getTime();
    if (left > 0) return { type: 'later', waitMs: left };
    pauses.delete(key);
    const sent = await call();
    if (sent.type === 'later') pauses.set(key, now().getTime() + politely(sent.waitMs));
    return sent;
  };
  return {
    platform: messenger.platform,
    send: (target, card) =>
      attempt(`send ${target.type} ${target.tenant}`, () => messenger.send(target, card)),
    update: (message, card) => attempt('update', () => messenger.update(message, card)),
    channelState: (channel) => messenger.channelState(channel),
  };
}

/** Missing, senseless and huge wishes are kept between one second and five minutes. */
function politely(waitMs: number): number {
  return Number.isFinite(waitMs) ? Math.min(longestMs, Math.max(1000, waitMs)) : longestMs;
}
