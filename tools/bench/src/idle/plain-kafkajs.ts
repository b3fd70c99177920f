import { Kafka, logLevel } from 'kafkajs';

/** A producer and a consumer of kafkajs as it comes, connected, with nothing to do. */
async function main(): Promise<void> {
  const kafka = new Kafka({
    brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'plain-kafkajs',
    logLevel: logLevel.NOTHING,
  });
  const producer = kafka.producer();
  const topic = process.env['BENCH_TOPIC'] ?? '';
  await producer.connect();
  // The timer that never ends begins with the first answer.
  await producer.send({ topic, messages: [{ value: 'one' }] });
  const consumer = kafka.consumer({ groupId: topic });
  consumer.on(consumer.events.GROUP_JOIN, () => process.send?.({ is: 'ready' }));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async () => undefined });
}

void main();
