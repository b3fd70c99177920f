import type { OmniumOrderType } from '@connector/contracts';
import { checkOrderType, missingStatuses } from './order-types';

const types: OmniumOrderType[] = [
  { name: 'Online', orderStatuses: [{ name: 'New' }] },
  { name: 'PosSitoo', orderStatuses: [{ name: 'Completed' }, { name: 'Returned' }] },
];

test('an order type with the status of a finished sale is fine', () => {
  expect(checkOrderType('PosSitoo', 'Completed', types)).toBeUndefined();
});

test('an order type that Omnium does not have is a problem that lists those it has', () => {
  const problem = checkOrderType('PosSito', 'Completed', types);
  expect(problem?.code).toBe('ORDER_TYPE_UNKNOWN');
  expect(problem?.message).toContain('"PosSito"');
  expect(problem?.message).toContain('Online, PosSitoo');
});

test('an order type without the status is a problem that lists the statuses it has', () => {
  const problem = checkOrderType('PosSitoo', 'Closed', types);
  expect(problem?.code).toBe('ORDER_STATUS_UNKNOWN');
  expect(problem?.message).toContain('Completed, Returned');
});

test("another type's status does not count", () => {
  expect(checkOrderType('Online', 'Completed', types)?.code).toBe('ORDER_STATUS_UNKNOWN');
});

test('an order type that lists no statuses has none', () => {
  expect(checkOrderType('Bare', 'Completed', [{ name: 'Bare' }])?.code).toBe('ORDER_STATUS_UNKNOWN');
});

test('states without a status of the type are named, so that orders stay in the status before', () => {
  const statuses = ['New', 'Completed', 'OrderCanceled', 'Returned', 'PartiallyReturned', 'Pending', 'ReadyForPickup', 'InTransit', 'OnHold'];
  const type = { name: 'PosSitoo', orderStatuses: statuses.map((name) => ({ name })) };
  expect(missingStatuses('PosSitoo', [type])).toEqual({ partlyDelivered: null });
  expect(Object.keys(missingStatuses('PosSitoo', types))).toContain('open');
});
