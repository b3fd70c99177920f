import type { CallFailure } from '@connector/platform';
import { aMarket } from '../../markets/market.fixture';
import { anOrder, aShipment, failed, line, Scene } from './scene.fixture';

let scene: Scene;
beforeEach(() => (scene = new Scene()));

const done = (effect: string) => ({ kind: 'done', effect });
const parked = (code: string) => ({ kind: 'park', reason: { code } });
const skippedFor = (code: string) => ({ kind: 'skipped', reason: { code } });
const retried = (code: string) => ({ kind: 'retry', reason: { code } });
const deferredFor = (code: string) => ({ kind: 'deferred', reason: { code } });
const address = { line1: 'Storgata 1', postalCode: '0155', city: 'Oslo', countryCode: 'NO' };
const sent = (id: string) => anOrder(id, { orderType: 'Online-Delivery' }, [aShipment({ address })]);
const states = () => [...scene.kept].map(([id, { orderstateid }]) => `${id} ${orderstateid}`);

describe('an order for a store', () => {
  it('becomes one open, paid Sitoo order in its warehouse, a pick-up without delivery address', async () => {
    scene.has(anOrder('A'), sent('B'));
    expect(await scene.handle(['A', 'B'])).toMatchObject([done('created'), done('created')]);
    expect(scene.kept.get('A')).toMatchObject({ ordertypeid: 10, orderstateid: 0, paymentstateid: 20, warehouseid: 43 });
    expect(Object.keys(scene.kept.get('A') ?? {}).filter((name) => name.startsWith('delivery_'))).toEqual([]);
    expect(scene.kept.get('B')).toMatchObject({
      paymentstateid: 20,
      warehouseid: 43,
      delivery_address: 'Storgata 1',
      delivery_city: 'Oslo',
    });
  });

  it('is read and looked up with the whole batch, one call each', async () => {
    scene.has(anOrder('A'), anOrder('B'), anOrder('C'));
    await scene.handle(['A', 'B', 'C']);
    expect(scene.calls).toEqual(['omnium.byIds A,B,C', 'byExternalIds', 'create A', 'create B', 'create C']);
  });

  it('is one order however often the step runs', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    expect([await scene.handle(['A']), await scene.handle(['A'])]).toMatchObject([[done('equal')], [done('equal')]]);
    expect(states()).toEqual(['A 0']);
    expect(scene.writes).toEqual(['create A']);
  });

  it('is created once though the answer is lost: the next round looks it up', async () => {
    scene.has(anOrder('A'));
    scene.breaks.create = { error: failed('sitoo', 'orders.create', 'TIMEOUT', { outcomeUnknown: true }), afterIt: true };
    expect(await scene.handle(['A'])).toMatchObject([deferredFor('SITOO_TIMEOUT')]);
    expect(await scene.handle(['A'])).toMatchObject([done('equal')]);
    expect(scene.writes).toEqual(['create A']);
  });

  it('is looked at again when somebody else created it after the look-up', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.isLookUpLate = true;
    expect(await scene.handle(['A'])).toMatchObject([{ ...done('equal'), verify: true }]);
  });

  it('in two stores becomes two orders', async () => {
    scene.has(anOrder('A', {}, [aShipment(), aShipment({ shipmentId: '2', warehouseCode: 'bergen' })]));
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect([...scene.kept].map(([id, { warehouseid }]) => [id, warehouseid])).toEqual([
      ['A_-1', 43],
      ['A_-2', 44],
    ]);
  });

  it('is cancelled at the store when Omnium cancels it', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.has(anOrder('A', { status: 'OrderCanceled' }));
    expect(await scene.handle(['A'])).toMatchObject([done('cancelled')]);
    expect(states()).toEqual(['A 20']);
    expect(await scene.handle(['A'])).toMatchObject([skippedFor('CANCELLED_IN_SITOO')]);
    expect(scene.writes).toHaveLength(2);
  });

  it('is patched when its contact changed, and cancelled and made anew when its rows did', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.has(anOrder('A', { customerPhone: '+4741111111' }));
    expect(await scene.handle(['A'])).toMatchObject([done('patched')]);
    expect(scene.kept.get('A')).toMatchObject({ phone: '+4741111111' });
    scene.has(anOrder('A', { customerPhone: '+4741111111' }, [aShipment({ lineItems: [{ ...line, code: 'JEANS' }] })]));
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect(states()).toEqual(['A 20', 'A_r2 0']);
    expect(await scene.handle(['A'])).toMatchObject([done('equal')]);
  });

  it('is made anew in the next round when only its cancellation went through', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.has(anOrder('A', {}, [aShipment({ warehouseCode: 'bergen' })]));
    scene.breaks.create = { error: failed('sitoo', 'orders.create', 'UNREACHABLE') };
    expect(await scene.handle(['A'])).toMatchObject([deferredFor('SITOO_UNREACHABLE')]);
    expect(states()).toEqual(['A 20']);
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect(states()).toEqual(['A 20', 'A_r2 0']);
  });

  it('is handed to a person when the store delivered a part and Omnium cancels it; a cancelled delivery does not count', async () => {
    scene.has(anOrder('A'), anOrder('B'));
    await scene.handle(['A', 'B']);
    scene.deliveries.set(1, [
      { orderdeliveryid: 1, warehouseid: 43, orderdeliveryitems: [{ orderitemid: 0, quantity: 1 }], datecancelled: null },
    ]);
    scene.deliveries.set(2, [{ orderdeliveryid: 2, warehouseid: 43, orderdeliveryitems: [], datecancelled: 1_772_460_000 }]);
    scene.has(anOrder('A', { status: 'OrderCanceled' }), anOrder('B', { status: 'OrderCanceled' }));
    expect(await scene.handle(['A', 'B'])).toMatchObject([parked('PARTLY_DELIVERED'), done('cancelled')]);
    expect(states()).toEqual(['A 0', 'B 20']);
  });

  it('is left alone when another system put it into Sitoo under the same id', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.kept.set('A', { ...scene.kept.get('A')!, additionaldata: {} });
    scene.has(anOrder('A', { status: 'OrderCanceled' }));
    expect(await scene.handle(['A'])).toMatchObject([skippedFor('EXPORTED_BY_ANOTHER')]);
    expect(scene.writes).toEqual(['create A']);
  });
});

