import type { Fact } from '@connector/contracts';
import type { Outcome } from '@connector/event-bus';
import type { IdentifiedOrder } from '@connector/omnium-client';
import { aMarket } from '../../markets/market.fixture';
import { aReceipt } from './receipt.fixture';
import { failed, idOf, now, Scene } from './scene.fixture';

/** The built-in plugin was there until an hour from now. */
const cutOver = { lookUpUntil: now + 3_600_000, places: [{ kind: 'external-id' }] } as const;

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.config = aMarket({ cutOver });
});

const done = (effect: string) => ({ kind: 'done', effect });
const skippedFor = (code: string) => ({ kind: 'skipped', reason: { code } });
const parked = (code: string, message = '') => ({ kind: 'park', reason: { code, message: expect.stringContaining(message) } });
const retried = (code: string) => ({ kind: 'retry', reason: { code } });

function sold(...ids: number[]): void {
  for (const id of ids) scene.receipts.set(id, aReceipt(id));
}

/** An order that the built-in plugin made of a receipt, under ids of its own. */
function imports(id: string, sitooOrderId: number, change: Partial<IdentifiedOrder> = {}): IdentifiedOrder {
  const lines = [{ lineItemId: 'line-a', code: 'blue-jeans-32', quantity: 1, deliveredQuantity: 1, placedPrice: 100, taxRate: 25 }];
  const order = {
    id,
    orderNumber: id,
    orderType: 'PosSitoo',
    status: 'Completed',
    marketId: 'NOR',
    storeId: 'oslo',
    billingCurrency: 'NOK',
    externalIds: [{ providerName: 'Sitoo', id: String(sitooOrderId) }],
    orderForm: {
      lineItems: lines,
      shipments: [{ shipmentId: '1', status: 'Released', lineItems: lines }],
      payments: [{ id: 'x', amount: 100 }],
      total: 100,
      totalExclTax: 80,
    },
    netTotal: 100,
    netTotalExclTax: 80,
    ...change,
  };
  scene.orders.set(id, order);
  return order;
}

/** The pair of jeans comes back. */
function givesBack(id: number, of: number): void {
  const [row] = aReceipt(id).orderitems ?? [];
  const back = { moneyitemtotal_net: '-80.00', moneyitemtotal_vat: '-20.00', additionaldata: { 'pos-originalsales-orderitemid': '0' } };
  const money = { moneyfinal_net: '-80.00', moneyfinal_vat: '-20.00', moneytotal_gross_all: '-100.00' };
  const payments = [{ name: 'Card', moneyamount: '-100.00' }];
  scene.receipts.set(id, aReceipt(id, { creditorderid: of, ...money, orderitems: [{ ...row!, quantity: -1, ...back }], payments }));
}

/** Works on an order; what it hands on to another key is worked on too, as the bus does. */
async function work(id: number, facts: readonly Fact[] = []): Promise<Outcome | undefined> {
  const [outcome] = await scene.handle([id], { facts: [...facts] });
  return outcome?.kind === 'redirect' ? work(Number(outcome.key.id), [...facts, ...(outcome.facts ?? [])]) : outcome;
}

const refundFact = (orderId: number): Fact => ({ id: `refund-${orderId}`, kind: 'refund', at: now, orderId });
const written = () => scene.writes.flat().map(({ id }) => id);

