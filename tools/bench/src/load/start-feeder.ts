import { join } from 'node:path';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { Subject } from '../process/subject';

/** A feeder for one topic: a kafkajs producer keeps asking for every topic it ever wrote to, also for one that is gone. */
export async function startFeeder({ run, brokers }: KafkaBenchOptions): Promise<Subject> {
  const feeder = await Subject.start({ run, name: 'feeder', main: join(__dirname, 'feeder.js'), env: { KAFKA_BROKERS: brokers } });
  await feeder.ready();
  return feeder;
}