describe('an order that is over and was in no store', () => {
  const over = () => anOrder('A', { status: 'Completed', created: '2026-03-01T10:00:00Z' });
  beforeEach(() => (scene.config = aMarket({ webOrders: { ...aMarket().webOrders, prepareReturnsInStore: true } })));

  it('is registered closed, paid and delivered without touching stock, so that a till can take goods back', async () => {
    scene.has(over());
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect(scene.kept.get('A')).toMatchObject({
      orderstateid: 10,
      paymentstateid: 20,
      additionaldata: { 'delivery-ignore-stock': 'true' },
    });
    expect(scene.deliveries.get(1)).toMatchObject([
      { warehouseid: 43, ignoreStock: true, orderdeliveryitems: [{ orderitemid: 0, quantity: 2 }] },
    ]);
    await scene.handle(['A']);
    expect(scene.writes).toEqual(['create A', 'addDelivery 1']);
  });

  it.each([false, true])('is delivered once when the delivery broke off (it arrived: %s)', async (afterIt) => {
    scene.has(over());
    scene.breaks.addDelivery = { error: failed('sitoo', 'orders.addDelivery', 'TIMEOUT', { outcomeUnknown: true }), afterIt };
    expect(await scene.handle(['A'])).toMatchObject([deferredFor('SITOO_TIMEOUT')]);
    expect(await scene.handle(['A'])).toMatchObject([done(afterIt ? 'equal' : 'delivered')]);
    expect(scene.deliveries.get(1)).toHaveLength(1);
  });

  it('has no delivery where its warehouse is unknown: Sitoo takes none without', async () => {
    scene.has(anOrder('A', { status: 'Completed', orderType: 'Online-Delivery' }, [aShipment({ warehouseCode: 'central', address })]));
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect(scene.writes).toEqual(['create A']);
  });

  it('is left in Omnium unless the market wants it', async () => {
    scene.config = aMarket();
    scene.has(over());
    expect(await scene.handle(['A'])).toMatchObject([skippedFor('NOT_FOR_A_STORE')]);
    expect(scene.writes).toEqual([]);
  });
});

