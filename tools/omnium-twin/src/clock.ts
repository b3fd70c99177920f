import { setTimeout as wait } from 'node:timers/promises';

/** The twin's only source of time, so that specs decide what time it is and how long a call takes. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    if (ms > 0) await wait(ms);
  },
};

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
