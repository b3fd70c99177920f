import type { OmniumOrderType } from '@connector/contracts';

/** What a store does with a web order (orders-and-customers section 11). */
export type StoreFlow = 'pick-up' | 'ship-from-store';

/** Everything outside the Omnium order that decides what Sitoo gets. */
export interface WebOrderContext {
  readonly market: {
    /** ISO 4217. */
    readonly currency: string;
    /** Percent, for lines without a rate; undefined when the market names none. */
    readonly defaultTaxRate?: number;
  };
  /** Order types that go to stores and what stores do with them; other types stay in Omnium. */
  readonly flows: Readonly<Record<string, StoreFlow>>;
  /** Sitoo warehouse of an Omnium store (`SitooWarehouseId`). */
  readonly warehouseOfStore: (storeId: string) => number | undefined;
  readonly statuses: OrderStatuses;
  /** Delivered orders that no store handled are registered in Sitoo, closed and paid, so that a till can take goods back. */
  readonly prepareReturnsInStore: boolean;
  /** The till's payment type for a payment method of Omnium. Default: the method's own name. */
  readonly paymentTypeOf?: (methodName: string) => { readonly name: string; readonly externalId?: string } | undefined;
  /** What an Omnium cart becomes in Sitoo. */
  readonly cartAs: 'parked' | 'booking';
}

export interface OrderStatuses {
  readonly isCancelled: (status: string) => boolean;
  readonly isDelivered: (status: string) => boolean;
}

/** Built-in names, for statuses whose flags nobody set (openapi, OrderStatusName). */
const builtInCancelled = new Set([
  'OrderCanceled',
  'OrderCanceledByCustomer',
  'OrderCanceledByStore',
  'Expired',
  'NotCollected',
  'Deleted',
]);
const builtInDelivered = new Set(['Completed', 'PickedUp', 'PickedUpAndPaid', 'Closed', 'Returned', 'PartiallyReturned']);

/** Reads what a status means from the tenant's order types (configuration section 5). */
export function orderStatuses(orderTypes: readonly OmniumOrderType[]): OrderStatuses {
  const statuses = orderTypes.flatMap(({ orderStatuses: own }) => own ?? []);
  const named = (has: 'isCanceledStatus' | 'isDeliveredStatus') =>
    new Set(statuses.filter((status) => status[has] === true).map(({ name }) => name));
  const [cancelled, delivered] = [named('isCanceledStatus'), named('isDeliveredStatus')];
  return {
    isCancelled: (status) => cancelled.has(status) || builtInCancelled.has(status),
    isDelivered: (status) => !cancelled.has(status) && (delivered.has(status) || builtInDelivered.has(status)),
  };
}
