/**
 * Permission to make the first call of a batch. It is taken before the batch is formed, so that everything that arrives while the limiter
 * makes us wait still joins the batch: fewer calls, and nothing read earlier than needed.
 */
export interface Slot {
  /** What the handler uses it with; handed on as `context.slot`. */
  readonly value: unknown;
  /** Called once when the batch is over, used or not. */
  release(): void;
}

/** Asks for a slot for a market's next batch. Undefined: none is needed. */
export type TakeSlot = (market: { tenant: string; market: string }, signal: AbortSignal) => Promise<Slot | undefined>;
