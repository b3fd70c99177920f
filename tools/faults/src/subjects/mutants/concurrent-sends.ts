import { bend, busClass } from './bend';

interface OutgoingRecord {
  topic: string;
}
interface Publisher {
  producer?: { sendBatch(batch: object): Promise<unknown> };
}

/** Every request sends at once on the one idempotent producer, which is kept whatever happens. */
bend<(this: Publisher, records: readonly OutgoingRecord[]) => Promise<void>>(
  busClass('kafka/publisher', 'KafkaPublisher'),
  'publish',
  () =>
    async function (records) {
      const topicMessages = records.map(({ topic, ...message }) => ({ topic, messages: [message] }));
      await this.producer?.sendBatch({ acks: -1, topicMessages });
    },
);
