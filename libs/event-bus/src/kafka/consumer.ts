import { type Consumer, type EachBatchPayload, type Kafka, type PartitionAssigner } from 'kafkajs';
import { OffsetTracker } from '../flows/offset-tracker';
import type { Report } from '../report';
import { coPartition } from './co-partition';
import type { JoinHook } from './patches';

/** Where a record came from; `epoch` is the assignment under which it was read. */
export interface RecordRef {
  topic: string;
  partition: number;
  offset: number;
  epoch: number;
}

export interface IncomingRecord extends RecordRef {
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
  /** When the broker's log took it, ms since the epoch. */
  timestamp: number;
}

export interface ConsumerSettings {
  group: string;
  topics: string[];
  /** A member that is silent for this long loses its partitions, ms. */
  sessionTimeoutMs: number;
  /** How long a rebalance waits for running work, ms: two call time-outs. */
  rebalanceTimeoutMs: number;
  /** Small, so that what is held in memory is small: bytes of one fetch per partition. */
  maxBytesPerPartition: number;
  commitIntervalMs: number;
}

export const consumerDefaults = {
  sessionTimeoutMs: 30_000,
  rebalanceTimeoutMs: 90_000,
  maxBytesPerPartition: 256 * 1024,
  commitIntervalMs: 500,
};

export interface ConsumerEvents {
  /** Asked before records are handed over: resolves when more may come, and always well within a heartbeat. */
  room?(): Promise<void>;
  /** Takes records at once and returns; must not throw. The consumer has already moved on: call `finish` when a record is dealt with. */
  onRecords(records: IncomingRecord[]): void;
  /** A new assignment: what was queued under the old one will be read again and must be dropped now. */
  onAssigned(epoch: number): void;
  /** Finish what is running, start nothing new. `fenced`: the partitions are already lost, do not wait. */
  drain(fenced: boolean): Promise<void>;
  report: Report;
}

/**
 * A kafkajs consumer that never waits for work. `eachBatch` hands the records over, resolves ahead and returns, so that a 45 s call or a
 * wait for the limiter never holds up fetching or heartbeats; commits follow the low watermark of finished records. Errors never reach
 * kafkajs, which would crash on the sixth of them or stop for good on a TypeError.
 */
export class RecordConsumer {
  private consumer: Consumer | undefined;
  private trackers = new Map<string, OffsetTracker>();
  private commitTimer: NodeJS.Timeout | undefined;
  private committing: Promise<void> | undefined;
  private state: 'new' | 'running' | 'stopping' | 'stopped' = 'new';
  private rebuilt = false;
  private lastAlive = Date.now();
  private lastHeartbeat = Date.now();
  private readonly pausedTopics = new Set<string>();
  epoch = 0;
  /** When the current assignment began; records older than that may have been worked on by the member before. */
  assignedAt = 0;

  constructor(
    private readonly kafka: Kafka,
    private readonly settings: ConsumerSettings,
    private readonly events: ConsumerEvents,
    /** Called when the consumer died twice: the process should exit and be started again. */
    private readonly onDead: () => void = () => undefined,
  ) {}

  /** Resolves once the group has assigned partitions for the first time. */
  async start(): Promise<void> {
    this.state = 'running';
    await this.run();
    this.commitTimer = setInterval(() => void this.commit(), this.settings.commitIntervalMs);
  }

  /** Marks a record as dealt with. Ignored when the assignment has changed since: the new owner decides. */
  finish({ topic, partition, offset, epoch }: RecordRef): void {
    if (epoch === this.epoch) this.trackers.get(id(topic, partition))?.finish(offset);
  }

  /** False once another member may own what was read under this epoch: the assignment changed, or no heartbeat got through for a session. */
  owns({ epoch }: { epoch: number }): boolean {
    return epoch === this.epoch && this.state !== 'stopped' && Date.now() - this.lastHeartbeat < this.settings.sessionTimeoutMs;
  }

  /** Fetches these topics and no others until told otherwise; heartbeats go on either way. */
  fetchOnly(topics: readonly string[]): void {
    // Before the first assignment there is nothing to pause, and kafkajs would throw.
    if (this.epoch === 0) return;
    for (const topic of this.settings.topics) {
      const pause = !topics.includes(topic);
      if (pause === this.pausedTopics.has(topic)) continue;
      if (pause) this.pausedTopics.add(topic);
      else this.pausedTopics.delete(topic);
      this.consumer?.[pause ? 'pause' : 'resume']([{ topic }]);
    }
  }

  get paused(): boolean {
    return this.pausedTopics.size === this.settings.topics.length;
  }

  /** Ms since the last sign that this member is alive in its group: a heartbeat or a fetch. */
  get silentMs(): number {
    return Date.now() - this.lastAlive;
  }

  /** Partitions of the current assignment. */
  get partitions(): number {
    return this.trackers.size;
  }

  get unfinished(): number {
    let sum = 0;
    for (const tracker of this.trackers.values()) sum += tracker.unfinished;
    return sum;
  }

  /** Commits what is finished and leaves the group. Running work must have been drained before. */
  async stop(): Promise<void> {
    if (this.state === 'stopped') return;
    this.state = 'stopping';
    clearInterval(this.commitTimer);
    await this.commitAll();
    this.state = 'stopped';
    await withDeadline(this.consumer?.disconnect(), 10_000);
  }