describe('an order that is no business of a store', () => {
  it.each([
    ['of a type that stays in Omnium', { orderType: 'PosSitoo' }, skippedFor('NOT_FOR_A_STORE')],
    ['of another market', { marketId: 'SWE' }, skippedFor('ORDER_OF_ANOTHER_MARKET')],
    ['that Omnium is still taking in', { status: 'Queued' as const }, retried('ORDER_QUEUED')],
  ])('%s costs Sitoo no call', async (_, change, outcome) => {
    scene.has(anOrder('A', change));
    expect(await scene.handle(['A'])).toMatchObject([outcome]);
    expect(scene.calls).toEqual(['omnium.byIds A']);
  });

  it('is of this market whatever the case of its name', async () => {
    scene.has(anOrder('A', { marketId: 'nor' }));
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
  });

  it.each([
    [{ remainingPayment: 798 }, 'NOT_PAID'],
    [{ status: 'OnHold' as const }, 'NOT_YET'],
  ])('yet (%j) waits in Omnium for its next change', async (change, code) => {
    scene.has(anOrder('A', change));
    expect(await scene.handle(['A'])).toMatchObject([skippedFor(code)]);
    expect(scene.writes).toEqual([]);
  });

  it('is tried again when Omnium does not return it, and its neighbours go through', async () => {
    scene.has(anOrder('B'));
    expect(await scene.handle(['A', 'B'])).toMatchObject([retried('ORDER_NOT_READABLE'), done('created')]);
  });
});

describe('a market', () => {
  const off = { orderExport: false, cartExport: true, implementations: ['ICartExporter'] };

  it.each([
    ['market', 'market NOR'],
    ['global', 'tenant DevShop'],
  ] as const)(
    'whose record lacks IOrderExporter writes nothing and says that the record of the %s is to be changed',
    async (origin, record) => {
      scene.config = aMarket({ capabilities: off, effective: [{ key: 'implementations', value: 'ICartExporter', origin }] });
      scene.has(anOrder('A'));
      const [outcome] = await scene.handle(['A']);
      expect(outcome).toMatchObject({ ...skippedFor('ORDER_EXPORT_OFF'), reason: { message: expect.stringContaining(record) } });
      expect(scene.calls).toEqual([]);
    },
  );

  it('that switched a flow off keeps its orders in Omnium', async () => {
    scene.config = aMarket({ webOrders: { ...aMarket().webOrders, flows: { 'Online-Delivery': 'ship-from-store' } } });
    scene.has(anOrder('A'), sent('B'));
    expect(await scene.handle(['A', 'B'])).toMatchObject([skippedFor('NOT_FOR_A_STORE'), done('created')]);
  });

  it('without connection, or with a wrong setting in Omnium, has its work wait', async () => {
    scene.problem = { code: 'MARKET_UNKNOWN', message: 'no such market' };
    expect(await scene.handle(['A'])).toMatchObject([deferredFor('MARKET_UNKNOWN')]);
    scene.market = { code: 'MARKET_PAUSED', message: 'paused' };
    expect(await scene.handle(['A'])).toMatchObject([deferredFor('MARKET_PAUSED')]);
    expect(scene.calls).toEqual([]);
  });
});

