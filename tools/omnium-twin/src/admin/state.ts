import { isoTime } from '../clock';
import type { WriteKind } from '../orders/store';
import { totalOf } from '../records';
import type { Tenant } from '../tenant';
import type { OutboxCounts } from '../webhooks/outbox';
import { noOutboxCounts, addOutboxCounts } from '../webhooks/outbox';
import type { World } from '../world';

type Counter = Record<string, number>;

/** Totals since the start or the last reset. */
export interface TwinState {
  orders: number;
  tenants: { id: string; orders: number; peakRequests: number; peakBatchWrites: number }[];
  calls: { reads: Counter; writes: Counter; readTotal: number; writeTotal: number; answers: Counter };
  /** Order writes by what they did: created, overwritten, unchanged (an equal document again), patched, … */
  orderWrites: Partial<Record<WriteKind, number>>;
  /** UTC, ISO 8601; null before the first write. */
  lastWriteAt: string | null;
  batches: { count: number; orders: number; largest: number; sizes: number[] };
  violations: number;
  warnings: number;
  warningsByRule: Counter;
  violationsByRule: Counter;
  limitHits: Counter;
  limitHitTotal: number;
  conflicts: number;
  /** Workflows run, in all and by order id. An order that was only saved is not among them. */
  workflowTotal: number;
  workflowsRun: Counter;
  /** `ExportOrder` calls by order id. */
  exports: Record<string, { sent: number; taken: number }>;
  events: { raised: number; unsubscribed: number };
  /** Webhooks: events and exports. */
  webhooks: OutboxCounts;
  faults: { served: Counter; waiting: number };
}

export function stateOf(world: World): TwinState {
  const { records } = world;
  return {
    ...orderState(world),
    calls: {
      reads: records.reads,
      writes: records.writes,
      readTotal: totalOf(records.reads),
      writeTotal: totalOf(records.writes),
      answers: records.answers,
    },
    batches: batchState(records.batchSizes),
    violations: records.violations.length,
    warnings: records.warnings.length,
    violationsByRule: byRule(records.violations),
    warningsByRule: byRule(records.warnings),
    limitHits: records.limitHits,
    limitHitTotal: totalOf(records.limitHits),
    conflicts: records.conflicts,
    ...webhookState([...world.tenants.values()]),
    faults: { served: world.faults.served, waiting: world.faults.waiting },
  };
}

function orderState(world: World): Pick<TwinState, 'orders' | 'tenants' | 'orderWrites' | 'lastWriteAt'> {
  const tenants = [...world.tenants.values()];
  const lastWriteAt = Math.max(...tenants.map((tenant) => tenant.orders.lastWriteAt));
  return {
    orders: tenants.reduce((total, tenant) => total + tenant.orders.size, 0),
    tenants: tenants.map(({ seed, orders, limits }) => ({
      id: seed.id,
      orders: orders.size,
      peakRequests: limits.peaks.requests,
      peakBatchWrites: limits.peaks.batchWrites,
    })),
    orderWrites: tenants.map((tenant) => tenant.orders.writes).reduce(add, {}),
    lastWriteAt: lastWriteAt > 0 ? isoTime(lastWriteAt) : null,
  };
}

function webhookState(tenants: readonly Tenant[]): Pick<TwinState, 'workflowTotal' | 'workflowsRun' | 'exports' | 'events' | 'webhooks'> {
  const workflowsRun = tenants.map((tenant) => tenant.workflows.runs).reduce(add, {});
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  return {
    workflowTotal: totalOf(workflowsRun),
    workflowsRun,
    exports: Object.assign({}, ...tenants.map((tenant) => tenant.workflows.exports)),
    events: {
      raised: total(tenants.map((tenant) => tenant.events.raised)),
      unsubscribed: total(tenants.map((tenant) => tenant.events.unsubscribed)),
    },
    webhooks: tenants.map((tenant) => tenant.outbox.counts).reduce(addOutboxCounts, noOutboxCounts()),
  };
}

function batchState(sizes: readonly number[]): TwinState['batches'] {
  return {
    count: sizes.length,
    orders: sizes.reduce((total, size) => total + size, 0),
    largest: sizes.reduce((largest, size) => Math.max(largest, size), 0),
    sizes: [...sizes],
  };
}

function byRule(problems: readonly { rule: string }[]): Counter {
  return problems.map(({ rule }) => ({ [rule]: 1 })).reduce<Counter>(add, {});
}

function add<Counts extends Partial<Counter>>(left: Counts, right: Counts): Counts {
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return Object.assign({}, left, Object.fromEntries(keys.map((key) => [key, (left[key] ?? 0) + (right[key] ?? 0)])));
}
