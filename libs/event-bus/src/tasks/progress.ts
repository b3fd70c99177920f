import { formatKey, taskProgressed, type TaskProgress } from '@connector/contracts';
import Ajv from 'ajv';
import type { OutgoingRecord } from '../kafka/publisher';

const validate = new Ajv().compile<TaskProgress>(taskProgressed.schema);

export function progressRecord(progress: TaskProgress): OutgoingRecord {
  const { tenant, market, task } = progress;
  return { topic: taskProgressed.topic, key: formatKey({ tenant, market, id: task }), value: Buffer.from(JSON.stringify(progress)) };
}

/** Undefined for what was not written by `progressRecord`. */
export function decodeProgress(value: Buffer | null): TaskProgress | undefined {
  try {
    const progress: unknown = JSON.parse(value?.toString('utf8') ?? '');
    return validate(progress) ? progress : undefined;
  } catch {
    return undefined;
  }
}