describe('before anything is created', () => {
  it('Omnium is asked once for the whole batch, in the market and order type, and only about what it lacks', async () => {
    sold(7, 8, 9);
    await scene.handle([7]);
    scene.lookUps.length = 0;
    imports('P-8', 8);
    expect(await scene.handle([7, 8, 9])).toMatchObject([done('equal'), skippedFor('IMPORTED_BEFORE'), done('created')]);
    expect(scene.lookUps).toEqual([{ ids: [8, 9], filter: { selectedMarkets: ['NOR'], orderType: 'PosSitoo' } }]);
  });

  it('what the built-in plugin imported is found, and left alone with its id as the reason', async () => {
    sold(7);
    const order = imports('P-7', 7);
    expect(await scene.handle([7])).toMatchObject([
      { kind: 'skipped', reason: { code: 'IMPORTED_BEFORE', message: expect.stringContaining('P-7') } },
    ]);
    expect([written(), scene.orders.get('P-7'), scene.orders.size]).toEqual([[], order, 1]);
  });

  it('an order that cannot be told between two is parked with both ids', async () => {
    sold(7);
    imports('P-7', 7);
    imports('Q-7', 7);
    expect(await scene.handle([7])).toMatchObject([parked('IMPORTED_TWICE', 'P-7 and Q-7')]);
    expect(written()).toEqual([]);
  });

  it('an order of another amount under the number is for a person to judge', async () => {
    sold(7);
    imports('P-7', 7, { orderForm: { total: 250 } });
    expect(await scene.handle([7])).toMatchObject([parked('IMPORTED_DIFFERENTLY', 'P-7')]);
    expect(written()).toEqual([]);
  });

  it('nothing is created when the search fails', async () => {
    sold(7);
    scene.circuits.omnium = 'open';
    scene.down.search = failed('omnium', 'TIMEOUT');
    await expect(scene.handle([7])).rejects.toBe(scene.down.search);
    expect(written()).toEqual([]);
  });

  it('two receipts that have the numbers of one order are not worked on together', async () => {
    scene.receipts.set(7, aReceipt(7));
    scene.receipts.set(8, aReceipt(8, { additionaldata: { 'store-externalid': 'oslo', 'pos-receiptid': '7' } }));
    imports('P-7', 7);
    expect(await scene.handle([7, 8])).toMatchObject([skippedFor('IMPORTED_BEFORE'), { kind: 'deferred', reason: { code: 'NEXT_BATCH' } }]);
  });

  it('carts and orders from Omnium are not looked up', async () => {
    scene.receipts.set(7, aReceipt(7, { ordertypeid: 110 }));
    const additionaldata = { 'store-externalid': 'oslo', 'omnium-orderid': 'WEB-1' };
    scene.receipts.set(8, aReceipt(8, { externalid: 'WEB-1', additionaldata }));
    await scene.handle([7, 8]);
    expect(scene.lookUps).toEqual([]);
  });

  it('an open order of the plugin that cannot be written to yet is waited for', async () => {
    sold(7);
    imports('P-7', 7, { status: 'Queued' });
    expect(await scene.handle([7])).toMatchObject([retried('ORDER_QUEUED')]);
  });
});

describe('the look-up', () => {
  const soldAt = (id: number, ms: number) => scene.receipts.set(id, aReceipt(id, { orderdate: ms / 1000 }));
  const lookedUp = async (lookUpUntil: number) => {
    scene.config = aMarket({ cutOver: { ...cutOver, lookUpUntil } });
    await scene.handle([7]);
    return scene.lookUps.length === 1;
  };

  it.each([
    ['a sale of the time before, however much later it is worked on', now - 7_200_000, now - 3_600_000, true],
    ['a sale whose till is ahead, while that time has not passed', now + 7_200_000, now + 3_600_000, true],
    ['a sale of the time after', now - 3_600_000, now - 7_200_000, false],
  ])('is made for %s: %#', async (_, at, until, expected) => {
    soldAt(7, at);
    expect(await lookedUp(until)).toBe(expected);
  });

  it('is not made where there was no plugin', async () => {
    scene.config = aMarket();
    sold(7);
    imports('P-7', 7);
    expect(await scene.handle([7])).toMatchObject([done('created')]);
    expect(scene.lookUps).toEqual([]);
  });
});

