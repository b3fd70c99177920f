import type { Entry } from '../histories/entry';

type Unstamped<E> = E extends Entry ? Omit<E, 'at'> : never;

/** A run without a fault: one event for order 1, answered, on the topic, applied by c1, committed. Times are ms. */
export class Story {
  entries: Entry[] = [];

  constructor() {
    this.at(0, {
      type: 'expect',
      cell: 'F0',
      subject: 'ours',
      seed: 1,
      mustPark: [],
      quiesceWithinMs: 10_000,
      graceMs: 5_000,
      answerWithinMs: 1_000,
      maxRssMb: 300,
    });
  }

  at(at: number, entry: Unstamped<Entry>): this {
    this.entries.push({ at, ...entry } as Entry);
    return this;
  }

  expect(change: Partial<Extract<Entry, { type: 'expect' }>>): this {
    Object.assign(this.entries[0]!, change);
    return this;
  }

  event(at: number, fact: string, key: string, version: number): this {
    return this.at(at, { type: 'event', fact, key, version });
  }

  webhook(at: number, request: string, facts: string[], status = 200, ms = 10): this {
    this.at(at, { type: 'webhook.sent', request, gateway: 'g1', facts });
    return this.at(at + ms, { type: 'webhook.answered', request, gateway: 'g1', status, ms });
  }

  record(offset: number, key: string, facts: string[], partition = 0): this {
    return this.at(9_000, { type: 'record', topic: 'work', partition, offset, key, facts });
  }

  begin(at: number, call: number, key: string, facts: string[], source: number, target: number, process = 'c1'): this {
    return this.at(at, { type: 'sink.begin', call, process, key, facts, source, target });
  }

  apply(
    from: number,
    to: number,
    call: number,
    key: string,
    version: number,
    { process = 'c1', doubled = false, applied = true } = {},
  ): this {
    this.at(from, { type: 'sink.apply.start', call, process, key, version });
    return this.at(to, { type: 'sink.apply.end', call, process, key, version, applied, doubled });
  }

  committed(at: number, offset: number, partition = 0): this {
    return this.at(at, { type: 'committed', group: 'flow', topic: 'work', partition, offset });
  }

  process(at: number, process: string, what: Extract<Entry, { type: 'process' }>['what'], code?: number): this {
    return this.at(at, { type: 'process', process, what, ...(code === undefined ? {} : { code }) });
  }

  quiesced(at: number, change: Partial<Extract<Entry, { type: 'quiesced' }>> = {}): this {
    return this.at(at, { type: 'quiesced', ok: true, ms: 100, lag: 0, unacknowledged: 0, ...change });
  }
}

/** The run without a fault. */
export function goodStory(): Story {
  return new Story()
    .event(10, 'e1', 'k1', 1)
    .webhook(11, 'r1', ['e1'])
    .record(0, 'k1', ['e1'])
    .begin(30, 1, 'k1', ['e1'], 1, 0)
    .apply(32, 50, 1, 'k1', 1)
    .committed(25, 0)
    .committed(60, 1)
    .quiesced(100);
}
