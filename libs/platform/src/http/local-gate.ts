import { callClasses, type CallClass, type CallGate, type CallPass, type CallResult } from './gate';

export interface LocalGateOptions {
  /** Calls in flight at a time, over all keys. Default 1: Sitoo answers a second one with "Too many connections". */
  maxInFlight?: number;
  /** Calls started per second, evenly spaced. Default 2, the safe assumption for Sitoo. */
  perSecond?: number;
  /** Number of API keys to take turns with. Default 1. */
  keys?: number;
}

/** Pauses after a 429, ms: what worked for "Too many connections", Omnium's documented wait without a header, and a cap for headers. */
const TOO_MANY_CONNECTIONS_MS = 400;
const THROTTLED_MS = 2_000;
const MAX_BLOCK_MS = 60_000;

interface Waiter {
  since: number;
  admit: (pass: CallPass) => void;
}

/**
 * A gate inside one process: most urgent class first, first come first served within a class, evenly spaced starts (GCRA with a burst
 * of one), a pause for all after a 429, and keys in turn.
 *
 * It knows nothing of other processes: N of them make N times the calls. So it is for tests, for a single process, and as the small
 * share each process keeps when Redis is away. It has no reserve and no ageing: steady urgent work starves the classes below.
 */
export function createLocalGate(options: LocalGateOptions = {}): CallGate {
  return new LocalGate(options.maxInFlight ?? 1, 1000 / (options.perSecond ?? 2), options.keys ?? 1);
}

class LocalGate implements CallGate {
  readonly #waiting = new Map<CallClass, Set<Waiter>>(callClasses.map((name) => [name, new Set<Waiter>()]));
  /** Least recently used first; a refused key leaves, except the last one, so that the refusal is seen instead of an endless wait. */
  readonly #keys: number[];
  #inFlight = 0;
  #nextStartAt = 0;
  #blockedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly maxInFlight: number,
    private readonly intervalMs: number,
    keys: number,
  ) {
    this.#keys = Array.from({ length: keys }, (_, index) => index);
  }

  enter({ class: name, signal }: { class: CallClass; signal?: AbortSignal }): Promise<CallPass> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const queue = this.#waiting.get(name);
      const giveUp = () => {
        queue?.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        since: Date.now(),
        admit: (pass) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(pass);
        },
      };
      queue?.add(waiter);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#admit();
    });
  }

  #admit(): void {
    clearTimeout(this.#timer);
    while (this.#inFlight < this.maxInFlight) {
      const queue = callClasses.map((name) => this.#waiting.get(name)).find((one) => one !== undefined && one.size > 0);
      if (queue === undefined) return;
      const waitMs = this.#waitMs(Date.now());
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#admit(), waitMs);
        return;
      }
      const [waiter] = queue;
      if (waiter === undefined) return;
      queue.delete(waiter);
      waiter.admit(this.#pass(Date.now() - waiter.since));
    }
  }

  #waitMs(now: number): number {
    // A clock set back must not stretch the spacing: the next start is never further away than one interval.
    this.#nextStartAt = Math.min(this.#nextStartAt, now + this.intervalMs);
    this.#blockedUntil = Math.min(this.#blockedUntil, now + MAX_BLOCK_MS);
    return Math.ceil(Math.max(this.#nextStartAt, this.#blockedUntil) - now);
  }

  #pass(waitedMs: number): CallPass {
    this.#inFlight += 1;
    this.#nextStartAt = Date.now() + this.intervalMs;
    const key = this.#keys.shift() ?? 0;
    this.#keys.push(key);
    let left = false;
    return {
      key,
      waitedMs,
      leave: async (result) => {
        if (left) return;
        left = true;
        this.#inFlight -= 1;
        this.#learn(key, result);
        this.#admit();
      },
    };
  }

  #learn(key: number, result: CallResult): void {
    const now = Date.now();
    if (result.kind === 'throttled') this.#block(result.retryAt ?? now + THROTTLED_MS);
    if (result.kind === 'too-many-connections') this.#block(now + TOO_MANY_CONNECTIONS_MS);
    if (result.kind === 'refused' && this.#keys.length > 1 && this.#keys.includes(key)) this.#keys.splice(this.#keys.indexOf(key), 1);
  }

  #block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until);
  }
}

/** No limit at all, for calls that a platform exempts (Omnium's token). */
export function createOpenGate(): CallGate {
  return { enter: async () => ({ key: 0, waitedMs: 0, leave: async () => undefined }) };
}
