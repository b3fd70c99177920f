/** What went wrong with a call, in the caller's view of the contract and the limits. */
export interface RecordedViolation {
  /** ISO 8601, UTC. */
  at: string;
  kind: 'contract' | 'auth' | 'concurrency' | 'rate' | 'unserved';
  account: number;
  key?: string;
  /** Method and path without the query, which may name a person. */
  request: string;
  operation?: string;
  message: string;
}

/** Violations kept in full; beyond it only the counts grow. */
const KEPT = 1000;

/** Counts calls and remembers violations. */
export class Records {
  readonly calls: Record<string, number> = {};
  readonly callsByKey: Record<string, number> = {};
  readonly list: RecordedViolation[] = [];
  private readonly counts = new Map<RecordedViolation['kind'], number>();
  /** Answers 400 and 404 that a correct caller may get, by operation: an external id in use, more delivered than is left. */
  readonly refusals: Record<string, number> = {};
  faultsServed = 0;

  call(operation: string, key: string): void {
    this.calls[operation] = (this.calls[operation] ?? 0) + 1;
    this.callsByKey[key] = (this.callsByKey[key] ?? 0) + 1;
  }

  refusal(operation: string): void {
    this.refusals[operation] = (this.refusals[operation] ?? 0) + 1;
  }

  violation(violation: RecordedViolation): void {
    this.counts.set(violation.kind, this.count(violation.kind) + 1);
    if (this.list.length < KEPT) this.list.push(violation);
  }

  /** Breaches of the contract, calls the twin does not serve included: nothing of it may happen in a run. */
  get violations(): number {
    return this.count('contract') + this.count('unserved');
  }

  get authFailures(): number {
    return this.count('auth');
  }

  /** Calls refused with 429 because the caller ran into a limit; ordered faults are not among them. */
  get limitHits(): number {
    return this.count('concurrency') + this.count('rate');
  }

  private count(kind: RecordedViolation['kind']): number {
    return this.counts.get(kind) ?? 0;
  }
}
