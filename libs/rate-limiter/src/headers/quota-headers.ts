/** Response headers in lower case. */
export type Headers = Readonly<Record<string, string>>;

const aboutQuota = /rate-?limit|quota|throttl|^retry-after$/;

/** The headers that say something about limits, whatever their exact names: Sitoo's are not documented. */
export function quotaHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => aboutQuota.test(name)));
}

/** Calls left according to `X-RateLimit-Remaining` in any spelling; -1 when absent or not a whole number. */
export function remainingCalls(headers: Headers): number {
  for (const [name, value] of Object.entries(headers)) {
    if (/rate-?limit-remaining$/.test(name) && /^\d{1,9}$/.test(value.trim())) return Number(value);
  }
  return -1;
}
