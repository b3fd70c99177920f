import type { OmniumOrder } from '@connector/contracts';
import { decideSitooWrites, externalIdsToLookUp } from './decide';
import { asSitooKeepsIt, context, line, shipment, webOrder } from './example-order.fixture';
import type { ExportedOrder } from './exported-order';
import { readExportedOrder } from './exported-order';
import { toSitooOrders, type SitooWebOrderBody } from './to-sitoo-order';
import { toSitooCart } from './cart';
import type { SitooWrite } from './writes';

function decide(order: OmniumOrder, existing: ExportedOrder[] = [], given = context): SitooWrite[] {
  const step = decideSitooWrites(order, existing, given);
  if (!step.ok) throw new Error(step.rejection.code);
  return step.value;
}

function bodies(order: OmniumOrder): SitooWebOrderBody[] {
  const step = toSitooOrders(order, context);
  if (!step.ok) throw new Error(step.rejection.code);
  return step.value.map(({ body }) => body);
}

/** The order as it was exported first. */
function exported(order: OmniumOrder, change: Record<string, unknown> = {}, delivered = false): ExportedOrder {
  return asSitooKeepsIt(9, bodies(order)[0]!, change, delivered);
}

/** The writes as short words. */
function told(writes: SitooWrite[]): string[] {
  return writes.map((write) => {
    if (write.kind === 'create') return `create ${write.body.externalid}`;
    return write.kind === 'cancel' || write.kind === 'nothing' ? `${write.kind} ${write.reason}` : write.kind;
  });
}

const order = webOrder();
const withdrawn = { additionaldata: { ...bodies(order)[0]!.additionaldata, 'weborder-withdrawn': 'true' } };

describe('an Omnium order that Sitoo does not have', () => {
  it('is created', () => {
    expect(told(decide(order))).toEqual(['create ORD-1']);
  });

  it.each([
    [{ status: 'Queued' as const }, 'QUEUED'],
    [{ status: 'PaymentReview' as const }, 'NOT_YET'],
    [{ remainingPayment: 798 }, 'NOT_PAID'],
    [{ status: 'OrderCanceled' as const }, 'NOT_FOR_A_STORE'],
    [{ orderType: 'PosSitoo' as const }, 'NOT_FOR_A_STORE'],
  ])('is left alone with %j: %s', (change, reason) => {
    expect(told(decide(webOrder(change)))).toEqual([`nothing ${reason}`]);
  });

  it('is registered for returns when it was delivered without a store, if the market wants that', () => {
    const over = webOrder({ status: 'Completed' });
    expect(decide(over)).toMatchObject([
      { kind: 'create', body: { orderstateid: 10, additionaldata: { 'delivery-ignore-stock': 'true' } } },
    ]);
    expect(told(decide(over, [], { ...context, prepareReturnsInStore: false }))).toEqual(['nothing NOT_FOR_A_STORE']);
  });

  it('is created per store when it is split', () => {
    const split = webOrder({}, [shipment(), shipment({ shipmentId: '2', warehouseCode: 'bergen' })]);
    expect(told(decide(split))).toEqual(['create ORD-1_-1', 'create ORD-1_-2']);
  });
});

describe('an Omnium order that is open in Sitoo', () => {
  it('is left alone when nothing changed', () => {
    expect(told(decide(order, [exported(order)]))).toEqual(['nothing EQUAL']);
  });

  it('is patched with nothing but the contact that changed', () => {
    const changed = webOrder({ customerPhone: '+4741111111' });
    expect(decide(changed, [exported(order)])).toEqual([{ kind: 'patch', orderId: 9, change: { phone: '+4741111111' } }]);
  });

  it('has a contact taken away when Omnium has none any more', () => {
    const changed = webOrder({ customerEmail: null });
    expect(decide(changed, [exported(order)])).toEqual([{ kind: 'patch', orderId: 9, change: { email: '' } }]);
  });

  it('is cancelled with its whole map of data when Omnium cancels it', () => {
    expect(decide(webOrder({ status: 'OrderCanceledByCustomer' }), [exported(order)])).toEqual([
      { kind: 'cancel', orderId: 9, reason: 'CANCELLED_IN_OMNIUM', change: { orderstateid: 20, ...withdrawn } },
    ]);
  });

  it.each([
    ['a quantity', { ...line, quantity: 3, extendedPrice: 1197, extendedPriceExclTax: 957.6 }],
    ['a price', { ...line, extendedPrice: 700, extendedPriceExclTax: 560 }],
    ['an article', { ...line, code: 'OTHER' }],
    ['a part that was cancelled', { ...line, canceledQuantity: 1, extendedPrice: 399, extendedPriceExclTax: 319.2 }],
  ])('is cancelled and made anew under another id for %s', (_, changed) => {
    const writes = decide(webOrder({}, [shipment({ lineItems: [changed] })]), [exported(order)]);
    expect(told(writes)).toEqual(['cancel ROWS_CHANGED', 'create ORD-1_r2']);
  });

  it('moves to another store as a new order', () => {
    expect(told(decide(webOrder({}, [shipment({ warehouseCode: 'bergen' })]), [exported(order)]))).toEqual([
      'cancel ROWS_CHANGED',
      'create ORD-1_r2',
    ]);
  });

  it('is taken back when its shipment is cancelled', () => {
    const moved = webOrder({}, [shipment({ status: 'Cancelled' }), shipment({ shipmentId: '2', warehouseCode: 'bergen' })]);
    expect(told(decide(moved, [exported(order)]))).toEqual(['cancel NO_LONGER_IN_THIS_STORE', 'create ORD-1_r2']);
  });

  it('keeps its part when the rest is split off', () => {
    const split = webOrder({}, [shipment(), shipment({ shipmentId: '2', warehouseCode: 'bergen' })]);
    expect(told(decide(split, [exported(order)]))).toEqual(['nothing EQUAL', 'create ORD-1_-2']);
  });

  it('is left to the store when Omnium finished it', () => {
    expect(told(decide(webOrder({ status: 'Completed' }), [exported(order)]))).toEqual(['nothing DELIVERED_IN_OMNIUM']);
    const noReturns = { ...context, prepareReturnsInStore: false };
    expect(told(decide(webOrder({ status: 'Completed' }), [exported(order)], noReturns))).toEqual(['nothing DELIVERED_IN_OMNIUM']);
  });

  it.each([{ status: 'OrderCanceled' as const }, { orderForm: { shipments: [shipment({ warehouseCode: 'bergen' })] } }])(
    'is handed to a person when a part is delivered and Omnium changes it (%j)',
    (change) => {
      const step = decideSitooWrites(webOrder(change), [exported(order, {}, true)], context);
      expect(step).toMatchObject({ ok: false, rejection: { code: 'PARTLY_DELIVERED' } });
    },
  );
});

