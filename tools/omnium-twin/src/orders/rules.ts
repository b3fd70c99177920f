import type { Order } from '../documents';
import { listOf } from '../documents';
import type { Problem } from '../refusal';
import type { Tenant } from '../tenant';
import { lineProblems } from './line-rules';
import { returnProblems } from './return-rules';

/** Every way in which an order does not fit the tenant's settings or itself. Omnium may store some of these as free text; the twin refuses them. */
export function orderProblems(order: Order, tenant: Tenant): Problem[] {
  const problems = [
    ...identityProblems(order),
    ...settingProblems(order, tenant),
    ...shipmentProblems(order, tenant),
    ...paymentProblems(order, tenant),
    ...lineProblems(order),
    ...returnProblems(order),
  ];
  return problems.map((problem) => ({ ...problem, orderId: order.id ?? undefined }));
}

function identityProblems(order: Order): Problem[] {
  return order.id ? [] : [{ rule: 'order-id', detail: 'id is missing' }];
}

function settingProblems(order: Order, tenant: Tenant): Problem[] {
  const type = tenant.seed.orderTypes.find((candidate) => candidate.name === order.orderType);
  const statuses = listOf(type?.orderStatuses).map((status) => status.name);
  // Deleted is Omnium's own mark of a soft delete, on every order type.
  const status = order.status ?? '';
  const knowsStatus = !type || statuses.includes(status) || status === 'Deleted';
  return [
    ...unless(tenant.market(order.marketId), 'market', `marketId '${order.marketId}' is not a market of the tenant`),
    ...unless(isStore(tenant, order.storeId), 'store', `storeId '${order.storeId}' is not a store of the tenant`),
    ...unless(type, 'order-type', `orderType '${order.orderType}' is not configured`),
    ...unless(knowsStatus, 'status', `status '${status}' is not configured on order type '${order.orderType}'`),
  ];
}

function shipmentProblems(order: Order, tenant: Tenant): Problem[] {
  const methods = tenant.seed.shipmentOptions.filter((option) => isValidOn(option.validOnMarkets, order.marketId));
  const names = methods.map((option) => option.shippingMethodName);
  return listOf(order.orderForm?.shipments).flatMap((shipment) => [
    ...optional(shipment.shippingMethodName, 'shipping-method', 'a shipment option of the market', (name) => names.includes(name)),
    ...optional(shipment.warehouseCode, 'warehouse', 'a store of the tenant', (code) => isStore(tenant, code)),
    ...optional(shipment.pickUpWarehouseCode, 'warehouse', 'a store of the tenant', (code) => isStore(tenant, code)),
  ]);
}

function paymentProblems(order: Order, tenant: Tenant): Problem[] {
  const payments = [order.orderForm, ...listOf(order.returnOrderForms)].flatMap((form) => listOf(form?.payments));
  return payments.flatMap((payment, index) => {
    const method = payment.paymentMethodName ?? '';
    const needed = { transactionId: payment.transactionId, transactionType: payment.transactionType, status: payment.status };
    const missing = Object.entries({ ...needed, amount: payment.amount }).filter(([, value]) => value === undefined || value === null);
    return [
      ...unless(payment.id, 'payment-id', `payment ${index + 1} has no id: it would be appended by every write`),
      ...unless(tenant.seed.paymentMethods.includes(method), 'payment-method', `paymentMethodName '${method}' is not configured`),
      ...missing.map(([field]) => ({ rule: 'payment-field', detail: `payment ${index + 1} has no ${field}` })),
    ];
  });
}

function isStore(tenant: Tenant, id: string | null | undefined): boolean {
  return tenant.seed.stores.some((store) => store.id === id);
}

function isValidOn(markets: readonly string[] | null | undefined, marketId: string | null | undefined): boolean {
  return listOf(markets).length === 0 || listOf(markets).includes(marketId ?? '');
}

function unless(holds: unknown, rule: string, detail: string): Problem[] {
  return holds ? [] : [{ rule, detail }];
}

function optional(value: string | null | undefined, rule: string, what: string, holds: (value: string) => boolean): Problem[] {
  return value ? unless(holds(value), rule, `'${value}' is not ${what}`) : [];
}
