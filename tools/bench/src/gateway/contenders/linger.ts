import fastify from 'fastify';
import { Kafka, logLevel, type Message } from 'kafkajs';
import { count } from '../../process/counters';
import { recordsOf } from './http';
import { orders, ready } from './orders';

/** Time that requests are collected for, ms. */
const lingerMs = 5;

interface Batch {
  messages: Message[];
  sent: Promise<unknown>;
}

/** (d) What a careful person writes: Fastify, and requests collected for 5 ms before they are sent together. Plain kafkajs. */
async function main(): Promise<void> {
  const producer = new Kafka({ brokers: orders.brokers, clientId: 'linger', logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  let open: Batch | undefined;
  const begin = (): Batch => {
    const messages: Message[] = [];
    const sent = new Promise((resolve) => setTimeout(resolve, lingerMs)).then(() => {
      open = undefined;
      count('sends');
      count('records', messages.length);
      return producer.send({ topic: orders.topic, acks: -1, messages });
    });
    return { messages, sent };
  };
  const server = fastify({ logger: false });
  server.post<{ Body: Parameters<typeof recordsOf>[0] }>('/*', async (request, reply) => {
    open ??= begin();
    open.messages.push(...recordsOf(request.body));
    try {
      await open.sent;
    } catch {
      return reply.code(503).send();
    }
    return reply.code(200).send();
  });
  await server.listen({ port: orders.port, host: '127.0.0.1' });
  ready();
}

void main();
