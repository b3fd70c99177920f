/** How a handler's round for one key goes. */
export interface BeginScript {
  /** What the handler does after reading: `throw` (a TypeError), `hang` (never answers), `park`, or its work. */
  fault?: 'throw' | 'hang' | 'park';
  /** Between reading and writing: mapping, the limiter, ms. */
  thinkMs: number;
}

export interface ApplyScript {
  /** How long the target takes, ms; it has the write at the end of it. */
  takesMs: number;
  /** `away`: 503, nothing applied. `reset`: applied, then the connection is reset. `silent`: applied, never answered. */
  fault?: 'away' | 'reset' | 'silent';
}

export interface SinkScript {
  begin(call: { key: string; process: string; facts: readonly string[]; attempt: number }): BeginScript;
  apply(call: { key: string; process: string; version: number }): ApplyScript;
}
