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
  /** All of it came over the bulk twin. */
  bulk: boolean;
  /** All of it is a second look. */
  verifying: boolean;
  /** The largest batch it may be part of. */
  batchLimit: number;
  /** Some of it may have been worked on by the member that had the partition before. */
  takenOver: boolean;
}

interface Lane {
  name: string;
  /** In order of arrival. */
  live: Map<string, Work>;
  /** Worked on when no live work can start. */
  bulk: Map<string, Work>;
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
  offer(notice: Notice, ref: RecordRef, takenOver = false): boolean {
    const lane = this.lane(`${notice.key.tenant}/${notice.key.market}`);
    const fresh = workOf(notice, ref, takenOver);
    const waiting = lane.live.get(notice.text) ?? lane.bulk.get(notice.text);
    if (!waiting && waitingIn(lane) >= this.limits.maxWaitingPerLane) return false;
    this.refs += 1;
    if (waiting) collapse(waiting, fresh);
    const work = waiting ?? fresh;
    // One live notice makes the whole work urgent.
    if (!work.bulk) lane.bulk.delete(work.text);
    const place = work.bulk ? lane.bulk : lane.live;
    if (!place.has(work.text)) place.set(work.text, work);
    return true;
  }

  /** A lane that has work and room for one more batch; the room is taken until `release`. Lanes take turns. */
  reserve(): string | undefined {
    for (const lane of this.lanes.values()) {
      if (lane.batches >= this.limits.concurrency || !this.hasStartable(lane)) continue;
      lane.batches += 1;
      // The lane that was just served goes to the back.
      this.lanes.delete(lane.name);
      this.lanes.set(lane.name, lane);
      return lane.name;
    }
    return undefined;
  }

  /** The batch for a reserved lane, formed from what waits now: oldest live keys first. Empty when nothing is left to start. */
  fill(name: string): Work[] {
    return this.pick(this.lane(name));
  }

  private hasStartable({ live, bulk, busy }: Lane): boolean {
    for (const waiting of [live, bulk]) for (const text of waiting.keys()) if (!busy.has(text)) return true;
    return false;
  }

  /** Gives the reserved room back, with the work that was done in it. */
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
    for (const { live, bulk } of this.lanes.values()) {
      for (const waiting of [live, bulk]) {
        for (const { refs } of waiting.values()) this.refs -= refs.length;
        waiting.clear();
      }
    }
  }

  /** Whether some market has more than half of what may wait for it: a moment's patience saves a trip to a delay topic. */
  get crowded(): boolean {
    for (const lane of this.lanes.values()) if (waitingIn(lane) > this.limits.maxWaitingPerLane / 2) return true;
    return false;
  }

  get running(): number {
    let sum = 0;
    for (const { batches } of this.lanes.values()) sum += batches;
    return sum;
  }

  /** Keys that wait, over all lanes. */
  get waiting(): { live: number; bulk: number } {
    const sum = { live: 0, bulk: 0 };
    for (const { live, bulk } of this.lanes.values()) {
      sum.live += live.size;
      sum.bulk += bulk.size;
    }
    return sum;
  }

  /** Live keys first; a batch is filled up with bulk ones, since a call costs the same for one order and for a hundred. */
  private pick(lane: Lane): Work[] {
    const work: Work[] = [];
    let limit = this.limits.batchSize;
    for (const waiting of [lane.live, lane.bulk]) {
      for (const candidate of waiting.values()) {
        if (work.length === limit) break;
        if (lane.busy.has(candidate.text) || candidate.batchLimit <= work.length) continue;
        work.push(candidate);
        limit = Math.min(limit, candidate.batchLimit);
      }
    }
    for (const { text } of work) {
      lane.live.delete(text);
      lane.bulk.delete(text);
      lane.busy.add(text);
    }
    return work;
  }

  private lane(name: string): Lane {
    let lane = this.lanes.get(name);
    if (!lane) this.lanes.set(name, (lane = { name, live: new Map(), bulk: new Map(), busy: new Set(), batches: 0 }));
    return lane;
  }
}

function waitingIn({ live, bulk }: Lane): number {
  return live.size + bulk.size;
}

function workOf({ key, text, facts, meta }: Notice, ref: RecordRef, takenOver: boolean): Work {
  const { attempt, deferrals, firstSeenAt, bulk = false, verify: verifying = false, batchLimit = Infinity } = meta;
  return { key, text, facts, refs: [ref], attempt, deferrals, firstSeenAt, bulk, verifying, batchLimit, takenOver };
}

/** A fresh notice beside a delayed one neither resets nor adds to the count of tries. */
function collapse(work: Work, other: Work): void {
  work.facts = unionFacts(work.facts, other.facts);
  work.refs.push(...other.refs);
  work.attempt = Math.max(work.attempt, other.attempt);
  work.deferrals = Math.max(work.deferrals, other.deferrals);
  work.firstSeenAt = Math.min(work.firstSeenAt, other.firstSeenAt);
  work.bulk &&= other.bulk;
  work.verifying &&= other.verifying;
  work.batchLimit = Math.min(work.batchLimit, other.batchLimit);
  work.takenOver ||= other.takenOver;
}
