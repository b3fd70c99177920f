/** What a process under test counts; the probe reports it with every usage. */
export const counters: Record<string, number> = {};

export function count(name: string, by = 1): void {
  counters[name] = (counters[name] ?? 0) + by;
}
