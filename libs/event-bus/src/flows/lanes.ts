import type { Fact } from '@connector/contracts';
import type { RecordRef } from '../kafka/consumer';
import type { Notice } from '../notices/envelope';
import { unionFacts } from '../notices/facts';

/** All notices that wait for one key, collapsed into one piece of work. */
export interface Work {
  text: string;
  key: Notice['key'];
  facts: Fact[];
  /** The records to be marked as finished with this work. */
  refs: RecordRef[];
  attempt: number;
  deferrals: number;
  firstSeenAt: number;
}

interface Lane {
  name: string;
  /** In order of arrival. */
  waiting: Map<string, Work>;
  /** Keys being worked on now: a key is never in two batches at a time. */
  busy: Set<string>;
  batches: number;
}

/**
 * Work of one flow, a lane per market, so that a full or failing market never holds up another. Notices for a key that already waits
 * collapse into one piece of work; notices for a key that is being worked on wait for it to finish. Pure.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private refs = 0;

  constructor(private readonly limits: { batchSize: number; concurrency: number; maxWaitingPerLane: number }) {}

  /** Records held: waiting or being worked on. */
  get held(): number {
    return this.refs;
  }

  /** False when the lane is full; the caller sends the notice to a delay topic instead. A key that already waits always fits. */
  offer(notice: Notice, ref: RecordRef): boolean {
    const lane = this.lane(`${notice.key.tenant}/${notice.key.market}`);
    const waiting = lane.waiting.get(notice.text);
    if (!waiting && lane.waiting.size >= this.limits.maxWaitingPerLane) return false;
    this.refs += 1;
    if (waiting) collapse(waiting, notice, ref);
    else lane.waiting.set(notice.text, workOf(notice, ref));
    return true;
  }

  /** The next batch of a lane that has room for one, oldest keys first; undefined when nothing can start. Lanes take turns. */
  take(): { lane: string; work: Work[] } | undefined {
    for (const lane of this.lanes.values()) {
      if (lane.batches >= this.limits.concurrency || lane.waiting.size === 0) continue;
      const work = this.pick(lane);
      if (work.length === 0) continue;
      lane.batches += 1;
      // The lane that was just served goes to the back.
      this.lanes.delete(lane.name);
      this.lanes.set(lane.name, lane);
      return { lane: lane.name, work };
    }
    return undefined;
  }

  /** Ends a batch that `take` gave out. */
  release(name: string, work: readonly Work[]): void {
    const lane = this.lane(name);
    lane.batches -= 1;
    for (const { text, refs } of work) {
      lane.busy.delete(text);
      this.refs -= refs.length;
    }
  }

  /** Drops what waits (it will be read again under the new assignment); what runs stays busy until released. */
  clearWaiting(): void {
    for (const lane of this.lanes.values()) {
      for (const { refs } of lane.waiting.values()) this.refs -= refs.length;
      lane.waiting.clear();
    }
  }

  get running(): number {
    let sum = 0;
    for (const { batches } of this.lanes.values()) sum += batches;
    return sum;
  }

  waitingIn(name: string): number {
    return this.lanes.get(name)?.waiting.size ?? 0;
  }

  private pick(lane: Lane): Work[] {
    const work: Work[] = [];
    for (const candidate of lane.waiting.values()) {
      if (work.length === this.limits.batchSize) break;
      if (!lane.busy.has(candidate.text)) work.push(candidate);
    }
    for (const { text } of work) {
      lane.waiting.delete(text);
      lane.busy.add(text);
    }
    return work;
  }

  private lane(name: string): Lane {
    let lane = this.lanes.get(name);
    if (!lane) this.lanes.set(name, (lane = { name, waiting: new Map(), busy: new Set(), batches: 0 }));
    return lane;
  }
}

function workOf({ key, text, facts, meta }: Notice, ref: RecordRef): Work {
  return { key, text, facts, refs: [ref], attempt: meta.attempt, deferrals: meta.deferrals, firstSeenAt: meta.firstSeenAt };
}

/** A fresh notice beside a delayed one neither resets nor adds to the count of tries. */
function collapse(work: Work, { facts, meta }: Notice, ref: RecordRef): void {
  work.facts = unionFacts(work.facts, facts);
  work.refs.push(ref);
  work.attempt = Math.max(work.attempt, meta.attempt);
  work.deferrals = Math.max(work.deferrals, meta.deferrals);
  work.firstSeenAt = Math.min(work.firstSeenAt, meta.firstSeenAt);
}