describe('a return of a sale that the plugin imported', () => {
  const formsOf = (id: string) => (scene.orders.get(id)?.returnOrderForms ?? []).map(({ returnId, total }) => [returnId, total]);

  it('is linked to that order, once, and makes none of its own', async () => {
    sold(7);
    givesBack(9, 7);
    imports('P-7', 7);
    expect(await work(9)).toMatchObject(done('patched'));
    expect(formsOf('P-7')).toEqual([[`${idOf(9)}-r1`, 100]]);
    expect(scene.orders.get('P-7')).toMatchObject({ status: 'Returned', netTotal: 0, orderForm: { total: 100 } });
    expect([...scene.orders.keys()]).toEqual(['P-7']);
    expect([await work(9), await work(7)]).toMatchObject([skippedFor('IMPORTED_BEFORE'), skippedFor('IMPORTED_BEFORE')]);
    expect(written()).toEqual(['P-7']);
  });

  it('that the plugin imported as an order of its own is not written again', async () => {
    sold(7);
    givesBack(9, 7);
    imports('P-7', 7);
    imports('P-9', 9);
    expect(await work(9)).toMatchObject(skippedFor('IMPORTED_BEFORE'));
    expect(written()).toEqual([]);
  });

  it('whose own order cannot be told between two is parked with both ids', async () => {
    sold(7);
    givesBack(9, 7);
    imports('P-7', 7);
    imports('P-9', 9);
    imports('Q-9', 9);
    expect(await work(9)).toMatchObject(parked('IMPORTED_TWICE', 'P-9 and Q-9'));
    expect(written()).toEqual([]);
  });

  describe('from before the take-over', () => {
    beforeEach(() => {
      scene.config = aMarket({ cutOver, startAtOrderId: 8 });
      sold(7);
      givesBack(9, 7);
    });

    it('is linked to that order', async () => {
      imports('P-7', 7);
      expect(await work(9)).toMatchObject(done('patched'));
      expect(formsOf('P-7')).toEqual([[`${idOf(9)}-r1`, 100]]);
      expect([...scene.orders.keys()]).toEqual(['P-7']);
    });

    it('keeps the first return when a second one is announced alone', async () => {
      const line = { lineItemId: 'line-a', code: 'blue-jeans-32', quantity: 2 };
      const rows = [{ ...aReceipt(7).orderitems![0]!, quantity: 2, moneyitemtotal_net: '160.00', moneyitemtotal_vat: '40.00' }];
      scene.receipts.set(7, aReceipt(7, { orderitems: rows, moneytotal_gross_all: '200.00' }));
      imports('P-7', 7, { orderForm: { lineItems: [line], shipments: [{ shipmentId: '1', lineItems: [line] }], total: 200 } });
      givesBack(11, 7);
      await work(9);
      expect(scene.orders.get('P-7')?.status).toBe('PartiallyReturned');
      await work(11);
      expect(formsOf('P-7')).toHaveLength(2);
      expect(scene.orders.get('P-7')).toMatchObject({ status: 'Returned', orderForm: { lineItems: [{ returnQuantity: 2 }] } });
    });

    it('stands alone when Omnium does not have the sale', async () => {
      expect(await work(9)).toMatchObject(done('created'));
      expect(scene.orders.get(idOf(9))).toMatchObject({ netTotal: -100 });
    });

    it('and that the plugin imported by itself is not written again', async () => {
      imports('P-9', 9);
      expect(await work(9)).toMatchObject(skippedFor('IMPORTED_BEFORE'));
      expect(written()).toEqual([]);
    });

    it('is parked when the sale cannot be told between two', async () => {
      imports('P-7', 7);
      imports('Q-7', 7);
      expect(await work(9)).toMatchObject(parked('IMPORTED_TWICE', 'P-7 and Q-7'));
      expect(written()).toEqual([]);
    });

    it('is tried again, with the sale never made anew, when the order is gone by the time it is written', async () => {
      const [outcome] = await scene.handle([7], { facts: [refundFact(9)] });
      expect(outcome).toMatchObject(retried('IMPORTED_ORDER_MISSING'));
      expect(written()).toEqual([]);
    });

    it('does not bring the sale itself in: without a refund it stays before the cut-over', async () => {
      imports('P-7', 7);
      expect(await work(7)).toMatchObject(skippedFor('BEFORE_CUT_OVER'));
    });
  });
});

describe('an order that the plugin imported and that is still open', () => {
  it('moves on with what Sitoo says of it, and nothing is created', async () => {
    sold(7);
    imports('P-7', 7, { status: 'New' });
    expect(await scene.handle([7])).toMatchObject([done('patched')]);
    expect(scene.orders.get('P-7')).toMatchObject({ status: 'Completed', orderForm: { total: 100 } });
    expect([scene.created, [...scene.orders.keys()]]).toEqual([[], ['P-7']]);
  });

  it('is equal while nothing has happened', async () => {
    scene.receipts.set(7, aReceipt(7, { orderstateid: 0 }));
    imports('P-7', 7, { status: 'New' });
    expect(await scene.handle([7])).toMatchObject([done('equal')]);
    expect([scene.created, written()]).toEqual([[], []]);
  });
});
