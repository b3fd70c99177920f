import type { OmniumOrder } from '@connector/contracts';
import { aFamily, documentOf, mapped } from '../family/family.fixture';
import { reconcileOrder } from './reconcile-order';
import { isOrderForward, isShipmentForward } from './status';

function written(existing: OmniumOrder, wanted: OmniumOrder): OmniumOrder {
  const result = reconcileOrder(existing, wanted);
  return result.action === 'patch' ? result.order : existing;
}

/** Omnium's own order, as the web shop made it. */
const webOrder: OmniumOrder = {
  id: 'ORDR/000_1',
  status: 'InProgress',
  orderType: 'Online-PickupInStore',
  netTotal: 1397,
  netTotalExclTax: 1117.6,
  orderForm: {
    total: 1397,
    totalExclTax: 1117.6,
    lineItems: [
      { lineItemId: '10', code: 'yellow-tshirt-medium', quantity: 2, placedPrice: 299 },
      { lineItemId: '11', code: 'blue-jeans-32', quantity: 1, placedPrice: 799 },
    ],
    shipments: [
      { shipmentId: '1', status: 'AwaitingInventory', lineItems: [{ lineItemId: '10', quantity: 2 }] },
      { shipmentId: '2', status: 'AwaitingInventory', lineItems: [{ lineItemId: '11', quantity: 1 }] },
    ],
    payments: [{ id: 'k1', transactionType: 'Authorization', amount: 1397 }],
  },
};

describe('a return that arrives after its sale', () => {
  const sold = documentOf('return-partial', { refunds: [] });

  it('is added with its form, its credit, its units and its status, and the net total follows', () => {
    const order = written(sold, documentOf('return-partial'));
    expect(order).toEqual(documentOf('return-partial'));
    expect(order).toMatchObject({ status: 'PartiallyReturned', netTotal: 1073, netTotalExclTax: 858.4 });
    expect(reconcileOrder(order, documentOf('return-partial'))).toEqual({ action: 'equal' });
  });

  it('leaves a return form of staff alone, counts its units, and takes both off the net total', () => {
    const theirs = { returnId: 'web-1', total: 799, totalExclTax: 639.2, lineItems: [{ lineItemId: '1', returnQuantity: 1 }] };
    const existing = { ...sold, status: 'PartiallyReturned', returnOrderForms: [theirs] };
    const order = written(existing, documentOf('return-partial'));
    expect(order.returnOrderForms?.map(({ returnId }) => returnId)).toEqual(['web-1', 'sitoo-nor-1-20519-r1']);
    expect(order.returnOrderForms?.[0]).toBe(theirs);
    expect(order.netTotal).toBe(274);
  });

  it('adds to what staff took back of the same line', () => {
    const theirs = { returnId: 'web-1', total: 274, totalExclTax: 219.2, lineItems: [{ lineItemId: '0', returnQuantity: 1 }] };
    const order = written({ ...sold, returnOrderForms: [theirs] }, documentOf('return-partial'));
    expect(order.orderForm?.lineItems?.map(({ returnQuantity }) => returnQuantity)).toEqual([2, undefined]);
    expect(reconcileOrder(order, documentOf('return-partial'))).toEqual({ action: 'equal' });
  });

  it('is not undone by a reading that does not have it yet', () => {
    const returned = documentOf('return-partial');
    expect(reconcileOrder(returned, sold)).toEqual({ action: 'equal' });
  });

  it('is put right when its amounts were changed, with notes and comment left alone', () => {
    const wanted = documentOf('return-partial');
    const [form] = wanted.returnOrderForms ?? [];
    const damaged = { ...form, creditAmount: 1, total: 1, returnComment: 'Stain on the sleeve' };
    const order = written({ ...wanted, returnOrderForms: [damaged] }, wanted);
    expect(order.returnOrderForms).toMatchObject([{ creditAmount: 274, total: 274, returnComment: 'Stain on the sleeve' }]);
    expect(order.netTotal).toBe(1073);
  });
});

