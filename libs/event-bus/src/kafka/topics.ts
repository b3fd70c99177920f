import type { Contract } from '@connector/contracts';
import type { Admin, ITopicConfig, Kafka } from 'kafkajs';

export interface TopicSettings {
  /** The same for every work topic and its twins, since keys must meet in one partition. Changing it later breaks key order. */
  partitions: number;
  /** Copies of every record; 3 in production. */
  replication: number;
}

/** How long new topics may take to get leaders, ms. */
const leadersWithinMs = 20_000;

/**
 * Creates the topics that are missing and leaves the others alone; resolves when all of them can be written to and read. Safe to call from
 * every app at once.
 */
export async function ensureTopics(kafka: Kafka, contracts: readonly Contract[], settings: TopicSettings): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const topics = contracts.filter(({ topic }) => !existing.has(topic)).map((contract) => topicConfig(contract, settings));
    // Answers false when another app created one of them in the meantime.
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
    await leadersOf(
      admin,
      contracts.map(({ topic }) => topic),
    );
  } finally {
    await admin.disconnect();
  }
}

/** Topics that another app is creating at the same moment exist before they have leaders. */
async function leadersOf(admin: Admin, topics: string[]): Promise<void> {
  const deadline = Date.now() + leadersWithinMs;
  for (;;) {
    const metadata = await admin.fetchTopicMetadata({ topics }).catch(() => undefined);
    const ready = metadata?.topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0));
    if (ready) return;
    if (Date.now() > deadline) throw new Error('topics without leaders');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function topicConfig({ topic, retention, partitions: fixed }: Contract, { partitions, replication }: TopicSettings): ITopicConfig {
  const entries: Record<string, string> =
    retention.kind === 'compacted'
      ? { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.1' }
      : { 'cleanup.policy': 'delete', 'retention.ms': String(retention.ms) };
  // With three copies, an acknowledged record survives the loss of one broker at any time.
  if (replication >= 3) entries['min.insync.replicas'] = '2';
  return {
    topic,
    numPartitions: fixed ?? partitions,
    replicationFactor: replication,
    configEntries: Object.entries(entries).map(([name, value]) => ({ name, value })),
  };
}
