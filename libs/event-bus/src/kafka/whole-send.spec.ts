import type { ICustomPartitioner, Kafka, PartitionMetadata, ProducerBatch, RecordMetadata } from 'kafkajs';
import { SendIncomplete, wholeProducer } from './whole-send';

const partitionMetadata = [0, 1].map((partitionId) => ({ partitionId, leader: partitionId })) as PartitionMetadata[];

/** Chooses partitions as kafkajs does, and acknowledges those of `acknowledges`. */
function producerThat(acknowledges: (partition: number) => boolean) {
  const producer = ({ createPartitioner }: { createPartitioner: ICustomPartitioner }) => ({
    connect: async () => undefined,
    disconnect: async () => undefined,
    sendBatch: async ({ topicMessages = [] }: ProducerBatch): Promise<RecordMetadata[]> => {
      const choose = createPartitioner();
      const partitions = topicMessages.flatMap(({ topic, messages }) => messages.map((message) => choose({ topic, message, partitionMetadata })));
      return [...new Set(partitions)].filter(acknowledges).map((partition) => ({ topicName: 't', partition, errorCode: 0 }));
    },
  });
  return wholeProducer({ producer } as unknown as Kafka, {});
}

const batch = { topicMessages: [{ topic: 't', messages: ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, value: 'x' })) }] };

test('a send is done when every partition was acknowledged', async () => {
  await expect(producerThat(() => true).sendBatch(batch)).resolves.toHaveLength(2);
});

test('a send that kafkajs calls done is refused when a partition was never written', async () => {
  await expect(producerThat((partition) => partition !== 1).sendBatch(batch)).rejects.toThrow(new SendIncomplete(['t:1']));
});

test('what one send left out is not held against the next', async () => {
  let first = true;
  const producer = producerThat((partition) => partition !== 1 || !first);
  await expect(producer.sendBatch(batch)).rejects.toThrow(SendIncomplete);
  first = false;
  await expect(producer.sendBatch(batch)).resolves.toHaveLength(2);
});
