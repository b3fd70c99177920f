import { deliveryStates } from './deliveries';
import { pickupSignals } from './family';
import { aDelivery, aFamily, anOrder, documentOf, mapped } from './family.fixture';
import { exchangeRefundOf, exchangeSaleOf, familyRoot, sourceOrderOf } from './family-root';
import { mapFamily } from './map-family';
import type { Amount } from '../../money/amount';
import type { OmniumReturnForm } from './return-form';
import { placedReturns } from './placed-returns';
import { context } from './family.fixture';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const raw = (name: string): Record<string, unknown> =>
  (JSON.parse(readFileSync(join(__dirname, `../fixtures/${name}.in.json`), 'utf8')) as { sitoo: Record<string, unknown> }).sitoo;

describe('whose document a Sitoo order is written to', () => {
  it.each<[string, string]>([
    ['a sale', 'line-discount'],
    ['a booking', 'booking'],
    ['an open order', 'endless-aisle-open'],
    ['goods back without a receipt', 'return-blind'],
    ['goods sold and given back in one receipt', 'mixed-single-order'],
    ['the purchase of an exchange', 'exchange-sale-part'],
  ])('its own: %s', (_name, fixture) => {
    expect(familyRoot(anOrder(raw(fixture)))).toEqual({ kind: 'self' });
  });

  it('the sale: a refund that credits it, by either link', () => {
    const refund = raw('return-by-itself');
    const data = refund['additionaldata'] as Record<string, string>;
    const { 'pos-originalsales-orderid': _, ...unlinked } = data;
    expect(familyRoot(anOrder({ ...refund, additionaldata: unlinked }))).toEqual({ kind: 'sitoo', orderId: 20451 });
    expect(familyRoot(anOrder({ ...refund, creditorderid: null }))).toEqual({ kind: 'sitoo', orderId: 20451 });
    expect(familyRoot(anOrder({ ...refund, creditorderid: null, additionaldata: unlinked }))).toEqual({ kind: 'self' });
  });

  it('the sale: a refund of money alone', () => {
    const refund = { ...raw('return-by-itself'), orderitems: [], moneytotal_gross_all: '-99.00' };
    expect(familyRoot(anOrder(refund))).toEqual({ kind: 'sitoo', orderId: 20451 });
  });

  it('its own when the link is no order id or the order itself', () => {
    const refund = { ...raw('return-by-itself'), creditorderid: null };
    for (const link of ['0', 'abc', '1e3', '-5', '20519']) {
      expect(familyRoot(anOrder({ ...refund, additionaldata: { 'pos-originalsales-orderid': link } }))).toEqual({ kind: 'self' });
    }
  });

  it('tells the other half of an exchange and the booking behind a purchase', () => {
    expect(exchangeRefundOf(anOrder(raw('exchange-sale-part')))).toBe(11601);
    expect(exchangeSaleOf(anOrder(raw('exchange-refund-part')))).toBe(11602);
    expect(sourceOrderOf(anOrder(raw('booking-purchase')))).toBe(11605);
  });
});

