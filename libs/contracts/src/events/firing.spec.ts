import { formatFiring, formatFiringByHand, parseFiring } from './firing';

const minute = Date.UTC(2026, 10, 24, 3, 0);

test("a firing's id says the task and the minute in UTC, and reads back", () => {
  expect(formatFiring('order-reconciliation.sweep', minute)).toBe('order-reconciliation.sweep@2026-11-24T03:00Z');
  expect(parseFiring(formatFiring('order-reconciliation.sweep', minute))).toEqual({ task: 'order-reconciliation.sweep', minute });
  expect(parseFiring(formatFiringByHand('product-export', 'a1-b2'))).toEqual({ task: 'product-export', minute: undefined });
});

test.each(['gateway::1700000000000', 'task@2026-99-99T03:00Z', 'task@', 'task', '@2026-11-24T03:00Z'])('%s is no firing', (text) =>
  expect(parseFiring(text)).toBeUndefined(),
);
