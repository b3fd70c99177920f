import { noticeParked, outcomeRecorded, sitooEventUnrecognised, sitooOrderChanged } from '@connector/contracts';
import { readParked, readWholeTopic, rungs } from '@connector/event-bus';
import type { Admin, Kafka } from 'kafkajs';
import type { History } from './history';

const workTopic = sitooOrderChanged.topic;

/** Looks at Kafka from outside: commits while the run goes on; records, parked work and kept bodies at its end. */
export class Observer {
  private readonly admin: Admin;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private readonly last = new Map<string, number>();
  /** Epoch ms of the history's zero. */
  private readonly zero: number;
  private readonly since: number;

  constructor(
    private readonly kafka: Kafka,
    private readonly addresses: string[],
    private readonly history: History,
    readonly group: string,
    /** Whether the subject brings delayed work back: then what waits on the delay topics is a lag too. */
    private readonly delays: boolean,
    /** Where the work topic began at the start of the run, by partition: a broker that is killed may bring older records back. */
    private readonly begins: ReadonlyMap<number, number>,
  ) {
    this.admin = kafka.admin({ retry: { retries: 2 } });
    this.zero = Date.now() - history.now();
    this.since = Date.now();
  }

  async start(everyMs = 250): Promise<void> {
    await this.admin.connect();
    this.timer = setInterval(() => (this.looking ??= this.look().finally(() => (this.looking = undefined))), everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await this.admin.disconnect();
  }

  /** Records that are not committed yet, those on the bulk twin and on the delay topics included. */
  async lag(): Promise<number> {
    const work = await this.lagOf(this.group, [workTopic, ...(this.delays ? [sitooOrderChanged.bulk.topic] : [])]);
    if (!this.delays) return work;
    const delayed = await this.lagOf(
      `${this.group}.delay`,
      rungs.map(({ contract }) => contract.topic),
    );
    return work + delayed;
  }

  /** Keys that are parked at this moment. */
  async parkedKeys(): Promise<string[]> {
    return (await readParked({ brokers: this.addresses, groups: [this.group] })).map(({ key }) => key);
  }

  /** Reads what the run has left on the topics. */
  async readEverything(): Promise<void> {
    for (const { partition, offset, key, value } of await readWholeTopic(this.kafka, workTopic)) {
      if (Number(offset) < (this.begins.get(partition) ?? 0)) continue;
      this.history.add({ type: 'record', topic: workTopic, partition, offset: Number(offset), key, facts: factIds(value) });
    }
    await this.readDelayed();
    for (const { key } of await readWholeTopic(this.kafka, sitooEventUnrecognised.topic)) {
      this.history.add({ type: 'kept', hash: key.split('/').at(-1) ?? '' });
    }
    for (const { key, facts, reason, topic, partition, offset, parkedAt } of await readParked({
      brokers: this.addresses,
      groups: [this.group],
    })) {
      const position = { topic, partition: partition ?? -1, offset: Number(offset ?? -1) };
      this.history.add({ type: 'parked', key, facts: facts.map(({ id }) => id), reason: reason.code, ...position }, parkedAt - this.zero);
    }
  }

  private async readDelayed(): Promise<void> {
    for (const { topic } of rungs.map(({ contract }) => contract)) {
      for (const { key, value, timestamp } of await readWholeTopic(this.kafka, topic)) {
        if (timestamp >= this.since) this.history.add({ type: 'delayed', topic, key, facts: factIds(value) }, timestamp - this.zero);
      }
    }
  }

  /** All bytes of what was written for people or programs to read, for the search for personal data. */
  async readTexts(): Promise<{ where: string; text: string }[]> {
    const topics = [workTopic, noticeParked.topic, outcomeRecorded.topic];
    const texts = topics.map(async (topic) => ({
      where: topic,
      text: (await readWholeTopic(this.kafka, topic)).map(({ key, value }) => `${key} ${value?.toString('utf8') ?? ''}`).join('\n'),
    }));
    return Promise.all(texts);
  }

  private async look(): Promise<void> {
    try {
      const [topic] = await this.admin.fetchOffsets({ groupId: this.group, topics: [workTopic] });
      for (const { partition, offset } of topic?.partitions ?? []) {
        const seen = Number(offset);
        if (seen < 0 || this.last.get(String(partition)) === seen) continue;
        this.last.set(String(partition), seen);
        this.history.add({ type: 'committed', group: this.group, topic: workTopic, partition, offset: seen });
      }
    } catch {
      // A broker that is away: the next look.
    }
  }

  private async lagOf(group: string, topics: string[]): Promise<number> {
    let sum = 0;
    const committed = await this.admin.fetchOffsets({ groupId: group, topics });
    for (const { topic, partitions } of committed) {
      const ends = await this.admin.fetchTopicOffsets(topic);
      for (const { partition, high, low } of ends) {
        const offset = Number(partitions.find((one) => one.partition === partition)?.offset ?? -1);
        sum += Number(high) - Math.max(offset, Number(low));
      }
    }
    return sum;
  }
}

function factIds(value: Buffer | null): string[] {
  try {
    const { facts } = JSON.parse(value?.toString('utf8') ?? '') as { facts: { id: string }[] };
    return facts.map(({ id }) => id);
  } catch {
    return [];
  }
}
