/** A seeded source of choices: the same seed gives the same choices on every machine. */
export interface Rng {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  /** @param share 0 never, 1 always */
  chance(share: number): boolean;
  /** A key, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
}

/** mulberry32: 32 bits of state are plenty for test data, and it has no platform-dependent step. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (items) => pickFrom(items, int),
    weighted: (weights) => pickWeighted(weights, next),
  };
}

function pickFrom<T>(items: readonly T[], int: Rng['int']): T {
  const item = items[int(0, items.length - 1)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function pickWeighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>, next: () => number): K {
  const entries: [K, number][] = [];
  for (const key in weights) entries.push([key, weights[key] ?? 0]);
  let rest = next() * entries.reduce((total, [, weight]) => total + weight, 0);
  for (const [key, weight] of entries) {
    if (rest < weight) return key;
    rest -= weight;
  }
  throw new Error('no weight above zero');
}