describe('a return', () => {
  it('says on the sold line, in form and shipment alike, how many came back', () => {
    const { orderForm, status } = documentOf('return-partial');
    expect(status).toBe('PartiallyReturned');
    expect(orderForm?.lineItems?.map(({ returnQuantity }) => returnQuantity)).toEqual([1, undefined]);
    expect(orderForm?.shipments?.[0]?.lineItems).toEqual(orderForm?.lineItems);
  });

  it('keeps its id and its payment ids when another refund with a lower order id turns up', () => {
    const { refunds } = aFamily('return-repeated');
    const late = refunds.find(({ orderId }) => orderId === 20540);
    const alone = documentOf('return-repeated', { refunds: late ? [late] : [] });
    const both = documentOf('return-repeated');
    expect(both.returnOrderForms?.map(({ returnId }) => returnId)).toEqual(['sitoo-nor-1-20519-r1', 'sitoo-nor-1-20540-r1']);
    expect(both.returnOrderForms).toContainEqual(alone.returnOrderForms?.[0]);
  });

  it('stays on the lines that Omnium has it on when another refund with a lower order id turns up', () => {
    const [whole] = aFamily('return-by-sku-over-two-lines').refunds;
    const units = (orderId: number, count: number) => {
      const [row] = whole!.rows;
      const share = (total: Amount) => total.times(count).div(3);
      return {
        ...whole!,
        orderId,
        rows: [{ ...row!, quantity: -count, pricedQuantity: share(row!.pricedQuantity), net: share(row!.net), vat: share(row!.vat) }],
        totals: { ...whole!.totals, toPay: share(whole!.totals.toPay) },
        payments: [],
      };
    };
    const [early, late] = [units(20_524, 2), units(20_530, 1)];
    const before = documentOf('return-by-sku-over-two-lines', { refunds: [late] });
    const after = documentOf('return-by-sku-over-two-lines', { refunds: [early, late], placed: placedReturns(before) });
    const linesOf = (form: OmniumReturnForm) => [form.returnId, (form.lineItems ?? []).map((line) => [line.lineItemId, line.quantity])];
    expect(after.returnOrderForms?.map(linesOf)).toEqual([
      ['sitoo-nor-1-20530-r1', [['0', 1]]],
      ['sitoo-nor-1-20524-r1', [['1', 2]]],
    ]);
  });

  it('is booked once when its refund is in the list twice', () => {
    const family = aFamily('return-partial');
    expect(mapped({ ...family, refunds: [...family.refunds, ...family.refunds] })).toEqual(mapped(family));
  });

  it('of another sale is left out', () => {
    const { refunds } = aFamily('return-of-gift-card');
    expect(documentOf('return-partial', { refunds }).returnOrderForms).toBeUndefined();
  });

  it('that asks for more than is left is refused with its sum, and holds up no other', () => {
    const { order, refused } = mapped(aFamily('return-exceeds-sold'));
    expect(refused).toMatchObject([{ orderId: 20530, rejection: { code: 'RETURN_EXCEEDS_SOLD', path: 'orderitems[0].quantity' } }]);
    expect(refused[0]?.rejection.message).toContain('sold 2, returned before 1, asked now 2');
    expect(order.returnOrderForms).toHaveLength(2);
  });

  it('in another currency than its sale is refused', () => {
    const family = aFamily('return-partial');
    const refunds = family.refunds.map((refund) => ({ ...refund, currency: 'SEK' }));
    expect(mapped({ ...family, refunds }).refused).toMatchObject([{ rejection: { code: 'CURRENCY_MISMATCH' } }]);
  });

  it('with a fee for the buyer to pay is refused', () => {
    const { refunds, root } = aFamily('return-with-delivery-fee');
    const [refund] = refunds;
    if (!refund) throw new Error('no refund');
    const { deliveryNet, deliveryVat } = root.totals;
    const charged = { ...refund, totals: { ...refund.totals, deliveryNet, deliveryVat } };
    expect(mapped(aFamily('return-with-delivery-fee', { refunds: [charged] })).refused).toMatchObject([
      { rejection: { code: 'RETURN_WITH_FEE', path: 'moneydelivery_net' } },
    ]);
  });

  it('never lets Omnium pay the money back a second time', () => {
    expect(documentOf('return-partial').returnOrderForms).toMatchObject([{ creditPayment: false, creditAmount: 274 }]);
  });

  it('never moves the stock of a gift card', () => {
    expect(documentOf('return-of-gift-card').returnOrderForms?.[0]?.lineItems).toMatchObject([
      { updateStock: false, isVirtualProduct: true },
    ]);
  });
});

describe('an exchange', () => {
  it('names the purchase on the returned half and the refund on the purchase', () => {
    expect(documentOf('exchange-returned-half')).toMatchObject({ replacementOrderIds: ['sitoo-nor-1-11602'] });
    expect(documentOf('exchange-with-rules').externalIds).toContainEqual({ providerName: 'SitooExchangeRefundOrderId', id: '11601' });
  });

  it('keeps each document whole and marks what settlement has to leave out', () => {
    for (const name of ['exchange-returned-half', 'exchange-with-rules']) {
      const { orderForm, netTotal } = documentOf(name);
      const payments = orderForm?.payments ?? [];
      const sum = payments.reduce((total, { amount = 0, transactionType }) => total + (transactionType === 'Credit' ? -amount : amount), 0);
      expect(sum).toBe(netTotal);
      const marked = payments.filter(({ properties }) => properties?.some(({ key }) => key === 'SitooVirtualPayment'));
      expect(marked.map(({ amount }) => amount)).toEqual([399]);
    }
  });
});

