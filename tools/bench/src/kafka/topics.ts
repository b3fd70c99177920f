import type { Kafka } from 'kafkajs';

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
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic, numPartitions, replicationFactor: 1, configEntries })),
    });
  } finally {
    await admin.disconnect();
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
