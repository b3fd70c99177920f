import { formatKey, syncTaskRequested, type TaskRequest } from '@connector/contracts';
import type { OutgoingRecord } from '../kafka/publisher';

/** The record that asks for a task. */
export function taskRequestRecord(request: TaskRequest): OutgoingRecord {
  const { tenant, market, task } = request;
  return { topic: syncTaskRequested.topic, key: formatKey({ tenant, market, id: task }), value: Buffer.from(JSON.stringify(request)) };
}