describe('an order that cannot go to its store', () => {
  const noAddress = (id: string) => anOrder(id, { orderType: 'Online-Delivery' });

  it('is parked with the path, told on the order in Omnium, and its neighbours go through', async () => {
    scene.has(noAddress('A'), anOrder('B'));
    expect(await scene.handle(['A', 'B'])).toMatchObject([
      { kind: 'park', reason: { code: 'ADDRESS_MISSING', path: 'orderForm.shipments[0].address' } },
      done('created'),
    ]);
    expect(scene.errorsOf('A')).toEqual([
      {
        key: 'sitoo-order-export',
        severity: 'Error',
        message: 'Not sent to the store: A delivery from a store has no address: 1',
        details: 'ADDRESS_MISSING at orderForm.shipments[0].address',
        occurred: '2026-03-02T14:16:40.000Z',
      },
    ]);
    expect(scene.errorsOf('B')).toBeUndefined();
  });

  it('has our entry taken off again when it goes through, and no other', async () => {
    const other = { key: 'erp', message: 'Other', occurred: '2026-01-01T00:00:00Z' };
    scene.has({ ...noAddress('A'), errors: [other] });
    await scene.handle(['A']);
    expect(scene.errorsOf('A')).toHaveLength(2);
    scene.has({ ...sent('A'), errors: scene.errorsOf('A') });
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect(scene.errorsOf('A')).toEqual([other]);
    await scene.handle(['A']);
    expect(scene.calls.filter((call) => call.startsWith('removeErrors'))).toHaveLength(1);
  });

  it('is parked all the same when Omnium does not take the entry', async () => {
    scene.has(noAddress('A'));
    scene.breaks.addErrors = { error: failed('omnium', 'orders.patch', 'TIMEOUT') };
    expect(await scene.handle(['A'])).toMatchObject([parked('ADDRESS_MISSING')]);
  });

  it("is parked with Sitoo's masked answer when Sitoo refuses it; Omnium is told the code alone", async () => {
    scene.has(anOrder('A'));
    scene.breaks.create = { error: failed('sitoo', 'orders.create', 'REJECTED', { answerText: 'kari@example.com is blocked' }) };
    expect(await scene.handle(['A'])).toMatchObject([{ kind: 'park', reason: { code: 'SITOO_REJECTED', message: '…@… is blocked' } }]);
    expect(scene.errorsOf('A')).toMatchObject([
      { details: 'SITOO_REJECTED', message: 'Not sent to the store: Sitoo did not take this order' },
    ]);
  });

  it('is told on the order when it is given up after the last try, not before', async () => {
    scene.has(anOrder('A'));
    const error = failed('sitoo', 'orders.create', 'BAD_ANSWER', { outcomeUnknown: true });
    scene.breaks.create = { error, times: 2 };
    expect(await scene.handle(['A'], { attempt: 5 })).toMatchObject([retried('SITOO_BAD_ANSWER')]);
    expect(scene.errorsOf('A')).toBeUndefined();
    expect(await scene.handle(['A'], { attempt: 6 })).toMatchObject([retried('SITOO_BAD_ANSWER')]);
    expect(scene.errorsOf('A')).toMatchObject([{ details: 'SITOO_BAD_ANSWER' }]);
  });

  it('of a store that nobody knows goes through when the store was mapped a minute ago', async () => {
    scene.has(anOrder('A', {}, [aShipment({ warehouseCode: 'tromso' })]));
    expect(await scene.handle(['A'])).toMatchObject([parked('WAREHOUSE_UNKNOWN')]);
    scene.stores.fresh = { ...scene.stores.fresh, tromso: '45' };
    expect(await scene.handle(['A'])).toMatchObject([done('created')]);
    expect(scene.kept.get('A')).toMatchObject({ warehouseid: 45 });
  });
});

describe('a write', () => {
  it('is not made when another member owns the keys by now, between the writes of one order too', async () => {
    scene.has(anOrder('A'));
    scene.ownedWrites = 0;
    expect(await scene.handle(['A'])).toMatchObject([retried('TAKEN_OVER')]);
    expect(scene.writes).toEqual([]);
    scene.ownedWrites = 2;
    await scene.handle(['A']);
    scene.has(anOrder('A', {}, [aShipment({ warehouseCode: 'bergen' })]));
    expect(await scene.handle(['A'])).toMatchObject([retried('TAKEN_OVER')]);
    expect(states()).toEqual(['A 20']);
  });

  it('that Sitoo refuses because the store closed the order meanwhile is decided anew, then a refusal stays one', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.has(anOrder('A', { status: 'OrderCanceled' }));
    scene.breaks.change = { error: failed('sitoo', 'orders.change', 'REJECTED'), times: 2 };
    expect(await scene.handle(['A'])).toMatchObject([retried('SITOO_REJECTED')]);
    expect(await scene.handle(['A'], { attempt: 1 })).toMatchObject([parked('SITOO_REJECTED')]);
  });

  it.each<CallFailure>(['TIMEOUT', 'CIRCUIT_OPEN', 'THROTTLED', 'FORBIDDEN'])(
    'that meets an outage (%s) has the rest of the batch wait; what was done stays done',
    async (failure) => {
      scene.has(anOrder('A'), anOrder('B', { orderType: 'PosSitoo' }), anOrder('C'), anOrder('D'));
      scene.breaks.create = { error: failed('sitoo', 'orders.create', failure) };
      expect(await scene.handle(['B', 'A', 'C', 'D'])).toMatchObject([
        skippedFor('NOT_FOR_A_STORE'),
        deferredFor(`SITOO_${failure}`),
        deferredFor(`SITOO_${failure}`),
        deferredFor(`SITOO_${failure}`),
      ]);
      expect(scene.writes).toEqual(['create A']);
      expect(scene.errorsOf('A')).toBeUndefined();
    },
  );

  it('that fails on one order alone is tried again, and its neighbours go through', async () => {
    scene.has(anOrder('A'), anOrder('B'));
    scene.breaks.create = { error: failed('sitoo', 'orders.create', 'SERVER_ERROR', { outcomeUnknown: true }) };
    expect(await scene.handle(['A', 'B'])).toMatchObject([retried('SITOO_SERVER_ERROR'), done('created')]);
  });

  it('is parked after one call where automatic repeats are switched off', async () => {
    scene.config = aMarket({ sitoo: { ...aMarket().sitoo, retriesTransientFailures: false } });
    scene.has(anOrder('A'), anOrder('B'));
    scene.breaks.create = { error: failed('sitoo', 'orders.create', 'TIMEOUT', { outcomeUnknown: true }) };
    expect(await scene.handle(['A', 'B'])).toMatchObject([parked('SITOO_TIMEOUT'), done('created')]);
  });

  it('that hits a fault of ours is no outcome', async () => {
    scene.has(anOrder('A'));
    scene.breaks.create = { error: new TypeError('x is not a function') };
    await expect(scene.handle(['A'])).rejects.toThrow(TypeError);
  });
});

