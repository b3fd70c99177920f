import type { OmniumLinesUpdate, OmniumStatusUpdate } from '@connector/contracts';
import { AnswerMismatch, isRecord, listOf, type Decode, type HttpSeam } from '@connector/platform';
import type { CallOptions } from './omnium-seam';

export interface WorkflowStepResult {
  step: string;
  /** `Success`, `Warning` or `Error`. */
  status: string;
  /** Omnium's words; may quote a person's data, so never for logs. */
  reason: string | undefined;
}

/** How a workflow went. Omnium answers 200 even when a step failed (api-guide section 4). */
export interface WorkflowRun {
  /** A step stopped the workflow. */
  aborted: boolean;
  steps: WorkflowStepResult[];
}

/** The two calls that event subscribers of the tenant hang on (api-guide 7.8). Neither may be repeated before the order has been read. */
export type WorkflowCall =
  | { operation: 'orders.updateStatus'; action: 'UpdateStatus'; body: OmniumStatusUpdate }
  | { operation: 'orders.updateLines'; action: 'OrderLinesUpdate'; body: OmniumLinesUpdate };

export async function runWorkflow(
  seam: HttpSeam,
  id: string,
  { operation, action, body }: WorkflowCall,
  { class: urgency = 'sale', signal }: CallOptions,
): Promise<WorkflowRun> {
  const path = `/api/Orders/${encodeURIComponent(id)}/${action}`;
  const spec = { operation, method: 'POST', path, body, safeToRepeat: false, decode: runAnswer } as const;
  const { data } = await seam.call({ ...spec, class: urgency, signal });
  return data;
}

const runAnswer: Decode<WorkflowRun> = (data) => {
  if (!isRecord(data)) throw new AnswerMismatch('no result of a workflow');
  const results = listOf(isRecord, 'results')(data['orderActionExecutionResults'] ?? []);
  const steps = results.map(({ actionType, actionStatus, errorReason }) => ({
    step: typeof actionType === 'string' ? actionType : '',
    status: typeof actionStatus === 'string' ? actionStatus : '',
    reason: typeof errorReason === 'string' && errorReason !== '' ? errorReason : undefined,
  }));
  return { aborted: data['isAborted'] === true, steps };
};