describe('an Omnium order that is no longer open in Sitoo', () => {
  const changed = webOrder({}, [shipment({ lineItems: [{ ...line, code: 'OTHER' }] })]);

  it.each([
    ['closed', 10, 'CLOSED_IN_SITOO'],
    ['cancelled by the store', 20, 'CANCELLED_IN_SITOO'],
  ])('stays %s', (_, orderstateid, reason) => {
    for (const now of [order, changed]) expect(told(decide(now, [exported(order, { orderstateid })]))).toEqual([`nothing ${reason}`]);
    expect(told(decide(webOrder({ status: 'OrderCanceled' }), [exported(order, { orderstateid })]))).toEqual([`nothing ${reason}`]);
  });

  it('is made anew when the exchange was interrupted after our cancellation', () => {
    expect(told(decide(changed, [exported(order, { orderstateid: 20, ...withdrawn })]))).toEqual(['create ORD-1_r2']);
  });

  it('goes to the store that Omnium chose after another one refused', () => {
    expect(told(decide(webOrder({}, [shipment({ warehouseCode: 'bergen' })]), [exported(order, { orderstateid: 20 })]))).toEqual([
      'create ORD-1_r2',
    ]);
  });

  it('is registered for returns when a store refused it and another place delivered', () => {
    expect(decide(webOrder({ status: 'Completed' }), [exported(order, { orderstateid: 20 })])).toMatchObject([
      { kind: 'create', body: { externalid: 'ORD-1_r2', orderstateid: 10 } },
    ]);
  });

  it('is handed to a person when it was made anew four times', () => {
    const old = ['', '_r2', '_r3', '_r4', '_r5'].map((ending, index) => ({
      ...exported(order, { orderstateid: 20, ...withdrawn, externalid: `ORD-1${ending}` }),
      orderId: 9 + index,
    }));
    expect(decideSitooWrites(order, old, context)).toMatchObject({ ok: false, rejection: { code: 'REPLACED_TOO_OFTEN' } });
  });
});

describe('deciding twice', () => {
  it.each([order, webOrder({ orderType: 'Online-Delivery' }, [shipment({ address: { line1: 'Storgata 1', city: 'Oslo' } })])])(
    'writes nothing the second time',
    (given) => {
      const kept = decide(given).flatMap((write, index) => (write.kind === 'create' ? [asSitooKeepsIt(10 + index, write.body)] : []));
      expect(told(decide(given, kept))).toEqual(['nothing EQUAL']);
    },
  );
});

describe('a cart', () => {
  const cart = { id: 'cart-7', storeId: 'oslo', billingCurrency: 'NOK', orderForm: { lineItems: [line] } };

  it.each([
    ['parked', 110],
    ['booking', 100],
  ] as const)('becomes a %s, unpaid and open', (cartAs, ordertypeid) => {
    expect(toSitooCart(cart, { ...context, cartAs })).toMatchObject({
      ok: true,
      value: { externalid: 'cart-7_c', ordertypeid, orderstateid: 0, paymentstateid: 0, warehouseid: 43 },
    });
  });

  it('does not stay beside the order that is made of it', () => {
    const parked = toSitooCart(cart, context);
    if (!parked.ok) throw new Error(parked.rejection.code);
    const made = webOrder({ orderForm: { cartId: 'cart-7', shipments: [shipment()] } });
    expect(externalIdsToLookUp(made)).toContain('cart-7_c');
    expect(told(decide(made, [asSitooKeepsIt(8, parked.value)]))).toEqual(['create ORD-1', 'cancel CART_BECAME_ORDER']);
    expect(told(decide({ ...made, orderType: 'Online' }, [asSitooKeepsIt(8, parked.value)]))).toEqual(['cancel CART_BECAME_ORDER']);
  });

  it('without a store in Sitoo is refused', () => {
    expect(toSitooCart({ ...cart, storeId: 'webshop' }, context)).toMatchObject({
      rejection: { code: 'WAREHOUSE_UNKNOWN', path: 'storeId' },
    });
  });
});

describe('an order read from Sitoo', () => {
  it('that carries no id of ours is none of ours', () => {
    const raw = { orderid: 1, externalid: '_41', orderstateid: 0, orderitems: [] };
    expect(readExportedOrder(raw)).toEqual({ ok: true, value: undefined });
  });

  it.each([{}, { orderid: 1, externalid: null, orderstateid: 0, orderitems: [] }, { orderid: 1, externalid: 'a', orderstateid: 0 }])(
    'is refused when it is not as documented: %j',
    (raw) => {
      expect(readExportedOrder(raw)).toMatchObject({ ok: false, rejection: { code: 'SITOO_ORDER_MALFORMED' } });
    },
  );
});
