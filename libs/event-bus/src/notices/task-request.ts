import { syncTaskRequested, type TaskRequest } from '@connector/contracts';
import Ajv from 'ajv';
import { readEnvelope, type DecodedNotice, type EncodedRecord } from './envelope';

const validate = new Ajv({ allErrors: false }).compile<TaskRequest>(syncTaskRequested.schema);

/**
 * Reads a request for a task as a notice, so that a task is worked on like everything else. Its one fact says who asked (`kind`) and for how
 * much (`event`); its id is the firing's, where there is one. So requests that collapse into one piece of work keep every scope and firing. What
 * comes back from a delay topic is a notice already.
 */
export function decodeTaskRequest(record: EncodedRecord): DecodedNotice {
  return readEnvelope(record, (value) => {
    if (record.headers['target-group'] !== undefined || !validate(value)) return undefined;
    const { by, requestedAt, scope, firing } = value;
    return [
      {
        id: firing ?? `${by}:${scope ?? ''}:${requestedAt}`.slice(0, 128),
        kind: by.slice(0, 64) || 'unknown',
        at: requestedAt,
        ...(scope ? { event: scope } : {}),
      },
    ];
  });
}
