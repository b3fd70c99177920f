/** Redis did not answer in time. */
export class RedisTimeoutError extends Error {
  readonly code = 'REDIS_TIMED_OUT';
  constructor(limitMs: number) {
    super(`Redis did not answer within ${limitMs} ms`);
  }
}

/**
 * An answer, or a rejection after `limitMs`. When this process itself was late (a blocked event loop, no CPU), the answer is already in
 * the socket: it gets two more turns of the event loop to be read before Redis is blamed. A client's own command timeout does not do that.
 */
export function inTime<T>(answer: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new RedisTimeoutError(limitMs));
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), limitMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
