import type { CatchUp } from '@connector/connector-config';
import type { Rest } from './line';
import type { Run } from './runs';

/** A task as the API shows it; times in ISO 8601. */
export interface ShownTask {
  tenant: string;
  id: string;
  implementationType: string;
  /** The service that does it; null: none does. */
  executor: string | null;
  schedule: { expression: string; timeZone: string; words: string; next: string[] };
  catchUp: CatchUp;
  fires: boolean;
  /** Why it does not fire by itself. */
  rest: Rest | null;
  isDisabled: boolean;
  /** Whether the file or a later change says so. */
  origin: 'file' | 'changed';
  changedAt: string | null;
  changedBy: string | null;
  markets: { market: string; running: ShownRun | null; last: ShownRun | null }[];
}

export interface ShownRun {
  market: string;
  firing: string;
  by: string;
  state: Run['state'];
  requestedAt?: string;
  startedAt?: string;
  finishedAt?: string;
  done?: number;
  total?: number;
  unit?: string;
  estimatedAt?: string;
  result?: 'done' | 'skipped';
  counts?: Record<string, number>;
  reason?: { code: string; message: string };
}

export function toShownRun(market: string, run: Run): ShownRun {
  const { firing, by, state, done, total, unit, result, counts, reason } = run;
  const times = { requestedAt: run.requestedAt, startedAt: run.startedAt, finishedAt: run.finishedAt, estimatedAt: run.estimatedAt };
  const shown = Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, new Date(time).toISOString()]]));
  return { market, firing, by, state, ...Object.fromEntries(shown), done, total, unit, result, counts, reason };
}
