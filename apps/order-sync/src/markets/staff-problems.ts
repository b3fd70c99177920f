import type { OmniumOrder } from '@connector/contracts';
import type { Outcome, Reason, WorkContext, WorkItem } from '@connector/event-bus';
import type { OmniumClient, OrderProblem } from '@connector/omnium-client';
import { CallError } from '@connector/platform';

/** Work on an order that Omnium has. */
export interface Finished {
  readonly item: Pick<WorkItem, 'attempt' | 'key'>;
  /** As it was read before the work. */
  readonly order: OmniumOrder & { id: string };
  readonly outcome: Outcome;
}

/** How one flow tells staff of its failures. */
export interface StaffEntry {
  /** Of the entry among the order's errors: one per problem, so that it appears once however often it is found. */
  key: (item: Finished['item']) => string;
  /** In words: what did not happen, and why. Never a person's data, so never a platform's own words. */
  message: (reason: Reason, item: Finished['item']) => string;
  /** Tries of the flow; after the last one the work is parked. */
  attempts: number;
}

type Orders = Pick<OmniumClient['orders'], 'addErrors' | 'removeErrors'>;

/** The work's own deadline is not for this, ms. */
const patienceMs = 10_000;

/**
 * Tells Omnium's staff, on the orders themselves, what a person has to put right, and takes that off again when the order agrees (P30). Only
 * the flow's own entries are touched, and only when they would differ, so no write follows from a write. It is a courtesy: a call that fails
 * changes no outcome, and the reason is with the parked work.
 */
export async function tellStaff(
  finished: readonly Finished[],
  entry: StaffEntry,
  orders: Orders,
  { signal, owned }: Pick<WorkContext, 'signal' | 'owned'>,
  now: number,
): Promise<void> {
  if (finished.length === 0) return;
  const options = { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) };
  const tell = async ({ item, order, outcome }: Finished): Promise<void> => {
    const told = (order.errors ?? []).find(({ key }) => key === entry.key(item));
    const isOver = outcome.kind === 'done' || outcome.kind === 'skipped';
    if (!owned()) return;
    if (isFinal(outcome, item, entry)) {
      const problem = problemOf(outcome.reason, item, entry, now);
      if (told?.message !== problem.message || told?.details !== problem.details) await orders.addErrors(order.id, [problem], options);
    } else if (isOver && told) await orders.removeErrors(order.id, [entry.key(item)], options);
  };
  // Entries of one order one after the other: its list is read, then written whole.
  const ids = [...new Set(finished.map(({ order }) => order.id))];
  const inTurn = async (id: string): Promise<void> => {
    for (const one of finished.filter(({ order }) => order.id === id)) await tell(one).catch(unlessCall);
  };
  await Promise.all(ids.map(inTurn));
}

function unlessCall(error: unknown): void {
  if (!(error instanceof CallError)) throw error;
}

/** Whether the words are the connector's. Those of a platform, which come under a code of the call, may quote a customer. */
export function areOwnWords({ code }: Reason, rejectionCodes: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(rejectionCodes, code) || !/^(SITOO|OMNIUM)_/.test(code);
}

/** A person has to act: it is parked, or about to be after its last try. */
function isFinal(
  outcome: Outcome,
  { attempt }: Finished['item'],
  { attempts }: StaffEntry,
): outcome is Extract<Outcome, { kind: 'park' | 'retry' }> {
  return outcome.kind === 'park' || (outcome.kind === 'retry' && attempt + 1 >= attempts);
}

function problemOf(reason: Reason, item: Finished['item'], { key, message }: StaffEntry, now: number): OrderProblem {
  return {
    key: key(item),
    severity: 'Error',
    message: message(reason, item),
    details: reason.path ? `${reason.code} at ${reason.path}` : reason.code,
    occurred: new Date(now).toISOString(),
  };
}
