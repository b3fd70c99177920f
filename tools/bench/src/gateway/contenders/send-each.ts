import { Kafka, logLevel } from 'kafkajs';
import { createServer } from 'node:http';
import { count } from '../../process/counters';
import { answering, readJson, recordsOf } from './http';
import { orders, ready } from './orders';

/** (b) What most people write: one awaited send per request. Plain kafkajs, acks from all replicas. */
async function main(): Promise<void> {
  const producer = new Kafka({ brokers: orders.brokers, clientId: 'send-each', logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  const handle = answering(async (request) => {
    const messages = recordsOf(await readJson(request));
    await producer.send({ topic: orders.topic, acks: -1, messages });
    count('sends');
    count('records', messages.length);
  });
  createServer(handle).listen(orders.port, '127.0.0.1', ready);
}

void main();
