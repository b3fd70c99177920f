/** A target that asks for more than an hour is taken to mean an hour: a broken header must not stop a market for days. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** Values before September 2001 are no Unix seconds; a client once met relative seconds in such headers, so they are not guessed at. */
const PLAUSIBLE_UNIX_SECONDS = 1_000_000_000;

/**
 * The pause a target asked for, ms, between 0 and `MAX_RETRY_AFTER_MS`; undefined when it named none. `X-Rate-Limit-Reset` (Unix
 * seconds) is what Sitoo's clients wait for, `Retry-After` (seconds or an HTTP date) is their fallback and Omnium's only header.
 * @param headers names in lower case
 */
export function retryAfterMs(headers: Record<string, string>, nowMs: number): number | undefined {
  const at = resetAt(headers['x-rate-limit-reset']) ?? retryAt(headers['retry-after'], nowMs);
  return at === undefined ? undefined : Math.min(Math.max(at - nowMs, 0), MAX_RETRY_AFTER_MS);
}

function resetAt(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d+(\.\d+)?$/.test(value.trim())) return undefined;
  const seconds = Number(value);
  return seconds >= PLAUSIBLE_UNIX_SECONDS ? seconds * 1000 : undefined;
}

function retryAt(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return nowMs + Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date;
}
