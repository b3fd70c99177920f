import { CompressionTypes, type Kafka, type Message } from 'kafkajs';
import type { Report } from '../report';
import { wholeProducer, type WholeProducer } from './whole-send';

export interface OutgoingRecord {
  topic: string;
  key: string;
  /** Null is a tombstone. */
  value: Buffer | null;
  headers?: Record<string, string>;
  /** Time of the record, ms since the epoch; by default when it is sent. */
  timestamp?: number;
}

export interface PublisherSettings {
  /** How long one send may take before it is given up on, ms. */
  sendTimeoutMs: number;
  /** How long a request may wait for its turn, ms. */
  queueTimeoutMs: number;
  /** What may wait at most; more is refused at once. */
  maxQueuedRecords: number;
  maxQueuedBytes: number;
  /** What one send carries at most: below the broker's 1 MB per partition batch. */
  maxSendBytes: number;
}

const defaults: PublisherSettings = {
  sendTimeoutMs: 5_000,
  queueTimeoutMs: 5_000,
  maxQueuedRecords: 20_000,
  maxQueuedBytes: 32 * 1024 * 1024,
  maxSendBytes: 700 * 1024,
};

/** The records are not known to be on Kafka: refused, or given up on. Publishing the same notice again is always safe. */
export class PublishFailed extends Error {
  constructor(
    readonly code: 'PUBLISH_QUEUE_FULL' | 'PUBLISH_TIMED_OUT' | 'PUBLISH_FAILED' | 'PUBLISHER_CLOSED' | 'PUBLISH_TOO_LARGE',
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}

interface Waiting {
  records: readonly OutgoingRecord[];
  bytes: number;
  since: number;
  resolve: () => void;
  reject: (error: PublishFailed) => void;
}

/**
 * Publishes records, acknowledged by all replicas, with exactly one send in flight. Requests that arrive meanwhile travel together in the
 * next send (group commit: no timer, so no added latency when idle, and growing batches under load).
 *
 * One in flight is not a matter of taste: two concurrent sends of an idempotent kafkajs producer lose an acknowledged record when one
 * answer is lost, because the library hands the same sequence number out twice. For the same reason a producer whose send failed or was
 * given up on is thrown away before anything else is sent.
 */
export class KafkaPublisher {
  private readonly settings: PublisherSettings;
  private producer: WholeProducer | undefined;
  private queue: Waiting[] = [];
  private queuedRecords = 0;
  private queuedBytes = 0;
  private sending: Promise<void> | undefined;
  private rebuilding: Promise<WholeProducer | undefined> | undefined;
  private sweep: NodeJS.Timeout | undefined;
  private closed = false;
  private healthy = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly report: Report,
    settings: Partial<PublisherSettings> = {},
  ) {
    this.settings = { ...defaults, ...settings };
  }

  /** Connects; rejects when no broker answers. */
  async connect(): Promise<void> {
    this.producer = await this.freshProducer();
    this.healthy = true;
  }

  /** True while the last send was acknowledged and requests are not piling up. */
  isHealthy(): boolean {
    return this.healthy && !this.closed && this.queuedRecords < this.settings.maxQueuedRecords / 2;
  }

  get queued(): number {
    return this.queuedRecords;
  }

