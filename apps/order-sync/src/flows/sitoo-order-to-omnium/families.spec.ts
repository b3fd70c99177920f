import type { Fact } from '@connector/contracts';
import { EXTERNAL_ID_ORDER } from '@connector/mapping';
import { aReceipt } from './receipt.fixture';
import { failed, idOf, now, Scene } from './scene.fixture';

let scene: Scene;
beforeEach(() => (scene = new Scene()));

const row = { orderitemid: 0, orderitemtype: 10, productname: 'Blue Jeans 32', sku: 'blue-jeans-32', vatvalue: 25 };

/** Two pairs of jeans sold. */
function sell(id: number): void {
  const rows = [{ ...row, quantity: 2, moneyitemtotal_net: '160.00', moneyitemtotal_vat: '40.00' }];
  const totals = { moneyfinal_net: '160.00', moneyfinal_vat: '40.00', moneytotal_gross_all: '200.00' };
  scene.receipts.set(id, aReceipt(id, { ...totals, orderitems: rows, payments: [{ name: 'Card', moneyamount: '200.00' }] }));
}

/** One pair given back. */
function giveBack(id: number, of: number, quantity = 1): void {
  const money = (amount: number) => (-amount * quantity).toFixed(2);
  scene.receipts.set(
    id,
    aReceipt(id, {
      creditorderid: of,
      moneyfinal_net: money(80),
      moneyfinal_vat: money(20),
      moneytotal_gross_all: money(100),
      orderitems: [
        {
          ...row,
          quantity: -quantity,
          moneyitemtotal_net: money(80),
          moneyitemtotal_vat: money(20),
          additionaldata: { 'pos-originalsales-orderitemid': '0' },
        },
      ],
      payments: [{ name: 'Card', moneyamount: money(100) }],
    }),
  );
}

/** Works on an order; what it hands on to another key is worked on too, as the bus does. */
async function work(id: number, facts: readonly Fact[] = []): Promise<string> {
  const [outcome] = await scene.handle([id], { facts: [...facts] });
  if (outcome?.kind !== 'redirect') return outcome?.kind === 'park' ? outcome.reason.code : (outcome?.kind ?? 'none');
  return work(Number(outcome.key.id), [...facts, ...(outcome.facts ?? [])]);
}

const returnsOf = (id: number) =>
  (scene.orders.get(idOf(id))?.returnOrderForms ?? []).map(({ externalIds, total }) => [
    externalIds?.find(({ providerName }) => providerName === EXTERNAL_ID_ORDER)?.id,
    total,
  ]);

describe('returns are written to the document of their sale', () => {
  it('hands a refund on to its sale and adds a return form', async () => {
    sell(7);
    await work(7);
    giveBack(9, 7);
    expect(await work(9)).toBe('done');
    expect(returnsOf(7)).toEqual([['9', 100]]);
    expect(scene.orders.get(idOf(7))).toMatchObject({ status: 'PartiallyReturned', netTotal: 100 });
    expect(scene.orders.has(idOf(9))).toBe(false);
  });

  it('keeps the first return when the second one is announced alone, and writes nothing when either is announced again', async () => {
    sell(7);
    await work(7);
    giveBack(9, 7);
    await work(9);
    giveBack(11, 7);
    await work(11);
    expect(returnsOf(7)).toEqual([
      ['9', 100],
      ['11', 100],
    ]);
    expect(scene.orders.get(idOf(7))).toMatchObject({ status: 'Returned', netTotal: 0 });
    const writes = scene.writes.length;
    expect([await work(11), await work(9), await work(7)]).toEqual(['done', 'done', 'done']);
    expect(scene.writes).toHaveLength(writes);
  });

  it('a return that arrives before its sale ends in the same document', async () => {
    sell(7);
    giveBack(9, 7);
    expect(await work(9)).toBe('done');
    expect(returnsOf(7)).toEqual([['9', 100]]);
    expect(await work(7)).toBe('done');
    expect(scene.writes).toHaveLength(1);
  });

  it('a sale that cannot be read yet is tried again, with the refund kept as a fact', async () => {
    giveBack(9, 7);
    const [first] = await scene.handle([9]);
    expect(first).toMatchObject({ kind: 'redirect', key: { id: '7' }, facts: [{ kind: 'refund', orderId: 9 }] });
    expect(await work(9)).toBe('retry');
  });

  it('more units than were sold are parked with the sum, and the good refund is written all the same', async () => {
    sell(7);
    await work(7);
    giveBack(9, 7);
    await work(9);
    giveBack(11, 7, 2);
    expect(await work(11)).toBe('RETURN_EXCEEDS_SOLD');
    expect(returnsOf(7)).toEqual([['9', 100]]);
  });

  it('the return that Omnium has stays when an earlier one becomes known that leaves nothing for it: that one is parked', async () => {
    sell(7);
    await work(7);
    giveBack(11, 7);
    await work(11);
    giveBack(9, 7, 2);
    expect(await work(9)).toBe('RETURN_EXCEEDS_SOLD');
    expect(returnsOf(7)).toEqual([['11', 100]]);
  });

  it('a return of a sale from before the take-over stands alone', async () => {
    scene.config = { ...scene.config, startAtOrderId: 8 };
    giveBack(9, 7);
    expect(await work(9)).toBe('done');
    expect(scene.orders.get(idOf(9))).toMatchObject({ netTotal: -100 });
  });

  it('asks Sitoo once for all refunds of a batch, and for none when there is none', async () => {
    sell(7);
    sell(8);
    await scene.handle([7, 8]);
    expect(scene.asked.sitoo).toEqual([[7, 8]]);
    giveBack(9, 7);
    giveBack(10, 8);
    await scene.handle([7, 8], { facts: [refund(9), refund(10)] });
    expect(scene.asked.sitoo.slice(1)).toEqual([
      [7, 8],
      [9, 10],
    ]);
  });
});

