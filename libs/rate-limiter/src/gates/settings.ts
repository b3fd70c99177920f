import { Scope } from '../budget/rules';

/** Sitoo's limits are not published: the defaults are the safe assumption, one call in flight and two per second. */
export interface SitooLimits {
  /** Whose limit it is. `auto` starts with one lane for the account and opens one per key while nobody answers "Too many connections". */
  readonly scope: Scope;
  /** Calls per second and lane. */
  readonly ratePerSecond: number;
  /** Calls the server takes at once from a rested lane. We use one less, as slack for timer jitter; with 1 the spacing grows by 6 %. */
  readonly burst: number;
  /** Calls in flight per lane. */
  readonly inFlight: number;
  /** With two lanes or more, catalogue and image calls (which run long) stay off the first. */
  readonly keepOneKeyFree: boolean;
  /** Most processes that may share the account: each one's share of the rate while Redis is away is 0.8 / maxReplicas. */
  readonly maxReplicas: number;
  /** Pause after a 429 without a time (doubles), and the longest wait believed, ms. Seen to work: 5 s doubling to 120 s. */
  readonly blockMs: number;
  readonly blockMaxMs: number;
  /** How long a key that answered 401 or 403 is left alone, ms, and how long when it is the last one. */
  readonly benchMs: number;
  readonly benchLastMs: number;
  /** Scope `auto`: answered calls before another lane is opened, and the pause after an attempt that failed, ms. */
  readonly widenAfterCalls: number;
  readonly probeAfterMs: number;
  /** After starting from nothing: no calls for so long, ms, so that calls in flight are reported first (renewals come every 1.5 s). */
  readonly settleMs: number;
}

export const sitooLimits: SitooLimits = {
  scope: 'auto',
  ratePerSecond: 2,
  burst: 1,
  inFlight: 1,
  keepOneKeyFree: true,
  maxReplicas: 4,
  blockMs: 5000,
  blockMaxMs: 120_000,
  benchMs: 600_000,
  benchLastMs: 30_000,
  widenAfterCalls: 10,
  probeAfterMs: 90_000,
  settleMs: 2000,
};

/** Omnium's published limits; a dedicated environment may have others. */
export interface OmniumLimits {
  /** Calls in flight per API user, and per tenant over all users. */
  readonly userInFlight: number;
  readonly tenantInFlight: number;
  /** Token bucket: size, and tokens per second. One call costs one token (not published; assumed). */
  readonly bucket: number;
  readonly ratePerSecond: number;
  /** `*Many` writes at a time: the documentation allows 4 and advises one after another. */
  readonly batchWrites: number;
  /** Product and inventory reads, outside the user's limit. */
  readonly productReads: number;
  readonly scrolls: number;
  readonly maxReplicas: number;
  /** Pause after a 429 without `Retry-After` (doubles), and the longest wait believed, ms. */
  readonly blockMs: number;
  readonly blockMaxMs: number;
  readonly settleMs: number;
}

export const omniumLimits: OmniumLimits = {
  userInFlight: 20,
  tenantInFlight: 40,
  bucket: 12_000,
  ratePerSecond: 100,
  batchWrites: 1,
  productReads: 150,
  scrolls: 1,
  maxReplicas: 8,
  blockMs: 2000,
  blockMaxMs: 120_000,
  settleMs: 2000,
};
