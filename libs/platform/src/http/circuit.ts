import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import type { CallError, CallFailure } from './call-error';

export interface CircuitSettings {
  /** Failed attempts in a row that open the circuit. In a row: one record that always fails cannot open it while others get through. */
  failures: number;
  /** Time until one call is let through to try the target again, ms. */
  restMs: number;
}

/** Six in a row are more than one call's four attempts; 10 s is the bus's first delay. */
export const standardCircuit: CircuitSettings = { failures: 6, restMs: 10_000 };

export type CircuitStateName = 'closed' | 'open' | 'half-open';

/** What others may know about a circuit. */
export interface CircuitView {
  readonly state: CircuitStateName;
  /** Calls `listener` at each change; returns the way to stop that. */
  onChange(listener: (state: CircuitStateName) => void): () => void;
}

/** Time-outs, broken connections and 5xx. Not 429: the gate already holds everybody back, and a target that answers 429 is there. */
const countsAgainst: ReadonlySet<CallFailure> = new Set(['TIMEOUT', 'UNREACHABLE', 'SERVER_ERROR']);

/** A circuit around the attempts of one seam, so per market and target. Any answer below 500 closes it. */
export class Circuit implements CircuitView {
  readonly #breaker;
  #opensUntil = 0;

  constructor(private readonly settings: CircuitSettings) {
    const unhealthy = handleWhenResult((outcome) => isFailed(outcome) && countsAgainst.has(outcome.error.failure));
    this.#breaker = circuitBreaker(unhealthy, {
      halfOpenAfter: settings.restMs,
      breaker: new ConsecutiveBreaker(settings.failures),
    });
    this.#breaker.onBreak(() => (this.#opensUntil = Date.now() + settings.restMs));
  }

  get state(): CircuitStateName {
    return names[this.#breaker.state];
  }

  onChange(listener: (state: CircuitStateName) => void): () => void {
    const { dispose } = this.#breaker.onStateChange((state) => listener(names[state]));
    return dispose;
  }

  /** Time until the next call may try, ms; 0 when calls may go. Asked before queueing at the gate. */
  get closedForMs(): number {
    return this.#breaker.state === CircuitState.Open ? Math.max(0, this.#opensUntil - Date.now()) : 0;
  }

  /** Runs an attempt that reports failure as a value; `refused` when the circuit opened in the meantime. */
  async run<T extends { error?: CallError }>(attempt: () => Promise<T>, refused: (forMs: number) => T): Promise<T> {
    let started = false;
    try {
      return await this.#breaker.execute(() => {
        started = true;
        return attempt();
      });
    } catch (error) {
      if (started) throw error;
      return refused(this.closedForMs || this.settings.restMs);
    }
  }
}

const names: Record<CircuitState, CircuitStateName> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

function isFailed(outcome: unknown): outcome is { error: CallError } {
  return typeof outcome === 'object' && outcome !== null && 'error' in outcome && outcome.error !== undefined;
}
