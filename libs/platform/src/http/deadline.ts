import { setTimeout as pause } from 'node:timers/promises';

/** Design limit: no call, with its waits and repeats, holds its caller longer than this. */
export const MAX_DEADLINE_MS = 45_000;

/** Why a wait or an attempt ended early. */
export type Interruption = 'timeout' | 'deadline' | 'cancelled';

/** Time limit of one call with all its attempts and waits, and the caller's own signal, in one place. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #endsAt: number;
  readonly #timer: NodeJS.Timeout;
  readonly #onCancel = () => this.#interrupt('cancelled');
  #interruption: Interruption | undefined;

  constructor(
    totalMs: number,
    private readonly caller?: AbortSignal,
  ) {
    this.#endsAt = performance.now() + totalMs;
    this.#timer = setTimeout(() => this.#interrupt('deadline'), totalMs);
    caller?.addEventListener('abort', this.#onCancel, { once: true });
    if (caller?.aborted) this.#onCancel();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get interruption(): Interruption | undefined {
    return this.#interruption;
  }

  get remainingMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Resolves after `ms`, or at once when interrupted; look at `interruption` afterwards. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }

  /** What `work` brings, unless the call is interrupted first; then rejects, and the late result is dropped. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.signal.aborted) throw new Error('interrupted');
    let interrupt: (() => void) | undefined;
    const interrupted = new Promise<never>((_, reject) => {
      interrupt = () => reject(new Error('interrupted'));
      this.signal.addEventListener('abort', interrupt, { once: true });
    });
    try {
      return await Promise.race([work(), interrupted]);
    } finally {
      if (interrupt) this.signal.removeEventListener('abort', interrupt);
    }
  }

  /** Runs one attempt under its own time-out as well, and says which limit ended it. `send` must settle soon after its signal aborts. */
  async attempt<T>(
    timeoutMs: number,
    send: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ sent: T; interruption: Interruption | undefined }> {
    const own = new AbortController();
    let timedOut = false;
    const end = () => own.abort();
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutMs);
    this.signal.addEventListener('abort', end, { once: true });
    if (this.signal.aborted) end();
    try {
      const sent = await send(own.signal);
      return { sent, interruption: this.#interruption ?? (timedOut ? 'timeout' : undefined) };
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', end);
    }
  }

  /** Must be called when the call is over, or its timer and listener stay. */
  end(): void {
    clearTimeout(this.#timer);
    this.caller?.removeEventListener('abort', this.#onCancel);
  }

  #interrupt(why: Interruption): void {
    this.#interruption ??= why;
    this.#controller.abort(new Error(why));
  }
}
