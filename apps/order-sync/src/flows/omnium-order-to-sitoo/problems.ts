import type { OmniumOrder } from '@connector/contracts';
import type { Outcome, WorkContext, WorkItem } from '@connector/event-bus';
import type { WebOrderRejection } from '@connector/mapping';
import type { OrderProblem } from '@connector/omnium-client';
import { CallError } from '@connector/platform';
import type { ExportConnection } from './connection';
import { omniumOrderToSitoo } from './flow';

/** The one entry of this flow among an order's errors. */
export const PROBLEM_KEY = 'sitoo-order-export';

export interface Finished {
  readonly item: Pick<WorkItem, 'attempt'>;
  readonly order: OmniumOrder & { id: string };
  readonly outcome: Outcome;
  readonly rejection?: WebOrderRejection;
}

/**
 * Tells Omnium's staff, on the order itself, what keeps it from its store, and takes that off again when it went through (P30). Only this
 * flow's own entry is touched. It is a courtesy: a call that fails changes no outcome, and the reason is with the parked work.
 */
export async function tellStaff(
  { item, order, outcome, rejection }: Finished,
  orders: ExportConnection['omnium']['orders'],
  { signal, owned }: Pick<WorkContext, 'signal' | 'owned'>,
  now: number,
): Promise<void> {
  const isTold = (order.errors ?? []).some(({ key }) => key === PROBLEM_KEY);
  const isOver = outcome.kind === 'done' || outcome.kind === 'skipped';
  if (!owned()) return;
  try {
    if (isFinal(outcome, item)) await orders.addErrors(order.id, [problemOf(outcome, rejection, now)], { signal });
    else if (isOver && isTold) await orders.removeErrors(order.id, [PROBLEM_KEY], { signal });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
  }
}

type WithReason = Extract<Outcome, { kind: 'park' | 'retry' }>;

/** A person has to act: it is parked, or about to be after its last try. */
function isFinal(outcome: Outcome, { attempt }: Finished['item']): outcome is WithReason {
  return outcome.kind === 'park' || (outcome.kind === 'retry' && attempt + 1 >= omniumOrderToSitoo.retry.attempts);
}

/** Sitoo's own words may quote a customer, so of its refusals only the code is told. */
function problemOf({ reason }: WithReason, rejection: WebOrderRejection | undefined, now: number): OrderProblem {
  return {
    key: PROBLEM_KEY,
    severity: 'Error',
    message: rejection ? `Not sent to the store: ${rejection.message}` : 'Not sent to the store: Sitoo did not take this order',
    details: rejection?.path ? `${reason.code} at ${rejection.path}` : reason.code,
    occurred: new Date(now).toISOString(),
  };
}
