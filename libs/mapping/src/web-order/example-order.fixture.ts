import type { OmniumOrder, OmniumOrderLine, OmniumShipment } from '@connector/contracts';
import { amount } from '../money/amount';
import { readExportedOrder, type ExportedOrder } from './exported-order';
import type { SitooWebOrderBody } from './to-sitoo-order';
import { netOfGross } from './rows';
import { orderStatuses, type WebOrderContext } from './web-order-context';

export const line: OmniumOrderLine = {
  lineItemId: '1',
  code: '14785-5',
  displayName: 'Shirt blue',
  quantity: 2,
  canceledQuantity: 0,
  deliveredQuantity: 0,
  placedPrice: 399,
  taxRate: 25,
  extendedPrice: 798,
  extendedPriceExclTax: 638.4,
};

export function shipment(change: Partial<OmniumShipment> = {}): OmniumShipment {
  return { shipmentId: '1', warehouseCode: 'oslo', status: 'AwaitingInventory', lineItems: [line], ...change };
}

export function webOrder(change: Partial<OmniumOrder> = {}, shipments: OmniumShipment[] = [shipment()]): OmniumOrder {
  return {
    id: 'ORD-1',
    orderType: 'Online-PickupInStore',
    status: 'New',
    marketId: 'NOR',
    storeId: 'webshop',
    billingCurrency: 'NOK',
    customerEmail: 'kari@example.com',
    customerName: 'Kari Anne Nordmann',
    customerPhone: '+4740000000',
    remainingPayment: 0,
    orderForm: { shipments },
    ...change,
  };
}

export const context: WebOrderContext = {
  market: { currency: 'NOK', defaultTaxRate: 25 },
  flows: { 'Online-PickupInStore': 'pick-up', 'Online-Delivery': 'ship-from-store' },
  warehouseOfStore: (store) => ({ oslo: 43, bergen: 44 })[store],
  statuses: orderStatuses([]),
  prepareReturnsInStore: true,
  cartAs: 'parked',
};

/** What Sitoo would keep of an order body: the formula of orders-and-customers section 6, empty texts where nothing is. */
export function asSitooKeepsIt(
  orderid: number,
  body: SitooWebOrderBody,
  change: Record<string, unknown> = {},
  delivered = false,
): ExportedOrder {
  const items = body.orderitems.map(({ moneyrowprice = '0', moneyrowdiscount = '0', vatvalue = 0, ...row }, orderitemid) => {
    const gross = amount(moneyrowprice).minus(moneyrowdiscount);
    const net = netOfGross(gross, amount(vatvalue));
    return { orderitemid, vatvalue, ...row, moneyitemtotal_net: net.toFixed(2), moneyitemtotal_vat: gross.minus(net).toFixed(2) };
  });
  const raw = JSON.parse(
    JSON.stringify({ orderid, delivery_address: '', comment: '', datereserved: null, ...body, orderitems: items, ...change }),
  );
  const step = readExportedOrder(raw, delivered);
  if (!step.ok || !step.value) throw new Error('not an order of ours');
  return step.value;
}