describe('a correction or refund that cannot be brought over', () => {
  const errorsOf = (id: number) => scene.orders.get(idOf(id))?.errors ?? [];
  const staffs = { key: 'erp', message: 'Other', occurred: '2026-01-01T00:00:00Z' };

  beforeEach(async () => {
    sell(7);
    await work(7);
    scene.orders.set(idOf(7), { ...scene.orders.get(idOf(7))!, errors: [staffs] });
  });

  it('is told on the document once, and taken off again when it agrees', async () => {
    giveBack(9, 7, 3);
    expect(await work(9)).toBe('RETURN_EXCEEDS_SOLD');
    expect(errorsOf(7)).toEqual([
      staffs,
      {
        key: 'sitoo-order-import-7',
        severity: 'Error',
        message:
          'Not brought over from Sitoo (order 7): refund 9: More units are returned than were sold and not yet returned: sold 2, returned before 0, asked now 3',
        details: 'RETURN_EXCEEDS_SOLD at orderitems[0].quantity',
        occurred: '2026-03-02T14:16:40.000Z',
      },
    ]);
    await work(9);
    expect(scene.told).toEqual([`add ${idOf(7)}`]);
    giveBack(9, 7, 1);
    expect(await work(9)).toBe('done');
    expect(errorsOf(7)).toEqual([staffs]);
    await work(9);
    expect(scene.told).toEqual([`add ${idOf(7)}`, `remove ${idOf(7)}`]);
  });

  it('keeps its reason when Omnium does not take the entry', async () => {
    scene.tellingFails = failed('omnium', 'TIMEOUT');
    giveBack(9, 7, 3);
    expect(await work(9)).toBe('RETURN_EXCEEDS_SOLD');
    expect(errorsOf(7)).toEqual([staffs]);
  });

  it('is told by code alone when Omnium refused it, without what Omnium said', async () => {
    giveBack(9, 7);
    scene.answer = (orders) => ({
      refused: orders.map(({ id }) => ({
        id,
        error: failed('omnium', 'REJECTED', { answerText: '{"title":"Ola Nordmann is blocked."}' }),
      })),
    });
    const [, outcome] = [await scene.handle([9]), ...(await scene.handle([7], { facts: [refund(9)] }))];
    expect(outcome).toMatchObject({ kind: 'park', reason: { code: 'OMNIUM_REJECTED', message: 'Ola Nordmann is blocked' } });
    expect(errorsOf(7)).toMatchObject([staffs, { details: 'OMNIUM_REJECTED' }]);
    expect(JSON.stringify(errorsOf(7))).not.toContain('Nordmann');
  });

  it('is not told when another member owns the key by now', async () => {
    giveBack(9, 7, 3);
    scene.owned = false;
    await work(9);
    expect(scene.told).toEqual([]);
  });

  it('of a receipt that Omnium does not have is told nowhere', async () => {
    scene.receipts.set(8, aReceipt(8, { currencycode: 'SEK' }));
    expect(await work(8)).toBe('CURRENCY_MISMATCH');
    expect(scene.told).toEqual([]);
  });
});

