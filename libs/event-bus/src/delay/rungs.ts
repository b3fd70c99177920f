import { defineContract, noticeSchema, workRetention, type Contract } from '@connector/contracts';

/** One shared delay topic. */
export interface Rung {
  name: string;
  delayMs: number;
  contract: Contract;
}

const rung = (name: string, delayMs: number): Rung => ({
  name,
  delayMs,
  contract: defineContract({ name: `sync.delay.${name}`, version: 1, schema: noticeSchema, retention: workRetention }),
});

/** The four delays there are. All scale with TIME_SCALE. */
export const rungs: readonly [Rung, Rung, Rung, Rung] = [
  rung('10s', 10_000),
  rung('1m', 60_000),
  rung('10m', 600_000),
  rung('1h', 3_600_000),
];

/** Two quick tries, three within minutes, then patience: the six pauses of an order that is not readable yet make about 13 minutes. */
const retryLadder = [0, 0, 1, 1, 1, 2, 2, 3] as const;
/** A platform that is away: 10 s, 1 min, then every 10 min. */
const deferLadder = [0, 1, 2] as const;

/** The rung for the next try: the ladder's, or the shortest that is at least as long as the handler asked for. */
export function retryRung(attempt: number, afterMs?: number): Rung {
  if (afterMs !== undefined) return rungs.find(({ delayMs }) => delayMs >= afterMs) ?? rungs[3];
  return rungs[retryLadder[Math.min(Math.max(attempt, 1), retryLadder.length) - 1]!]!;
}

export function deferRung(deferrals: number): Rung {
  return rungs[deferLadder[Math.min(Math.max(deferrals, 1), deferLadder.length) - 1]!]!;
}
