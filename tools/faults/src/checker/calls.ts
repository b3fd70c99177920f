import { only, type Entry } from '../histories/entry';

/** One round of a handler for one key: read, and perhaps write. */
export interface Call {
  call: number;
  process: string;
  key: string;
  facts: string[];
  begunAt: number;
  /** The target already had it. */
  equal: boolean;
  /** The script made it fail at this time. */
  faultAt?: number;
  /** What the script made of it: `throw`, `hang`, `park`, … */
  fault?: string;
  applyStartAt?: number;
  applyEndAt?: number;
  version?: number;
  applied: boolean;
  doubled: boolean;
}

export function callsOf(history: readonly Entry[]): Call[] {
  const calls = new Map<number, Call>();
  for (const entry of history) {
    if (entry.type === 'sink.begin') {
      const { call, process, key, facts, at, source, target } = entry;
      calls.set(call, { call, process, key, facts, begunAt: at, equal: target >= source, applied: false, doubled: false });
    }
    if (entry.type === 'sink.fault') Object.assign(calls.get(entry.call) ?? {}, { faultAt: entry.at, fault: entry.how });
    if (entry.type === 'sink.apply.start') Object.assign(calls.get(entry.call) ?? {}, { applyStartAt: entry.at, version: entry.version });
    if (entry.type === 'sink.apply.end')
      Object.assign(calls.get(entry.call) ?? {}, { applyEndAt: entry.at, applied: entry.applied, doubled: entry.doubled });
  }
  return [...calls.values()];
}

/** When this call had dealt with its facts at the target; undefined when it never did. */
export function settledAt(call: Call): number | undefined {
  if (call.applied) return call.applyEndAt;
  return call.equal && call.faultAt === undefined ? call.begunAt : undefined;
}

/** Times in which a process stood still, per process. */
export function frozenTimes(history: readonly Entry[]): Map<string, { from: number; to: number }[]> {
  const times = new Map<string, { from: number; to: number }[]>();
  for (const { process, what, at } of only(history, 'process')) {
    const own = times.get(process) ?? [];
    times.set(process, own);
    const last = own.at(-1);
    if (what === 'frozen') own.push({ from: at, to: Number.POSITIVE_INFINITY });
    else if (last && last.to === Number.POSITIVE_INFINITY) last.to = at;
  }
  return times;
}

/** Whether the process stood still while its write was on the way: no fencing reaches a call that has left. */
export function wasFrozenDuring({ process, applyStartAt, applyEndAt }: Call, frozen: ReturnType<typeof frozenTimes>): boolean {
  if (applyStartAt === undefined) return false;
  const until = applyEndAt ?? Number.POSITIVE_INFINITY;
  return (frozen.get(process) ?? []).some(({ from, to }) => from <= until && to >= applyStartAt);
}

/** The requests that were answered 200, with what was in them. */
export function acknowledged(history: readonly Entry[]): { facts: Set<string>; kept: Set<string> } {
  const stored = new Set(only(history, 'webhook.answered').flatMap(({ request, status }) => (status === 200 ? [request] : [])));
  const facts = new Set<string>();
  const kept = new Set<string>();
  for (const sent of only(history, 'webhook.sent')) {
    if (!stored.has(sent.request)) continue;
    for (const fact of sent.facts) facts.add(fact);
    if (sent.kept !== undefined) kept.add(sent.kept);
  }
  return { facts, kept };
}

export function expectation(history: readonly Entry[]): Extract<Entry, { type: 'expect' }> {
  const [expected] = only(history, 'expect');
  if (!expected) throw new Error('the history says nothing about what was expected of the run');
  return expected;
}
