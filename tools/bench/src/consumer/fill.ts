import type { Kafka } from 'kafkajs';
import { noticeRecord } from './notices';

/** Records of one send to one partition: about 200 KB. */
const together = 500;

/** Puts notices onto a topic, all of different keys, in turn over its partitions. */
export async function fill(kafka: Kafka, topic: string, total: number, partitions: number): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  for (let first = 0; first < total; first += together * partitions) {
    const numbers = Array.from({ length: Math.min(together * partitions, total - first) }, (_, n) => first + n);
    const messages = numbers.map((n) => ({ ...noticeRecord(`${n % partitions}-${n}`, n), partition: n % partitions }));
    await producer.send({ topic, acks: -1, messages });
  }
  await producer.disconnect();
}