describe('an open order', () => {
  it.each([
    ['endless-aisle-open', 'create-with-workflow'],
    ['line-discount', 'upsert-without-workflow'],
    ['booking', 'upsert-without-workflow'],
    ['cancelled', 'upsert-without-workflow'],
    ['open-returned-before-delivery', 'upsert-without-workflow'],
    ['web-order-shipped', 'never'],
  ])('%s is made by %s', (name, create) => {
    const market = { id: 'nor', currency: 'SEK', countryCode: 'SE', allowedCurrencies: ['NOK'] };
    expect(mapped(aFamily(name), { market, storeByExternalId: (id) => id }).create).toBe(create);
  });

  it('is neither locked nor silent: staff have to work on it and the buyer has to hear of it', () => {
    const order = documentOf('open-with-fee');
    expect([order.isReadOnly, order.isNotificationsDisabled, order.completed]).toEqual([undefined, undefined, undefined]);
  });

  it('never has a line in two shipments', () => {
    const shipments = documentOf('open-taken-and-shipped').orderForm?.shipments ?? [];
    expect(shipments.map(({ lineItems }) => lineItems?.map(({ lineItemId }) => lineItemId))).toEqual([['1'], ['0']]);
  });

  it('moves its shipment on with every state of its delivery, and the order with it', () => {
    const told = Object.keys(deliveryStates).map((state) => {
      const signals = { readyForPickup: false, pickupRejected: false, deliveryStates: new Map([[12, state]]) };
      const { status, orderForm } = documentOf('delivery-new', { signals });
      const [shipment] = orderForm?.shipments ?? [];
      return [state, shipment?.status, shipment?.orderStatus, status];
    });
    expect(told).toEqual([
      ['new', 'Packing', 'InProgress', 'New'],
      ['ready-to-ship', 'Released', 'ReadyForShipment', 'New'],
      ['in-transit', 'Shipped', 'InTransit', 'InTransit'],
      ['arrived', 'Shipped', 'InTransit', 'InTransit'],
      ['ready-for-pickup', 'Shipped', 'ReadyForPickup', 'ReadyForPickup'],
      ['delivered', 'Shipped', 'Completed', 'InTransit'],
      ['cancelled', 'Cancelled', 'New', 'New'],
    ]);
  });

  it('reads the deliveries of its own order only', () => {
    const strange = aDelivery({ orderdeliveryid: 9, orderid: 1, warehouseid: 2, orderdeliveryitems: [{ orderitemid: 0, quantity: 1 }] });
    expect(documentOf('delivery-new', { deliveries: [strange] }).status).toBe('New');
  });
});

describe('the log of an order', () => {
  const logged = (...entries: readonly (readonly [number, number])[]) =>
    pickupSignals(
      anOrder({ ...raw('pickup-ready'), orderlogitems: entries.map(([datelog, orderlogtypeid]) => ({ datelog, orderlogtypeid })) }),
    );

  it('tells whether the order is ready for its buyer or was rejected, by its last word', () => {
    expect(logged([1, 0])).toEqual({ readyForPickup: false, pickupRejected: false });
    expect(logged([1, 0], [2, 900])).toEqual({ readyForPickup: true, pickupRejected: false });
    expect(logged([2, 900], [3, 910])).toEqual({ readyForPickup: false, pickupRejected: true });
    expect(logged([3, 910], [5, 900], [4, 999])).toEqual({ readyForPickup: true, pickupRejected: false });
  });
});

describe('an order that came from Omnium', () => {
  it('tells of progress and of nothing else', () => {
    const { orderForm, ...order } = documentOf('web-order-shipped');
    expect(Object.keys(order).sort()).toEqual(['externalIds', 'id', 'status', 'tags']);
    expect(orderForm).toEqual({
      lineItems: [
        { lineItemId: '10', deliveredQuantity: 2 },
        { lineItemId: '11', deliveredQuantity: 1 },
      ],
      shipments: [expect.objectContaining({ shipmentId: '2', status: 'Shipped', shipmentTrackingNumber: 'PN126' })],
      payments: [],
    });
  });

  it('keeps the Omnium id that does not fit into an externalid', () => {
    const long = `ORDR/${'0'.repeat(60)}`;
    const root = anOrder({
      ...raw('web-order-collected'),
      externalid: '_hAAAAAAAAAAAAAAAAAAAAAA',
      additionaldata: { 'omnium-orderid': long, 'store-externalid': 'oslo-downtown' },
    });
    expect(mapped(aFamily('web-order-collected', { root })).order.id).toBe(long);
  });

  it('without the mark of whoever put it there is refused, unless the market takes such orders', () => {
    const root = anOrder({ ...raw('line-discount'), externalid: 'WEB-1' });
    const family = aFamily('line-discount', { root });
    expect(mapFamily(family, context)).toMatchObject({ ok: false, rejection: { code: 'ORDER_OF_ANOTHER_SYSTEM', path: 'externalid' } });
    expect(mapped(family, { foreignOrders: 'import' }).order.id).toBe('sitoo-nor-1-20451');
  });
});

describe('a delivery as Sitoo answers it', () => {
  it('is read from the published sample', () => {
    const { items } = JSON.parse(
      readFileSync(join(__dirname, '../../../../contracts/platforms/examples-orders/orderdeliveries-read.json'), 'utf8'),
    ) as { items: unknown[] };
    expect(items.map(aDelivery)).toEqual([
      {
        orderDeliveryId: 10,
        orderId: 11511,
        warehouseId: 1,
        deliveredAt: 1463041059,
        rows: [
          { orderItemId: 0, quantity: 2 },
          { orderItemId: 1, quantity: 1 },
        ],
      },
    ]);
  });
});
