import type { Fact } from '@connector/contracts';

/** At most this many facts travel with one notice; beyond it the oldest go, since the handler reads the current state anyway. */
export const maxFacts = 200;

/** The union of facts by id, oldest first. Coalescing, delay, parking and replay lose none. */
export function unionFacts(...lists: readonly (readonly Fact[])[]): Fact[] {
  const byId = new Map<string, Fact>();
  for (const list of lists) for (const fact of list) if (!byId.has(fact.id)) byId.set(fact.id, fact);
  const all = [...byId.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return all.length > maxFacts ? all.slice(-maxFacts) : all;
}

/** True when every fact of `inner` is among `outer`. */
export function includesFacts(outer: readonly Fact[], inner: readonly Fact[]): boolean {
  const ids = new Set(outer.map(({ id }) => id));
  return inner.every(({ id }) => ids.has(id));
}
