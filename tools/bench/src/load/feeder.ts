import { Kafka, logLevel } from 'kafkajs';
import { noticeRecord } from '../consumer/notices';
import { placeOf, type Feed } from './feed';

type Command = ({ do: 'feed' } & Feed) | { do: 'halt' };

/** Publishes a feed from a process of its own, one send in flight. */
async function main(): Promise<void> {
  const producer = new Kafka({
    brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'feeder',
    logLevel: logLevel.NOTHING,
  }).producer();
  await producer.connect();
  let running: Promise<void> | undefined;
  let halted = false;
  let published = 0;
  const feed = async (command: Feed): Promise<void> => {
    const started = performance.now();
    while (!halted) {
      const due = Math.floor(((performance.now() - started) * command.perSecond) / 1000);
      const messages = Array.from({ length: due - published }, (_, n) => {
        const { partition, id } = placeOf(command, published + n);
        return { ...noticeRecord(id, published + n), partition };
      });
      if (messages.length > 0) await producer.send({ topic: command.topic, acks: -1, messages });
      published = due;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  process.on('message', (command: Command) => {
    if (command.do === 'feed') {
      [halted, published] = [false, 0];
      running = feed(command);
      process.send?.({ is: 'feeding' });
    } else if (command.do === 'halt') {
      halted = true;
      void running?.then(() => process.send?.({ is: 'halted', published }));
    }
  });
  process.send?.({ is: 'ready' });
}

void main();
