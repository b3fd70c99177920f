import type { Problem } from './refusal';

/** A broken rule or a doubtful order, with when and where. */
export interface RecordedProblem extends Problem {
  /** UTC, ISO 8601. */
  at: string;
  tenantId?: string;
  operationId: string;
}

type Counter = Record<string, number>;

/** What happened since the start or the last reset. */
export class Records {
  readonly reads: Counter = {};
  readonly writes: Counter = {};
  /** Answers by status; `cut` counts calls that were never answered. */
  readonly answers: Counter = {};
  readonly limitHits: Counter = {};
  readonly violations: RecordedProblem[] = [];
  readonly warnings: RecordedProblem[] = [];
  /** Orders per batch write that was applied, in order of arrival. */
  readonly batchSizes: number[] = [];
  /** Second writers that met a running write of the same order. */
  conflicts = 0;

  call(operationId: string, isWrite: boolean): void {
    count(isWrite ? this.writes : this.reads, operationId);
  }

  answer(status: number | 'cut'): void {
    count(this.answers, String(status));
  }

  limitHit(limit: string): void {
    count(this.limitHits, limit);
  }
}

export function count(counter: Counter, key: string): void {
  counter[key] = (counter[key] ?? 0) + 1;
}

export function totalOf(counter: Readonly<Counter>): number {
  return Object.values(counter).reduce((total, value) => total + value, 0);
}