describe('orders that are not over at the till', () => {
  const open = {
    orderstateid: 0,
    delivery_address: 'Storgata 1',
    delivery_zip: '0155',
    delivery_city: 'Oslo',
    delivery_countryid: 'no',
  } as const;

  it('a paid open order is created with its workflow, and a closed sale never is', async () => {
    scene.receipts.set(7, aReceipt(7, open));
    sell(8);
    await scene.handle([7, 8]);
    expect(scene.created.map(({ id, status }) => [id, status])).toEqual([[idOf(7), 'New']]);
    expect(scene.writes.map((orders) => orders.map(({ id }) => id))).toEqual([[idOf(8)]]);
  });

  it('its deliveries are read, and those of till sales are not', async () => {
    scene.receipts.set(7, aReceipt(7, open));
    sell(8);
    await scene.handle([7, 8]);
    expect(scene.asked.deliveries).toEqual([7]);
  });

  it('an announced delivery that cannot be read yet is waited for', async () => {
    scene.receipts.set(7, aReceipt(7, open));
    const announced: Fact = { id: 'd', kind: 'order-delivery', at: now - 1_000, deliveryId: 5, state: 'in-transit' };
    expect(await scene.handle([7], { facts: [announced] })).toMatchObject([{ kind: 'retry', reason: { code: 'READ_LAGS_BEHIND' } }]);
    expect(scene.created).toEqual([]);
  });

  it('moves on with its deliveries and is patched, not created again', async () => {
    scene.receipts.set(7, aReceipt(7, open));
    await work(7);
    scene.deliveries.set(7, [
      {
        orderdeliveryid: 5,
        orderid: 7,
        warehouseid: 43,
        orderdeliveryref: 'TRACK-1',
        orderdeliveryitems: [{ orderitemid: 0, quantity: 1 }],
      },
    ]);
    await work(7, [{ id: 'd', kind: 'order-delivery', at: now - 1_000, deliveryId: 5, state: 'in-transit' }]);
    expect(scene.created).toHaveLength(1);
    expect(scene.orders.get(idOf(7))).toMatchObject({ status: 'InTransit' });
    expect(JSON.stringify(scene.orders.get(idOf(7)))).toContain('TRACK-1');
  });

  describe('whose delivery has arrived', () => {
    const delivery = {
      orderdeliveryid: 5,
      orderid: 7,
      warehouseid: 43,
      orderdeliveryref: 'TRACK-1',
      orderdeliveryitems: [{ orderitemid: 0, quantity: 1 }],
    };
    const told = (state: string, at: number): Fact => ({ id: state, kind: 'order-delivery', at: now - at, deliveryId: 5, state });
    beforeEach(async () => {
      scene.receipts.set(7, aReceipt(7, open));
      await work(7);
      scene.deliveries.set(7, [delivery]);
      await work(7, [told('in-transit', 2_000), told('delivered', 1_000)]);
    });

    it('is not written again by a look that brings no news, or old news', async () => {
      const writes = scene.writes.length;
      expect([await work(7), await work(7, [told('in-transit', 2_000)])]).toEqual(['done', 'done']);
      expect(scene.writes).toHaveLength(writes);
    });

    it('is written once when it is closed, however often that is told', async () => {
      const writes = scene.writes.length;
      scene.receipts.set(7, aReceipt(7, { ...open, orderstateid: 10 }));
      expect([await work(7), await work(7), await work(7)]).toEqual(['done', 'done', 'done']);
      expect(scene.writes).toHaveLength(writes + 1);
      expect(scene.orders.get(idOf(7))).toMatchObject({
        status: 'Completed',
        orderForm: { shipments: [{ status: 'Shipped', orderStatus: 'Completed' }] },
      });
    });
  });

  it('is written once when it is closed with a delivery of which nobody has told', async () => {
    scene.receipts.set(7, aReceipt(7, open));
    await work(7);
    scene.deliveries.set(7, [
      { orderdeliveryid: 5, orderid: 7, warehouseid: 43, orderdeliveryref: '', orderdeliveryitems: [{ orderitemid: 0, quantity: 1 }] },
    ]);
    scene.receipts.set(7, aReceipt(7, { ...open, orderstateid: 10 }));
    const writes = scene.writes.length;
    expect([await work(7), await work(7)]).toEqual(['done', 'done']);
    expect(scene.writes).toHaveLength(writes + 1);
  });

  it('when Sitoo has many open orders, the deliveries of the rest are read with the next batch', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => index + 1);
    for (const id of ids) scene.receipts.set(id, aReceipt(id, open));
    const outcomes = await scene.handle(ids);
    expect(scene.asked.deliveries).toHaveLength(20);
    expect(outcomes.filter(({ kind }) => kind === 'deferred')).toHaveLength(5);
  });

  it('the purchase of a booking has the booking looked at, which is then over', async () => {
    scene.receipts.set(7, aReceipt(7, { ordertypeid: 100, orderstateid: 0, paymentstateid: 0, payments: [] }));
    await work(7);
    expect(scene.orders.get(idOf(7))?.status).toBe('Pending');
    scene.receipts.set(8, aReceipt(8, { additionaldata: { 'store-externalid': 'oslo', 'pos-sourceorderid': '7' } }));
    const [outcome] = await scene.handle([8]);
    expect(outcome).toMatchObject({ kind: 'done', tell: [{ key: { id: '7' }, facts: [{ kind: 'purchase', orderId: 8 }] }] });
    await work(7, [{ id: 'purchase-8', kind: 'purchase', at: now, orderId: 8 }]);
    expect(scene.orders.get(idOf(7))?.status).toBe('OrderCanceled');
  });

  it('an order that came from Omnium and is not there is never made a second time', async () => {
    const additionaldata = { 'store-externalid': 'oslo', 'omnium-orderid': 'WEB-1', 'omnium-shipmentid': '1' };
    const rows = [{ ...row, quantity: 1, moneyitemtotal_net: '80.00', moneyitemtotal_vat: '20.00', additionaldata: { 'web-itemid': 'a' } }];
    scene.receipts.set(7, aReceipt(7, { externalid: 'WEB-1', registerid: null, additionaldata, orderitems: rows }));
    expect(await work(7)).toBe('retry');
    expect([...scene.orders.keys()]).toEqual([]);
  });
});

function refund(orderId: number): Fact {
  return { id: `refund-${orderId}`, kind: 'refund', at: now, orderId };
}
