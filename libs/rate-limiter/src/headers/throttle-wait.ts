import { Headers } from './quota-headers';

/** How long a 429 asks to wait: a span, or a moment on the server's clock (ms since the epoch). */
export type ThrottleWait = { readonly forMs: number } | { readonly untilMs: number };

const hourMs = 3_600_000;

/**
 * Reads `X-Rate-Limit-Reset` (Unix seconds; also seconds from now or Unix ms) and then `Retry-After` (seconds or date). The response's
 * own `Date` turns a moment into a span, so that no process's clock matters. A wait that is past counts as absent; one above an hour
 * is used only when nothing saner is there, and the budget caps it. `retryAt` (ms, by this process's clock) is the last resort.
 */
export function throttleWait(headers: Headers, retryAt: number | undefined, nowMs: number): ThrottleWait | undefined {
  const dateMs = Date.parse(headers['date'] ?? '');
  const found = [resetWait(headers), retryAfterWait(headers)]
    .filter((wait) => wait !== undefined)
    .map((wait) => ('untilMs' in wait && Number.isFinite(dateMs) ? { forMs: wait.untilMs - dateMs } : wait));
  if (retryAt !== undefined && Number.isFinite(retryAt)) found.push({ forMs: retryAt - nowMs });
  const ahead = found.filter((wait) => span(wait, nowMs) > 0);
  return ahead.find((wait) => span(wait, nowMs) <= hourMs) ?? ahead[0];
}

function span(wait: ThrottleWait, nowMs: number): number {
  return 'forMs' in wait ? wait.forMs : wait.untilMs - nowMs;
}

function resetWait(headers: Headers): ThrottleWait | undefined {
  const name = Object.keys(headers).find((header) => /^x-rate-?limit-reset$/.test(header));
  const value = Number(headers[name ?? ''] || Number.NaN);
  if (!Number.isFinite(value) || value <= 0) return undefined;
  if (value < 1e7) return { forMs: value * 1000 };
  return { untilMs: value < 1e11 ? value * 1000 : value };
}

function retryAfterWait(headers: Headers): ThrottleWait | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return { forMs: Number(text) * 1000 };
  const at = Date.parse(text);
  return Number.isFinite(at) ? { untilMs: at } : undefined;
}
