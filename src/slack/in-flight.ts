/** Runs the work and remembers it until it is done. */
export type Track = <T>(work: () => Promise<T>) => Promise<T>;

/** Knows what is under way, so that stopping can wait for it. */
export function createInFlight(): { track: Track; drain: () => Promise<void> } {
  const running = new Set<Promise<unknown>>();
  return {
    track: async (work) => {
      const done = work();
      running.add(done);
      try {
        return await done;
      } finally {
        running.delete(done);
      }
    },
    drain: async () => {
      await Promise.allSettled(running);
    },
  };
}
