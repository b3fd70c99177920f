import type { LabelledReceipt } from '@connector/testing';
import { latenciesOf, summary, type Sent } from './latencies';
import type { Written } from './platforms';

const t0 = Date.parse('2026-03-02T15:00:00.000Z');
const at = (ms: number) => new Date(t0 + ms).toISOString();
const linked = (id: number) => [{ providerName: 'SitooOrderId', id: String(id) }];
const sent = (kind: Sent['kind'], orderid: number, dueAt: number, creditorderid?: number): Sent => ({
  kind,
  receipt: { order: { orderid, creditorderid } } as LabelledReceipt,
  dueAt: t0 + dueAt,
});
const document = (id: number, history: [ms: number, kind: string][], returns: number[] = []): [number, Written] => [
  id,
  {
    order: { externalIds: linked(id), returnOrderForms: returns.map((one) => ({ externalIds: linked(one) })) },
    history: history.map(([ms, kind]) => ({ at: at(ms), kind })),
  },
];

test('a receipt counts from the moment its event was due to the write that made its order', () => {
  const written = new Map([document(1, [[300, 'created']])]);
  expect(latenciesOf([sent('sale', 1, 100)], written)).toEqual({ of: { sale: [200], return: [], open: [] }, missing: 0 });
});

test('a return counts to the change of the order that it credits, however often that is written unchanged', () => {
  const history: [number, string][] = [
    [300, 'created'],
    [400, 'unchanged'],
    [2_500, 'overwritten'],
  ];
  expect(latenciesOf([sent('return', 2, 1_000, 1)], new Map([document(1, history, [2])])).of.return).toEqual([1_500]);
});

test('a receipt without an order and a return that its sale does not tell of are missing', () => {
  const written = new Map([document(1, [[300, 'created']])]);
  expect(latenciesOf([sent('sale', 3, 0), sent('return', 2, 0, 1), sent('open', 4, 0)], written).missing).toBe(3);
});

test('the summary names the middle, the 99th percentile and the longest', () => {
  expect(summary(Array.from({ length: 200 }, (_, index) => index + 1))).toEqual({ count: 200, p50Ms: 101, p99Ms: 199, maxMs: 200 });
});