describe('an order that goes on', () => {
  it('from open to shipped to closed is written once for each step, and its shipping method and sender stay', () => {
    const steps = ['delivery-new', 'delivery-closed'].map((name) => aFamily(name));
    const [open, closed] = steps.map((family) => mapped({ ...family, deliveries: [] }).order);
    const signals = { readyForPickup: false, pickupRejected: false, deliveryStates: new Map([[12, 'in-transit']]) };
    const shipped = documentOf('delivery-new', { signals });
    const onItsWay = written(open ?? {}, shipped);
    expect(onItsWay).toMatchObject({
      status: 'InTransit',
      orderForm: { shipments: [{ status: 'Shipped', shippingMethodName: 'HomeDelivery' }] },
    });
    const over = written(onItsWay, closed ?? {});
    expect(over).toMatchObject({
      status: 'Completed',
      orderForm: { shipments: [{ status: 'Shipped', shippingMethodName: 'HomeDelivery' }] },
    });
    expect(over.orderForm?.shipments?.[0]?.pickUpWarehouseCode).toBeUndefined();
    expect(reconcileOrder(over, closed ?? {})).toEqual({ action: 'equal' });
    expect(reconcileOrder(over, shipped)).toEqual({ action: 'equal' });
  });

  it('starts its shipment again when a delivery that Sitoo called off is followed by another', () => {
    const cancelled = documentOf('delivery-cancelled');
    const again = documentOf('delivery-cancelled', {
      deliveries: [...aFamily('delivery-cancelled').deliveries, ...aFamily('delivery-new').deliveries].map((delivery, index) => ({
        ...delivery,
        orderDeliveryId: 12 + index,
      })),
      signals: { readyForPickup: false, pickupRejected: false, deliveryStates: new Map([[13, 'new']]) },
    });
    expect(written(cancelled, again).orderForm?.shipments).toMatchObject([{ status: 'Packing' }]);
  });

  it.each(['Closed', 'Faulted', 'Delayed', 'PaymentReview', 'Ready at the counter'])(
    'is left in %s, which the connector does not know how to move on',
    (status) => {
      expect(written({ ...documentOf('delivery-new'), status }, documentOf('delivery-closed')).status).toBe(status);
    },
  );

  it('never goes back', () => {
    expect(isOrderForward('Completed', 'InTransit')).toBe(false);
    expect(isOrderForward('Returned', 'PartiallyReturned')).toBe(false);
    expect(isOrderForward('New', 'ReadyForPickup')).toBe(true);
    expect(isShipmentForward('Shipped', 'Packing')).toBe(false);
    expect(isShipmentForward('SplittedShippedShipment', 'Shipped')).toBe(false);
    expect(isShipmentForward(undefined, 'Packing')).toBe(true);
  });

  it('keeps the quantities of a line that Omnium has split over warehouses', () => {
    const wanted = documentOf('open-partly-delivered');
    const [line] = wanted.orderForm?.lineItems ?? [];
    const halves = [
      { ...line, lineItemId: '0', quantity: 1, deliveredQuantity: 1 },
      { ...line, lineItemId: '0-1', quantity: 1, deliveredQuantity: 0 },
    ];
    const shipments = halves.map((half, index) => ({
      ...wanted.orderForm?.shipments?.[0],
      shipmentId: String(index + 1),
      lineItems: [half],
    }));
    const existing = { ...wanted, orderForm: { ...wanted.orderForm, lineItems: halves, shipments } };
    expect(reconcileOrder(existing, wanted)).toEqual({ action: 'equal' });
    const short = { ...wanted, orderForm: { ...wanted.orderForm, lineItems: [halves[0] ?? { lineItemId: null }] } };
    expect(written(short, wanted).orderForm?.lineItems).toMatchObject([{ quantity: 2 }]);
  });

  it('keeps what Omnium delivered by itself', () => {
    const existing = documentOf('open-partly-delivered');
    const lines = (quantity: number) => existing.orderForm?.lineItems?.map((line) => ({ ...line, deliveredQuantity: quantity }));
    const order = { ...existing, orderForm: { ...existing.orderForm, lineItems: lines(2) } };
    expect(written(order, existing).orderForm?.lineItems).toMatchObject([{ deliveredQuantity: 2 }]);
  });
});

describe('an order that came from Omnium', () => {
  it('gets its return, its credit and its net total, and keeps everything else', () => {
    const order = written(webOrder, documentOf('web-order-returned-in-store'));
    expect(order).toMatchObject({ status: 'PartiallyReturned', orderType: 'Online-PickupInStore', netTotal: 1098, netTotalExclTax: 878.4 });
    expect(order.orderForm?.payments?.map(({ id }) => id)).toEqual(['k1', 'sitoo-nor-1-20537-c1']);
    expect(order.orderForm?.lineItems).toMatchObject([{ returnQuantity: 1, placedPrice: 299 }, { code: 'blue-jeans-32' }]);
  });

  it('gets states and waybill on the shipment that the store has, and no line or shipment that it does not know', () => {
    const order = written(webOrder, documentOf('web-order-shipped'));
    expect(order.orderForm?.shipments).toMatchObject([
      { shipmentId: '1', status: 'AwaitingInventory' },
      { shipmentId: '2', status: 'Shipped', shipmentTrackingNumber: 'PN126' },
    ]);
    const stranger = { ...webOrder, orderForm: { ...webOrder.orderForm, lineItems: [], shipments: [] } };
    expect(written(stranger, documentOf('web-order-shipped')).orderForm).toMatchObject({ lineItems: [], shipments: [] });
  });

  it('of which only a part went to the store is told of by its shipment alone', () => {
    const { orderForm } = webOrder;
    const more = {
      ...webOrder,
      orderForm: { ...orderForm, lineItems: [...(orderForm?.lineItems ?? []), { lineItemId: '12', quantity: 1 }] },
    };
    expect(written(more, documentOf('web-order-collected')).status).toBe('InProgress');
    expect(written(webOrder, documentOf('web-order-collected')).status).toBe('Completed');
  });
});
