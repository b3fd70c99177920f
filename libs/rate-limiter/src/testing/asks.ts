import { Ask, Done, Ending } from '../budget/exchange';
import { classCount, commonRules, Rules } from '../budget/rules';
import { zeros } from '../budget/state';

/** Rules for tests: 10 calls per second, bursts of 4, one in flight, and variations. */
export function someRules(change: Partial<Rules> = {}): Rules {
  return {
    ...commonRules,
    keys: ['k1', 'k2', 'k3'],
    scope: 'key',
    intervalUs: 100_000,
    burst: 4,
    reserve: 2,
    horizonUs: 100_000,
    inFlight: 1,
    inFlightReserve: 0,
    kinds: [[]],
    pools: [],
    longFrom: 4,
    settleUs: 0,
    blockUs: 5_000_000,
    blockMaxUs: 120_000_000,
    benchUs: 600_000_000,
    benchLastUs: 30_000_000,
    widenAfter: 10,
    probeUs: 90_000_000,
    ...change,
  };
}

/** An ask in which nobody waits and nothing happened, and variations. */
export function someAsk(change: Partial<Ask> = {}): Ask {
  return { proc: 'a', seq: 1, tick: 0, empty: false, held: [], done: [], wait: zeros(classCount), age: zeros(classCount), ...change };
}

export function someDone(id: string, key: string, ending: Ending = 'answered', change: Partial<Done> = {}): Done {
  return { id, key, w: 0, ending, ranUs: -1, forUs: -1, untilUs: -1, remaining: -1, ...change };
}

/** Counts per class, named. */
export function waits(counts: {
  till?: number;
  sale?: number;
  stock?: number;
  price?: number;
  catalogue?: number;
  image?: number;
}): number[] {
  const { till = 0, sale = 0, stock = 0, price = 0, catalogue = 0, image = 0 } = counts;
  return [till, sale, stock, price, catalogue, image];
}
