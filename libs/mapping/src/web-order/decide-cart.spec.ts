import { readCart, toSitooCart, type OmniumCart } from './cart';
import { decideSitooWrites } from './decide';
import { cartRevisionIds, decideCartWrites } from './decide-cart';
import { cartIdToLookUp } from './external-id';
import { asSitooKeepsIt, context, line, shipment, webOrder } from './example-order.fixture';
import type { ExportedOrder } from './exported-order';
import type { SitooWebOrderBody } from './to-sitoo-order';
import type { SitooWrite } from './writes';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const cart: OmniumCart & { id: string } = {
  id,
  storeId: 'oslo',
  billingCurrency: 'NOK',
  customerPhone: '+4740000000',
  orderForm: { lineItems: [line] },
};
const changed = { ...cart, orderForm: { lineItems: [{ ...line, quantity: 3, extendedPrice: 1197, extendedPriceExclTax: 957.6 }] } };

function decide(given: OmniumCart | undefined, existing: ExportedOrder[] = []): SitooWrite[] {
  const step = decideCartWrites(given, existing, context);
  if (!step.ok) throw new Error(step.rejection.code);
  return step.value;
}

function told(writes: SitooWrite[]): string[] {
  return writes.map((write) => {
    if (write.kind === 'create') return `create ${write.body.externalid}`;
    return write.kind === 'patch' ? `patch ${JSON.stringify(write.change)}` : `${write.kind} ${write.reason}`;
  });
}

function body(given: OmniumCart = cart): SitooWebOrderBody {
  const step = toSitooCart(given, context);
  if (!step.ok) throw new Error(step.rejection.code);
  return step.value;
}

const parked = (change: Record<string, unknown> = {}, orderId = 8) => asSitooKeepsIt(orderId, body(), change);
/** As it is after a cancellation of ours. */
const withdrawn = (write: SitooWrite | undefined, externalid = `${id}_c`, orderId = 8) => {
  if (write?.kind !== 'cancel') throw new Error('no cancellation');
  return parked({ ...write.change, externalid }, orderId);
};

describe('a cart of Omnium', () => {
  it('is parked in its store', () => {
    expect(told(decide(cart))).toEqual([`create ${id}_c`]);
  });

  it('is left alone when nothing changed, and patched when only the customer did', () => {
    expect(told(decide(cart, [parked()]))).toEqual(['nothing EQUAL']);
    expect(told(decide({ ...cart, customerPhone: '+4741111111' }, [parked()]))).toEqual(['patch {"phone":"+4741111111"}']);
  });

  it('is made anew when its rows or its store changed, under an id that fits even a GUID', () => {
    expect(told(decide(changed, [parked()]))).toEqual(['cancel ROWS_CHANGED', `create ${id}_c2`]);
    expect(told(decide({ ...cart, storeId: 'bergen' }, [parked()]))).toEqual(['cancel ROWS_CHANGED', `create ${id}_c2`]);
  });

  it('is made anew in the next round when only the cancellation went through', () => {
    const [cancelled] = decide(changed, [parked()]);
    expect(told(decide(changed, [withdrawn(cancelled)]))).toEqual([`create ${id}_c2`]);
  });

  it.each([
    ['emptied', { ...cart, orderForm: { lineItems: [] } }],
    ['moved to a place without a Sitoo warehouse', { ...cart, storeId: 'webshop' }],
    ['deleted', undefined],
  ])('that was %s is taken away, and nothing happens where it never was', (_, given) => {
    expect(told(decide(given, [parked()]))).toEqual(['cancel CART_GONE']);
    expect(told(decide(given))).toEqual(['nothing NOT_FOR_A_STORE']);
  });

  it('that comes back after that is made anew', () => {
    const [cancelled] = decide(undefined, [parked()]);
    expect(told(decide(cart, [withdrawn(cancelled)]))).toEqual([`create ${id}_c2`]);
  });

  it.each([
    ['sold at the till', { orderstateid: 10 }, 'CLOSED_IN_SITOO'],
    ['cancelled by the store', { orderstateid: 20 }, 'CANCELLED_IN_SITOO'],
  ])('that was %s is left to the store', (_, change, reason) => {
    expect(told(decide(changed, [parked(change)]))).toEqual([`nothing ${reason}`]);
  });

  it('that became an order is not made anew, however late its own event comes', () => {
    const made = webOrder({ orderForm: { cartId: id, shipments: [shipment()] } });
    for (const order of [made, { ...made, status: 'OrderCanceled' as const }]) {
      const writes = decideSitooWrites(order, [parked()], context);
      const cancelled = writes.ok ? writes.value.find(({ kind }) => kind === 'cancel') : undefined;
      expect(told(decide(changed, [withdrawn(cancelled)]))).toEqual(['nothing CART_BECAME_ORDER']);
    }
  });

  it('goes by its newest version', () => {
    const old = parked({ orderstateid: 20 });
    const now = asSitooKeepsIt(9, { ...body(changed), externalid: `${id}_c2` });
    expect(told(decide(changed, [now, old]))).toEqual(['nothing EQUAL']);
  });

  it('that was made anew too often, or cannot be read, is handed to a person', () => {
    const versions = [cartIdToLookUp(id)!, ...cartRevisionIds(id)].map((externalid, index) => parked({ externalid }, 8 + index));
    expect(versions).toHaveLength(20);
    expect(decideCartWrites(changed, versions, context)).toMatchObject({ ok: false, rejection: { code: 'REPLACED_TOO_OFTEN' } });
    expect(decideCartWrites({ ...cart, billingCurrency: 'SEK' }, [], context)).toMatchObject({ rejection: { code: 'CURRENCY_MISMATCH' } });
  });
});

describe('what Omnium answers for a cart', () => {
  it('is read when it is like an order', () => {
    expect(readCart({ ...cart, anything: 1 }, id)).toMatchObject({ ok: true, value: { id } });
  });

  it.each([
    ['another cart', { ...cart, id: 'other' }, 'id'],
    ['no lines', { id, orderForm: {} }, '/orderForm'],
    ['lines without a quantity that is a number', { id, orderForm: { lineItems: [{ quantity: '1' }] } }, '/orderForm/lineItems/0/quantity'],
    ['a list', [cart], ''],
  ])('is refused when it is %s, and never taken for an empty cart', (_, raw, path) => {
    expect(readCart(raw, id)).toMatchObject({ ok: false, rejection: { code: 'CART_MALFORMED', path } });
  });
});
