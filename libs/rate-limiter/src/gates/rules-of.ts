import { createHash } from 'node:crypto';
import { commonRules, Rules } from '../budget/rules';
import { OmniumLimits, SitooLimits } from './settings';

/** Kinds of Omnium calls, in the order the budget counts them. */
export const omniumKinds = ['general', 'batch-write', 'product-read', 'scroll'] as const;
export type OmniumKind = (typeof omniumKinds)[number];

/** While Redis is away the processes together use this much of the rate at most. */
const localShare = 0.8;
const reserveShare = 0.2;
/** A slot is given out one interval ahead, and a second at most, however slow the lane. */
const horizonUs = 1_000_000;

/** A name for a key that gives nothing away. */
export function fingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

function reserved(places: number): number {
  return places < 5 ? 0 : Math.floor(places * reserveShare);
}

export function sitooRules(keys: readonly string[], limits: SitooLimits): Rules {
  const burst = Math.max(1, limits.burst - 1);
  const slack = limits.burst < 2 ? 1.06 : 1; // what a call loses on its way is added when it is known
  const intervalUs = Math.round((1e6 / limits.ratePerSecond) * slack);
  return {
    ...commonRules,
    keys: keys.map(fingerprint),
    scope: limits.scope,
    intervalUs,
    burst,
    reserve: burst < 3 ? 0 : 1 + Math.max(1, Math.floor(burst * reserveShare)), // 1: the slot given out ahead
    horizonUs,
    inFlight: limits.inFlight,
    inFlightReserve: reserved(limits.inFlight),
    kinds: [[]],
    pools: [],
    longFrom: limits.keepOneKeyFree ? 4 : 6,
    settleUs: limits.settleMs * 1000,
    blockUs: limits.blockMs * 1000,
    blockMaxUs: limits.blockMaxMs * 1000,
    benchUs: limits.benchMs * 1000,
    benchLastUs: limits.benchLastMs * 1000,
    widenAfter: limits.widenAfterCalls,
    probeUs: limits.probeAfterMs * 1000,
  };
}

/**
 * One lane for the tenant's bucket, and pools for what may be in flight: 0 this user, 1 the tenant, 2 batch writes, 3 product and
 * inventory reads, 4 scrolls.
 */
export function omniumRules(limits: OmniumLimits): Rules {
  const pools = [limits.userInFlight, limits.tenantInFlight, limits.batchWrites, limits.productReads, limits.scrolls];
  const intervalUs = Math.ceil(1e6 / limits.ratePerSecond);
  return {
    ...commonRules,
    keys: ['tenant'],
    scope: 'account',
    intervalUs,
    burst: limits.bucket,
    reserve: Math.floor(limits.bucket * reserveShare),
    horizonUs,
    inFlight: limits.tenantInFlight + limits.productReads,
    inFlightReserve: 0,
    kinds: [[0, 1], [0, 1, 2], [3], [0, 1, 4]],
    pools: pools.map((limit) => ({ limit, reserve: reserved(limit) })),
    longFrom: 6,
    settleUs: limits.settleMs * 1000,
    blockUs: limits.blockMs * 1000,
    blockMaxUs: limits.blockMaxMs * 1000,
    benchUs: 0, // one user: leaving it alone would stop everything; the client renews the token or reports the missing role
    benchLastUs: 0,
    widenAfter: 1,
    probeUs: 0,
  };
}

/**
 * What one process may do on its own: a share of the rate, no burst, one call in flight on one key. Processes start at different keys
 * (`place`), cannot see each other, and so slow down also at "Too many connections".
 */
export function localRules(rules: Rules, maxReplicas: number, place: number): Rules {
  const start = rules.keys.length > 0 ? place % rules.keys.length : 0;
  const pools = rules.pools.map(({ limit }) => ({ limit: Math.max(1, Math.floor((limit * localShare) / maxReplicas)), reserve: 0 }));
  return {
    ...rules,
    keys: [...rules.keys.slice(start), ...rules.keys.slice(0, start)],
    scope: 'account',
    intervalUs: Math.ceil((rules.intervalUs * maxReplicas) / localShare),
    burst: 1,
    reserve: 0,
    inFlight: rules.pools.length > 0 ? rules.inFlight : 1,
    inFlightReserve: 0,
    pools,
    longFrom: 6,
    settleUs: 0,
    pauseUs: rules.pauseUs * (1 + (place % 8) / 8),
    cutOnCrowding: true,
  };
}