  private async run(): Promise<void> {
    const { group, topics, sessionTimeoutMs, rebalanceTimeoutMs, maxBytesPerPartition } = this.settings;
    const consumer = this.kafka.consumer({
      groupId: group,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 6),
      maxBytesPerPartition,
      // Also how long the fetch loop sleeps when everything is paused, so a resume is seen within half a second.
      maxWaitTimeInMs: 500,
      allowAutoTopicCreation: false,
      partitionAssigners: [this.assigner()],
      retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: 10, restartOnFailure: async () => true },
    });
    this.consumer = consumer;
    const joined = this.listen(consumer);
    await consumer.connect();
    // New groups and expired offsets start at the oldest record: starting at the newest would skip receipts in silence.
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // Batches are only handed over, so there is nothing to gain from several at a time.
      partitionsConsumedConcurrently: 1,
      eachBatch: async (payload) => {
        await this.events.room?.();
        this.handOver(payload);
      },
    });
    await joined;
  }

  private listen(consumer: Consumer): Promise<void> {
    const { events } = consumer;
    const alive = () => void (this.lastAlive = Date.now());
    consumer.on(events.HEARTBEAT, () => {
      this.lastHeartbeat = Date.now();
      alive();
    });
    consumer.on(events.FETCH, alive);
    consumer.on(events.CRASH, ({ payload }) => this.crashed(payload.error, payload.restart));
    return new Promise((resolve) => {
      consumer.on(events.GROUP_JOIN, ({ payload }) => {
        alive();
        this.lastHeartbeat = Date.now();
        this.assigned(payload.memberAssignment);
        resolve();
      });
    });
  }

  private assigned(assignment: Record<string, number[]>): void {
    this.epoch += 1;
    this.trackers = new Map();
    this.assignedAt = Date.now();
    // kafkajs keeps its paused set across assignments; ours starts anew with nothing held.
    if (this.state === 'running') this.fetchOnly(this.settings.topics);
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) this.trackers.set(id(topic, partition), new OffsetTracker());
    }
    this.events.onAssigned(this.epoch);
    this.events.report({ type: 'consumer.joined', group: this.settings.group, epoch: this.epoch, partitions: this.trackers.size });
  }

  private handOver({ batch, resolveOffset, isStale, isRunning }: EachBatchPayload): void {
    if (!isRunning() || isStale() || this.state !== 'running') return;
    const { topic, partition } = batch;
    const tracker = this.trackers.get(id(topic, partition));
    if (!tracker) return;
    const records = batch.messages.map((message) => {
      const offset = Number(message.offset);
      tracker.take(offset);
      const headers: Record<string, string> = {};
      for (const name in message.headers) headers[name] = String(message.headers[name]);
      const { key, value } = message;
      return { topic, partition, offset, epoch: this.epoch, key, value, headers, timestamp: Number(message.timestamp) };
    });
    tracker.skipTo(Number(batch.lastOffset()) + 1);
    resolveOffset(batch.lastOffset());
    this.events.onRecords(records);
  }

  private commit(): Promise<void> {
    this.committing ??= this.commitNow().finally(() => (this.committing = undefined));
    return this.committing;
  }

  /** A commit that is under way may have been formed before the last record finished. */
  private async commitAll(): Promise<void> {
    await this.committing;
    await this.commit();
  }

  private async commitNow(): Promise<void> {
    const { epoch, trackers } = this;
    const due = [...trackers].flatMap(([name, tracker]) => {
      const offset = tracker.uncommitted;
      return offset === undefined ? [] : [{ ...parseId(name), offset: String(offset), tracker }];
    });
    if (due.length === 0 || !this.consumer) return;
    try {
      await this.consumer.commitOffsets(due.map(({ topic, partition, offset }) => ({ topic, partition, offset })));
      if (epoch === this.epoch) for (const { tracker, offset } of due) tracker.markCommitted(Number(offset));
    } catch (error) {
      // A rebalance or a coordinator on the move: the next commit, or the next owner, carries on from the last good one.
      this.events.report({ type: 'consumer.commit-failed', group: this.settings.group, message: nameOf(error) });
    }
  }

  /** Twins together, plus the hook that lets running work finish before the group moves partitions (see patches.ts). */
  private assigner(): PartitionAssigner {
    return (config) => {
      const assigner = coPartition(config);
      const hook: JoinHook = { beforeJoin: (member) => this.beforeJoin(member) };
      return Object.assign(assigner, hook);
    };
  }

  private async beforeJoin({ fenced, heartbeat }: { fenced: boolean; heartbeat: () => Promise<void> }): Promise<void> {
    const started = Date.now();
    const beat = setInterval(() => void heartbeat().catch(() => undefined), Math.floor(this.settings.sessionTimeoutMs / 6));
    try {
      await this.events.drain(fenced || this.epoch === 0);
      if (!fenced && this.epoch > 0) await this.commitAll();
    } finally {
      clearInterval(beat);
    }
    if (this.epoch > 0) {
      this.events.report({
        type: 'consumer.drained',
        group: this.settings.group,
        durationMs: Date.now() - started,
        leftBehind: this.unfinished,
      });
    }
  }

  private crashed(error: Error, restarting: boolean): void {
    this.events.report({ type: 'consumer.crashed', group: this.settings.group, message: nameOf(error), restarting });
    if (restarting || this.state !== 'running') return;
    if (this.rebuilt) return this.onDead();
    this.rebuilt = true;
    this.run().catch(() => this.onDead());
  }
}

function id(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}

function parseId(name: string): { topic: string; partition: number } {
  const colon = name.lastIndexOf(':');
  return { topic: name.slice(0, colon), partition: Number(name.slice(colon + 1)) };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'type' in error ? `${error.name} ${String(error.type)}` : error.name;
}

async function withDeadline(work: Promise<void> | undefined, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work?.catch(() => undefined), late]);
  clearTimeout(timer);
}