  /** Resolves when all replicas have every record. Rejects with PublishFailed; nothing is half-told: on a rejection publish again. */
  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.closed) throw new PublishFailed('PUBLISHER_CLOSED');
    const requests = splitBySize(records, this.settings.maxSendBytes);
    const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
    const { maxQueuedRecords, maxQueuedBytes } = this.settings;
    // A request larger than the whole queue is let in when the queue is empty: it could never be sent otherwise.
    const full = this.queuedRecords + records.length > maxQueuedRecords || this.queuedBytes + bytes > maxQueuedBytes;
    if (full && this.queuedRecords > 0) throw new PublishFailed('PUBLISH_QUEUE_FULL');
    await Promise.all(requests.map((request) => this.enqueue(request)));
  }

  private enqueue({ records, bytes }: Pick<Waiting, 'records' | 'bytes'>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ records, bytes, since: Date.now(), resolve, reject });
      this.queuedRecords += records.length;
      this.queuedBytes += bytes;
      this.sending ??= this.drain();
      this.armSweep();
    });
  }

  /** Sends what waits, then disconnects. */
  async close(): Promise<void> {
    // With the broker away, what waits has been refused by then.
    await Promise.race([this.sending, pause(this.settings.queueTimeoutMs + this.settings.sendTimeoutMs)]);
    this.closed = true;
    clearTimeout(this.sweep);
    this.refuse(() => true, 'PUBLISHER_CLOSED');
    await this.rebuilding;
    await discard(this.producer);
    this.producer = undefined;
  }

  private async drain(): Promise<void> {
    // Let the requests of this turn of the event loop join the first send.
    await Promise.resolve();
    while (this.queue.length > 0 && !this.closed) {
      const producer = this.producer ?? (await this.rebuild());
      if (!producer) break;
      await this.sendTogether(producer, this.takeForSend());
    }
    this.sending = undefined;
  }

  private takeForSend(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.queue) {
      if (count > 0 && bytes + waiting.bytes > this.settings.maxSendBytes) break;
      bytes += waiting.bytes;
      count += 1;
    }
    const taken = this.queue.splice(0, count);
    this.forget(taken);
    return taken;
  }

  private async sendTogether(producer: WholeProducer, requests: Waiting[]): Promise<void> {
    const started = Date.now();
    try {
      await this.send(
        producer,
        requests.flatMap(({ records }) => records),
      );
      this.healthy = true;
      const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
      const records = requests.reduce((sum, request) => sum + request.records.length, 0);
      this.report({ type: 'publisher.sent', records, bytes, durationMs: Date.now() - started });
      for (const request of requests) request.resolve();
    } catch (error) {
      this.throwAway(error);
      if (isTooLarge(error)) await this.sendSingly(requests);
      else for (const request of requests) request.reject(asFailure(error));
    }
  }

  /** One record was too large for the broker and took its neighbours with it: find out which. */
  private async sendSingly(requests: Waiting[]): Promise<void> {
    for (const request of requests) {
      const producer = this.producer ?? (await this.rebuild());
      try {
        if (!producer) throw new PublishFailed('PUBLISH_FAILED');
        await this.send(producer, request.records);
        request.resolve();
      } catch (error) {
        this.throwAway(error);
        request.reject(isTooLarge(error) ? new PublishFailed('PUBLISH_TOO_LARGE', error) : asFailure(error));
      }
    }
  }

  private async send(producer: WholeProducer, records: readonly OutgoingRecord[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new PublishFailed('PUBLISH_TIMED_OUT')), this.settings.sendTimeoutMs);
    });
    try {
      await Promise.race([producer.sendBatch({ acks: -1, compression: CompressionTypes.None, topicMessages: byTopic(records) }), givenUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  private throwAway(error: unknown): void {
    this.healthy = false;
    const producer = this.producer;
    this.producer = undefined;
    void discard(producer);
    this.report({ type: 'publisher.rebuilt', why: error instanceof Error ? error.name : 'unknown' });
    // Not left to the next request: a gateway that says "not ready" gets none.
    void this.rebuild();
  }

  /** A new producer, so a new producer id; tries until there is one. Undefined when the publisher was closed meanwhile. */
  private rebuild(): Promise<WholeProducer | undefined> {
    this.rebuilding ??= this.reconnect().finally(() => (this.rebuilding = undefined));
    return this.rebuilding;
  }

  private async reconnect(): Promise<WholeProducer | undefined> {
    while (!this.closed) {
      try {
        this.producer = await this.freshProducer();
        this.healthy = true;
        return this.producer;
      } catch (error) {
        this.report({ type: 'publisher.rebuilt', why: error instanceof Error ? error.name : 'unknown' });
        await pause(250);
      }
    }
    return undefined;
  }

  private async freshProducer(): Promise<WholeProducer> {
    const producer = wholeProducer(this.kafka, {
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // Within one send the library may repeat as it likes: the sequence number stays the same until we give up on it.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: Number.MAX_SAFE_INTEGER },
    });
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new PublishFailed('PUBLISH_TIMED_OUT')), this.settings.sendTimeoutMs);
    });
    try {
      await Promise.race([producer.connect(), givenUp]);
      return producer;
    } catch (error) {
      void discard(producer);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private armSweep(): void {
    if (this.sweep || this.queue.length === 0) return;
    const wait = Math.max(this.queue[0]!.since + this.settings.queueTimeoutMs - Date.now(), 10);
    this.sweep = setTimeout(() => {
      this.sweep = undefined;
      const oldest = Date.now() - this.settings.queueTimeoutMs;
      this.refuse(({ since }) => since <= oldest, 'PUBLISH_TIMED_OUT');
      this.armSweep();
    }, wait);
    this.sweep.unref();
  }

  private refuse(which: (waiting: Waiting) => boolean, code: PublishFailed['code']): void {
    const refused = this.queue.filter(which);
    this.queue = this.queue.filter((waiting) => !which(waiting));
    this.forget(refused);
    for (const waiting of refused) waiting.reject(new PublishFailed(code));
  }

  private forget(gone: readonly Waiting[]): void {
    for (const { records, bytes } of gone) {
      this.queuedRecords -= records.length;
      this.queuedBytes -= bytes;
    }
  }
}

function byTopic(records: readonly OutgoingRecord[]): { topic: string; messages: Message[] }[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, key, value, headers, timestamp } of records) {
    let messages = topics.get(topic);
    if (!messages) topics.set(topic, (messages = []));
    messages.push(timestamp === undefined ? { key, value, headers } : { key, value, headers, timestamp: String(timestamp) });
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

/** A request that is too large for one send travels in several. */
function splitBySize(records: readonly OutgoingRecord[], maxBytes: number): Pick<Waiting, 'records' | 'bytes'>[] {
  const parts: { records: OutgoingRecord[]; bytes: number }[] = [];
  let part: { records: OutgoingRecord[]; bytes: number } | undefined;
  for (const record of records) {
    const bytes = sizeOf(record);
    if (!part || part.bytes + bytes > maxBytes) parts.push((part = { records: [], bytes: 0 }));
    part.records.push(record);
    part.bytes += bytes;
  }
  return parts;
}

/** Key, value and headers, plus what the record format adds to each, generously. */
function sizeOf({ key, value, headers }: OutgoingRecord): number {
  let bytes = key.length + (value?.length ?? 0) + 64;
  for (const name in headers) bytes += name.length + headers[name]!.length + 8;
  return bytes;
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'MESSAGE_TOO_LARGE';
}

function asFailure(error: unknown): PublishFailed {
  return error instanceof PublishFailed ? error : new PublishFailed('PUBLISH_FAILED', error);
}

/** Disconnecting may wait for a broker that is away: nobody waits for it. */
async function discard(producer: WholeProducer | undefined): Promise<void> {
  await Promise.race([producer?.disconnect().catch(() => undefined), pause(2_000)]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
