import type { ParkedNotice } from '@connector/contracts';
import type { Kafka } from 'kafkajs';
import { DelayForwarder } from '../delay/forwarder';
import { deferRung } from '../delay/rungs';
import { RecordConsumer, consumerDefaults, type ConsumerSettings, type IncomingRecord, type RecordRef } from '../kafka/consumer';
import type { KafkaPublisher, OutgoingRecord } from '../kafka/publisher';
import { retryForever } from '../kafka/retry-forever';
import { decodeNotice, encodeNotice, type Notice } from '../notices/envelope';
import { decodeTaskRequest } from '../notices/task-request';
import { ParkedView, parkedRecord } from '../parked/parked';
import type { Report } from '../report';
import { codeOf } from './error-code';
import { workTopics, type FlowDefinition, type FlowHandler } from './flow';
import { Lanes, type Work } from './lanes';
import { Settlement } from './settlement';
import type { Slot, TakeSlot } from './slot';
import { deferred, forAll, retryTogether, type Outcomes, type Reason } from './outcome';

export interface RunnerSettings {
  /** Multiplies every delay; 1 in production, small in tests. */
  timeScale: number;
  /** Keys that may wait per market; beyond it notices go to a delay topic. */
  maxWaitingPerLane: number;
  /** False when all work is one market's: then a backlog holds up nobody and may wait where it is. */
  severalMarkets: boolean;
  /** Records held in memory at which fetching pauses; it resumes at half. */
  maxHeld: number;
  /** Bulk keys read ahead at most, so that memory is kept for live work. */
  maxBulkWaiting: number;
  /** Whether every finished delivery leaves a record on `sync.outcome.recorded`. Off only to measure what the record costs. */
  recordOutcomes: boolean;
  consumer?: Partial<Omit<ConsumerSettings, 'group' | 'topics'>>;
  /** Takes the limiter's slot before a batch is formed. */
  takeSlot?: TakeSlot;
  /** Says whether a thrown error means that a platform is away. */
  isOutage: (error: unknown) => boolean;
}

export const runnerDefaults: RunnerSettings = {
  timeScale: 1,
  maxWaitingPerLane: 5_000,
  severalMarkets: true,
  maxHeld: 20_000,
  maxBulkWaiting: 1_000,
  recordOutcomes: true,
  isOutage: () => false,
};

/** How long fetching waits for room, ms: a fraction of the shortest heartbeat interval, for at most a batch per partition in a row. */
const patienceMs = 300;