describe('a read', () => {
  it.each([
    ['omnium.byIds', 'omnium'],
    ['byExternalIds', 'sitoo'],
  ] as const)("that does not come back (%s) is the bus's business", async (name, target) => {
    scene.has(anOrder('A'));
    const error = failed(target, 'orders.read', 'TIMEOUT');
    scene.breaks[name] = { error };
    await expect(scene.handle(['A'])).rejects.toBe(error);
    expect(scene.writes).toEqual([]);
  });

  it.each([
    ['closed', 'makes the batch come back in halves'],
    ['open', 'is an outage'],
  ] as const)('that fails while the circuit is %s %s', async (state, _) => {
    scene.has(anOrder('A'), anOrder('B'));
    scene.circuits.sitoo = state;
    const error = failed('sitoo', 'orders.byExternalIds', 'SERVER_ERROR');
    scene.breaks.byExternalIds = { error };
    if (state === 'open') await expect(scene.handle(['A', 'B'])).rejects.toBe(error);
    else expect(await scene.handle(['A', 'B'])).toMatchObject([{ ...retried('SITOO_SERVER_ERROR'), crowd: 2 }, { crowd: 2 }]);
  });

  it('of the deliveries that fails costs that order a try, not its neighbours', async () => {
    scene.has(anOrder('A'));
    await scene.handle(['A']);
    scene.has(anOrder('A', { status: 'OrderCanceled' }), anOrder('B'));
    scene.breaks.deliveries = { error: failed('sitoo', 'orders.deliveries', 'BAD_ANSWER') };
    expect(await scene.handle(['A', 'B'])).toMatchObject([retried('SITOO_BAD_ANSWER'), done('created')]);
  });
});

describe('a market in shadow mode', () => {
  beforeEach(() => (scene.config = aMarket({ shadowMode: true })));
  const changes = () => scene.calls.filter((call) => !/^(omnium\.byIds|byExternalIds|deliveries)/.test(call));

  it('says what would be created and writes nothing', async () => {
    scene.has(anOrder('A'));
    const [outcome] = await scene.handle(['A']);
    expect(outcome).toMatchObject({ kind: 'done', effect: 'would-create', hashAfter: expect.any(String), ruleVersion: expect.any(String) });
    expect(outcome).not.toHaveProperty('hashBefore');
    expect(JSON.stringify(outcome)).not.toMatch(/Nordmann|kari@/);
    expect([changes(), scene.kept.size]).toEqual([[], 0]);
  });

  it("says what would be patched, cancelled or made anew, and what is equal or nobody's business", async () => {
    scene.config = aMarket();
    scene.has(anOrder('A'), anOrder('B'), anOrder('C'), anOrder('D'));
    await scene.handle(['A', 'B', 'C', 'D']);
    scene.config = aMarket({ shadowMode: true });
    const before = changes();
    scene.has(
      anOrder('A', { customerPhone: '+4741111111' }),
      anOrder('B', { status: 'OrderCanceled' }),
      anOrder('C', {}, [aShipment({ warehouseCode: 'bergen' })]),
      anOrder('E', { status: 'Draft' }),
    );
    const outcomes = await scene.handle(['A', 'B', 'C', 'D', 'E']);
    expect(outcomes).toMatchObject([
      { ...done('would-patch'), hashBefore: expect.any(String) },
      done('would-cancel'),
      done('would-create'),
      done('equal'),
      skippedFor('NOT_YET'),
    ]);
    expect(changes()).toEqual(before);
  });

  it('tells staff nothing of what could not be exported', async () => {
    scene.has(anOrder('A', { orderType: 'Online-Delivery' }, [aShipment()]));
    expect(await scene.handle(['A'])).toMatchObject([parked('ADDRESS_MISSING')]);
    expect([scene.errorsOf('A'), changes()]).toEqual([undefined, []]);
  });
});
