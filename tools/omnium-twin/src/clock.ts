import { setTimeout as wait } from 'node:timers/promises';

/** The twin's only source of time, so that specs decide what time it is and how long a call takes. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after the time has passed, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    if (ms > 0) await wait(ms, undefined, { signal }).catch(() => undefined);
  },
};

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
