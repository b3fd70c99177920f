import { defineNotice } from '@connector/contracts';
import { Kafka, logLevel, type ConsumerRunConfig } from 'kafkajs';
import { readNotice } from './notices';
import { ordersFromEnvironment } from './orders';
import { createWork } from './work';

/** Plain kafkajs with its defaults, as its documentation has it. */
const orders = ordersFromEnvironment();
const work = createWork(orders);

const ways: Record<NonNullable<typeof orders.read>, ConsumerRunConfig> = {
  'each-message': {
    eachMessage: async ({ message: { key, value } }) => {
      const { id, numbers } = readNotice(key, JSON.parse(String(value)));
      await work(id, numbers);
    },
  },
  'each-message-concurrent': {
    partitionsConsumedConcurrently: orders.partitions,
    eachMessage: async ({ message: { key, value } }) => {
      const { id, numbers } = readNotice(key, JSON.parse(String(value)));
      await work(id, numbers);
    },
  },
  'each-batch': {
    eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
      for (const { key, value, offset } of batch.messages) {
        const { id, numbers } = readNotice(key, JSON.parse(String(value)));
        await work(id, numbers);
        resolveOffset(offset);
      }
      await heartbeat();
    },
  },
  // Does not even look at the messages: what the client alone costs.
  'each-batch-bare': {
    eachBatch: async ({ batch }) => {
      for (let n = 0; n < batch.messages.length; n += 1) void work('0', []);
    },
  },
};

async function main(): Promise<void> {
  const kafka = new Kafka({ brokers: orders.brokers.split(','), clientId: 'raw', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: orders.group });
  consumer.on(consumer.events.GROUP_JOIN, () => process.send?.({ is: 'ready' }));
  await consumer.connect();
  await consumer.subscribe({ topics: [defineNotice(orders.contract).topic], fromBeginning: true });
  await consumer.run(ways[orders.read ?? 'each-message']);
}

void main();
