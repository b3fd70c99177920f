import { Partitioners, type Kafka, type Producer, type ProducerBatch, type ProducerConfig, type RecordMetadata } from 'kafkajs';

/** kafkajs said that a send was done, and some of its partitions were never written. */
export class SendIncomplete extends Error {
  override readonly name = 'SendIncomplete';
  constructor(readonly missing: readonly string[]) {
    super(`Kafka acknowledged nothing for ${missing.join(', ')}`);
  }
}

export type WholeProducer = Pick<Producer, 'connect' | 'disconnect' | 'sendBatch'>;

/**
 * A producer whose send either wrote every record or rejects. kafkajs 2.2.4 remembers, over the repetitions within one send, which brokers have
 * answered: when a partition's leader moves to a broker that has answered for its own partitions already, the moved records are never sent, and
 * the send resolves all the same (tulios/kafkajs#1303). What was addressed is therefore held against what was acknowledged. One send at a time.
 */
export function wholeProducer(kafka: Kafka, config: Omit<ProducerConfig, 'createPartitioner'>): WholeProducer {
  const addressed = new Set<string>();
  const producer = kafka.producer({
    ...config,
    createPartitioner: () => {
      const choose = Partitioners.DefaultPartitioner();
      return (about) => {
        const partition = choose(about);
        addressed.add(`${about.topic}:${partition}`);
        return partition;
      };
    },
  });
  return {
    connect: () => producer.connect(),
    disconnect: () => producer.disconnect(),
    sendBatch: async (batch: ProducerBatch): Promise<RecordMetadata[]> => {
      addressed.clear();
      const acknowledged = await producer.sendBatch(batch);
      for (const { topicName, partition } of acknowledged) addressed.delete(`${topicName}:${partition}`);
      if (addressed.size > 0) throw new SendIncomplete([...addressed]);
      return acknowledged;
    },
  };
}
