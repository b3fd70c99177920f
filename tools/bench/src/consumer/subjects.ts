import { join } from 'node:path';
import { ownNodeFlags } from '../gateway/contenders';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { Subject } from '../process/subject';
import type { ConsumerOrders } from './orders';

/** Which program consumes. */
export type Program = 'ours' | 'raw' | 'nest-kafka';

/** Starts a consumer in a process of its own. */
export function startConsumer(
  { run, brokers }: KafkaBenchOptions,
  program: Program,
  orders: Omit<ConsumerOrders, 'brokers'>,
): Promise<Subject> {
  return Subject.start({
    run,
    name: `consumer-${program}`,
    main: join(__dirname, `${program}.js`),
    nodeFlags: program === 'ours' ? ownNodeFlags : [],
    env: { BENCH_ORDERS: JSON.stringify({ ...orders, brokers }) },
  });
}
