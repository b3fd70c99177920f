import { formatKey, taskProgressed, type TaskProgress } from '@connector/contracts';
import { valueDecoder } from '../kafka/decode-value';
import type { OutgoingRecord } from '../kafka/publisher';

export function progressRecord(progress: TaskProgress): OutgoingRecord {
  const { tenant, market, task } = progress;
  return { topic: taskProgressed.topic, key: formatKey({ tenant, market, id: task }), value: Buffer.from(JSON.stringify(progress)) };
}

/** Undefined for what was not written by `progressRecord`. */
export const decodeProgress = valueDecoder<TaskProgress>(taskProgressed);
