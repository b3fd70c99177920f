import type { ScheduledTask } from '@connector/connector-config';
import type { TaskProgress } from '@connector/contracts';
import { progressRecord, taskRequestRecord, type KafkaPublisher } from '@connector/event-bus';
import type { Runs } from './runs';

/** Whom a task is asked for, and under which firing. */
export interface Asked {
  tenant: string;
  market: string;
  task: Pick<ScheduledTask, 'task' | 'scope'>;
  firing: string;
  by: 'schedule' | 'person';
  at: number;
}

/** Asks for a task, and then tells everybody who shows runs. In this order: what was told and not asked for would look like a run that never ends. */
export async function request(
  { tenant, market, task: { task = '', scope }, firing, by, at }: Asked,
  publisher: Pick<KafkaPublisher, 'publish'>,
  runs: Pick<Runs, 'apply'>,
): Promise<void> {
  await publisher.publish([taskRequestRecord({ task, tenant, market, requestedAt: at, by, firing, ...(scope ? { scope } : {}) })]);
  const told: TaskProgress = { firing, task, tenant, market, state: 'requested', at, by };
  await publisher.publish([progressRecord(told)]);
  runs.apply(told);
}