/** Runs one flow: consumer → lanes → handler → decision → records on Kafka → offsets. */
export class FlowRunner {
  private readonly lanes: Lanes;
  private readonly consumer: RecordConsumer;
  private readonly forwarder: DelayForwarder;
  private readonly parked: ParkedView;
  private readonly settlement: Settlement;
  private readonly decode: typeof decodeNotice;
  private readonly takenOverSoFar = new Map<string, number>();
  private draining = false;
  private stopping = false;
  private stopped: Promise<void> | undefined;
  /** Set when stopping has waited long enough: what is not settled by now is read again by the next owner. */
  private abandoned = false;
  /** Ends the waiting for slots when the work they were meant for is given up. */
  private giveUpSlots = new AbortController();
  /**
   * Live keys that wait at which fetching slows down: enough for the next batches; more would only age in memory. Bulk keys do not count, so
   * that live work never waits behind them.
   */
  private readonly readAhead: number;
  /** Told whenever a batch is settled. */
  private readonly waiters = new Set<() => void>();
  /** The last wait for room ended without any; not waited for again until there is. */
  private waitedInVain = false;
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    kafka: Kafka,
    private readonly publisher: KafkaPublisher,
    private readonly flow: FlowDefinition,
    private readonly handler: FlowHandler,
    private readonly report: Report,
    private readonly settings: RunnerSettings,
    onDead: () => void,
  ) {
    this.lanes = new Lanes({ ...flow, maxWaitingPerLane: settings.severalMarkets ? settings.maxWaitingPerLane : Infinity });
    const topics = workTopics(flow.contract);
    this.decode = 'bulk' in flow.contract ? decodeNotice : decodeTaskRequest;
    this.consumer = new RecordConsumer(
      kafka,
      { ...consumerDefaults, ...settings.consumer, group: flow.group, topics: [...new Set([topics.live, topics.bulk])] },
      {
        room: () => this.room(),
        onRecords: (records) => this.accept(records),
        onAssigned: () => this.assigned(),
        drain: (fenced) => this.drain(fenced),
        report,
      },
      onDead,
    );
    this.readAhead = Math.min(2 * flow.batchSize * flow.concurrency, settings.maxHeld / 2);
    const { timeScale, consumer } = settings;
    this.forwarder = new DelayForwarder(kafka, publisher, { group: flow.group, topics, timeScale, consumer }, report, onDead);
    this.parked = new ParkedView(kafka, flow.group);
    const finish = (ref: RecordRef) => this.consumer.finish(ref);
    this.settlement = new Settlement(flow, settings, {
      publish: (records) => this.publishAnyway(records),
      finish,
      parked: this.parked,
      report,
    });
  }

  /** Resolves when the group has joined, the delay topics are followed and the parked list is known. */
  async start(): Promise<void> {
    await this.parked.start();
    await Promise.all([this.consumer.start(), this.forwarder.start()]);
    this.sweeper = setInterval(() => this.settlement.sweep(Date.now()), 60_000);
  }

  /** Finishes what runs, commits, leaves the group. What still waits is read again by the next owner. */
  stop(): Promise<void> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  private async stopOnce(): Promise<void> {
    this.stopping = true;
    clearInterval(this.sweeper);
    this.consumer.fetchOnly([]);
    this.lanes.clearWaiting();
    await this.drain(false);
    this.abandoned = true;
    await Promise.all([this.consumer.stop(), this.forwarder.stop(), this.parked.stop()]);
  }

  /** A platform of this market answers again: what was deferred for it comes back at once. */
  forwardDeferred(market: { tenant: string; market: string }): Promise<void> {
    return this.forwarder.forwardDeferred(market);
  }

  /** For health and metrics. */
  snapshot(): { group: string; held: number; running: number; parked: number; silentMs: number; paused: boolean } {
    const silentMs = Math.max(this.consumer.silentMs, this.forwarder.silentMs);
    const { held, running } = this.lanes;
    return { group: this.flow.group, held, running, parked: this.parked.size, silentMs, paused: this.consumer.paused };
  }

  /** What waited under the old assignment is read again under the new one. */
  private assigned(): void {
    this.lanes.clearWaiting();
    this.takenOverSoFar.clear();
    this.draining = false;
  }

  /**
   * Resolves when there is room for more, or when that takes too long. Waiting here costs nothing, while a pause of kafkajs lasts half a
   * second; a market that does not get on is waited for once, so that it holds up nobody.
   */
  private async room(): Promise<void> {
    if (!this.crowded()) {
      this.waitedInVain = false;
      return;
    }
    if (this.waitedInVain) return;
    const until = Date.now() + patienceMs;
    while (this.crowded() && Date.now() < until) await this.settled(until);
    this.waitedInVain = this.crowded();
  }

  private crowded(): boolean {
    return !this.draining && !this.stopping && (this.lanes.waiting.live > this.readAhead || this.lanes.crowded);
  }

  private accept(records: readonly IncomingRecord[]): void {
    const spilled: { notice: Notice; ref: RecordRef }[] = [];
    for (const record of records) {
      const decoded = this.decode(record);
      if (!decoded.ok) void this.parkUndecodable(record, decoded);
      else if (!this.acceptNotice(decoded.notice, record)) spilled.push({ notice: decoded.notice, ref: record });
    }
    if (spilled.length > 0) void this.spill(spilled);
    this.steer();
    this.pump();
  }

  /** Nothing more while enough is held (until half is done); bulk only while no live work waits and few bulk keys do. */
  private steer(): void {
    if (this.stopping) return;
    const { maxHeld, maxBulkWaiting } = this.settings;
    const { live, bulk } = this.lanes.waiting;
    const full = this.lanes.held > (this.consumer.paused ? maxHeld / 2 : maxHeld);
    const topics = workTopics(this.flow.contract);
    this.consumer.fetchOnly(full ? [] : [topics.live, ...(live === 0 && bulk < maxBulkWaiting ? [topics.bulk] : [])]);
  }

  /** False when its market is full. */
  private acceptNotice(read: Notice, record: IncomingRecord): boolean {
    const bulk = record.topic !== this.flow.contract.topic;
    const notice = bulk ? { ...read, meta: { ...read.meta, bulk } } : read;
    const { topic, partition, offset, epoch } = record;
    const ref = { topic, partition, offset, epoch };
    const { targetGroup } = notice.meta;
    const isOthers = targetGroup !== undefined && targetGroup !== this.flow.group;
    if (!isOthers && !this.settlement.supersedes(notice, Date.now())) return this.lanes.offer(notice, ref, this.takenOver(record));
    this.consumer.finish(ref);
    return true;
  }

  /**
   * Whether the member before may have worked on this record: it is older than the assignment and among the first of its partition, which
   * is where that member's unfinished batches were.
   */
  private takenOver({ topic, partition, timestamp }: IncomingRecord): boolean {
    if (timestamp >= this.consumer.assignedAt) return false;
    const name = `${topic}:${partition}`;
    const seen = (this.takenOverSoFar.get(name) ?? 0) + 1;
    this.takenOverSoFar.set(name, seen);
    return seen <= this.flow.batchSize * this.flow.concurrency;
  }

  private pump(): void {
    while (!this.draining && !this.stopping) {
      const lane = this.lanes.reserve();
      if (lane === undefined) return;
      void this.run(lane);
    }
  }

  /** One batch: slot, then work, then its consequences. */
  private async run(lane: string): Promise<void> {
    let work: Work[] = [];
    const slot = await this.takeSlot(lane);
    try {
      work = this.draining || this.stopping ? [] : this.lanes.fill(lane);
      this.settlement.joinParked(work);
      const started = Date.now();
      if (work.length > 0) await this.settlement.settle(work, await this.handle(work, slot), started);
    } finally {
      slot?.release();
      this.lanes.release(lane, work);
      this.steer();
      for (const wake of this.waiters) wake();
      this.pump();
    }
  }

  private async takeSlot(lane: string): Promise<Slot | undefined> {
    if (!this.settings.takeSlot || this.flow.takesSlot === false) return undefined;
    const [tenant = '', market = ''] = lane.split('/');
    try {
      return await this.settings.takeSlot({ tenant, market }, this.giveUpSlots.signal);
    } catch {
      // Without a slot the handler's own call asks the limiter, and what goes wrong there has a name.
      return undefined;
    }
  }

  /** Every way a handler can end becomes an outcome per key; nothing it throws goes further. */
  private async handle(work: readonly Work[], slot: Slot | undefined): Promise<Outcomes> {
    const { tenant, market } = work[0]!.key;
    const deadline = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Outcomes>((resolve) => {
      timer = setTimeout(() => {
        deadline.abort(new Error('flow deadline'));
        const message = `the handler did not answer within ${this.flow.deadlineMs} ms`;
        resolve(forAll(work, retryTogether({ code: 'HANDLER_DEADLINE', message }, work.length)));
      }, this.flow.deadlineMs);
    });
    try {
      const owned = () => work.every(({ refs }) => refs.every((ref) => this.consumer.owns(ref)));
      const context = { tenant, market, signal: deadline.signal, owned, slot: slot?.value };
      return await Promise.race([this.handler(work, context), late]);
    } catch (error) {
      return this.afterThrow(work, error);
    } finally {
      clearTimeout(timer);
    }
  }

  private afterThrow(work: readonly Work[], error: unknown): Outcomes {
    const outage = this.settings.isOutage(error);
    const reason = reasonOf(error, outage ? 'PLATFORM_AWAY' : 'HANDLER_FAILED');
    const { group } = this.flow;
    this.report({
      type: 'flow.handler-failed',
      group,
      keys: work.length,
      code: reason.code,
      error: nameOfError(error),
      outage,
      frames: framesOf(error),
    });
    return forAll(work, outage ? deferred(reason) : retryTogether(reason, work.length));
  }

  /** Their market's lane is full: the notices wait 10 s, then a minute at a time, instead of holding up the partition. */
  private async spill(spilled: readonly { notice: Notice; ref: RecordRef }[]): Promise<void> {
    const lanes = new Set(spilled.map(({ notice: { key } }) => `${key.tenant}/${key.market}`));
    const { maxWaitingPerLane: waiting } = this.settings;
    for (const lane of lanes) this.report({ type: 'flow.full', group: this.flow.group, lane, waiting });
    const records = spilled.map(({ notice: { text, facts, meta } }) => {
      const deferrals = Math.min(meta.deferrals + 1, 2);
      const about = { ...meta, deferrals, source: 'delay', targetGroup: this.flow.group };
      return { topic: deferRung(deferrals).contract.topic, key: text, ...encodeNotice(facts, about) };
    });
    if (await this.publishAnyway(records)) for (const { ref } of spilled) this.consumer.finish(ref);
  }

  private async parkUndecodable(record: IncomingRecord, { code, message }: Reason): Promise<void> {
    const { topic, partition, offset, value, timestamp } = record;
    this.report({ type: 'consumer.undecodable', group: this.flow.group, topic, partition, offset, code });
    const notice: ParkedNotice = {
      group: this.flow.group,
      key: `undecodable/${topic}/${partition}:${offset}`,
      topic,
      partition,
      offset: String(offset),
      reason: { code, message },
      attempts: 1,
      firstSeenAt: timestamp,
      parkedAt: Date.now(),
      facts: [],
      undecodedBytes: value?.length ?? 0,
    };
    if (await this.publishAnyway([parkedRecord(notice)])) this.consumer.finish(record);
  }

  /** Source offsets wait for these records, so they are not given up on; false when the runner was stopped before they were through. */
  private publishAnyway(records: readonly OutgoingRecord[]): Promise<boolean> {
    const complain = (message: string) => this.report({ type: 'flow.publish-retry', group: this.flow.group, message });
    return retryForever(
      () => this.publisher.publish(records),
      () => this.abandoned,
      complain,
    );
  }

  /** Waits for running batches, at most one call time-out; starts nothing new meanwhile. */
  private async drain(fenced: boolean): Promise<void> {
    this.draining = true;
    this.giveUpSlots.abort();
    this.giveUpSlots = new AbortController();
    this.lanes.clearWaiting();
    const until = Date.now() + (fenced ? 0 : this.flow.deadlineMs + 1_000);
    while (this.lanes.running > 0 && Date.now() < until) await this.settled(until);
  }

  /** Resolves when a batch is settled, or at `until`, ms since the epoch. */
  private async settled(until: number): Promise<void> {
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const timer = setTimeout(wake, Math.max(until - Date.now(), 1)).unref();
    this.waiters.add(wake);
    await woken;
    this.waiters.delete(wake);
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown, otherwise: string): Reason {
  return { code: codeOf(error, otherwise), message: `the handler failed: ${nameOfError(error)}` };
}

function nameOfError(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}

/** The first frames of the stack, without its first line, which repeats the message. */
function framesOf(error: unknown): string[] {
  const lines = (error instanceof Error ? error.stack : undefined)?.split('\n') ?? [];
  return lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 5);
}
