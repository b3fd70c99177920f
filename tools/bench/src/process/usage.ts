/** What a process has used since it started. */
export interface Usage {
  /** Clock of that process, ms. */
  atMs: number;
  /** User and system time of all its threads, ms. */
  cpuMs: number;
  rssBytes: number;
  counters: Record<string, number>;
}

/** What was used between two reports of the same process. */
export interface Span {
  seconds: number;
  cpuSeconds: number;
  rssBytes: number;
  counted: (name: string) => number;
}

export function between(before: Usage, after: Usage): Span {
  return {
    seconds: (after.atMs - before.atMs) / 1000,
    cpuSeconds: (after.cpuMs - before.cpuMs) / 1000,
    rssBytes: after.rssBytes,
    counted: (name) => (after.counters[name] ?? 0) - (before.counters[name] ?? 0),
  };
}
