import type { Admin, Kafka } from 'kafkajs';
import { pause } from '../pause';

/** Partitions of every topic of a gateway or consumer measure: what the connector's own topics have by default. */
export const partitions = 6;

/** Creates topics with the settings of the connector's work topics on one broker: one copy, 14 days. */
export async function createTopics(kafka: Kafka, topics: readonly string[], numPartitions = partitions): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const configEntries = [
      { name: 'cleanup.policy', value: 'delete' },
      { name: 'retention.ms', value: String(14 * 24 * 3_600_000) },
    ];
    await admin.createTopics({
      waitForLeaders: false,
      topics: topics.map((topic) => ({ topic, numPartitions, replicationFactor: 1, configEntries })),
    });
    await leadersOf(admin, topics);
  } finally {
    await admin.disconnect();
  }
}

/** kafkajs's own way to wait takes "unknown topic" for a failure, which is what a busy broker answers at first. */
async function leadersOf(admin: Admin, topics: readonly string[]): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const found = await admin.fetchTopicMetadata({ topics: [...topics] }).catch(() => undefined);
    if (found?.topics.every((topic) => topic.partitions.length > 0 && topic.partitions.every(({ leader }) => leader >= 0))) return;
    if (tries === 200) throw new Error(`topics without leaders: ${topics.join(', ')}`);
    await pause(100);
  }
}

/** Partitions that a topic has now; undefined when it does not exist. */
export async function partitionsOf(kafka: Kafka, topic: string): Promise<number | undefined> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = await admin.listTopics();
    if (!existing.includes(topic)) return undefined;
    return (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions.length;
  } finally {
    await admin.disconnect();
  }
}

/** For a broker that outlives the run. */
export async function dropTopics(kafka: Kafka, topics: string[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}
