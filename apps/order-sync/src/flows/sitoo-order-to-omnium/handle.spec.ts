import type { WorkingMarket } from '@connector/connector-config';
import type { Fact } from '@connector/contracts';
import type { CallFailure } from '@connector/platform';
import { aMarket } from '../../markets/market.fixture';
import { takeSitooSlot } from '../../markets/sitoo-slot';
import { aReceipt } from './receipt.fixture';
import { failed, idOf, now, Scene } from './scene.fixture';

let scene: Scene;
beforeEach(() => (scene = new Scene()));

/** These receipts are at Sitoo. */
function sold(...ids: number[]): void {
  for (const id of ids) scene.receipts.set(id, aReceipt(id));
}
const fact = (overrides: Partial<Fact>): Fact => ({ id: 'e1', kind: 'order', at: now - 1_000, ...overrides });
const parked = (code: string) => ({ kind: 'park', reason: { code } });
const deferredFor = (code: string) => ({ kind: 'deferred', reason: { code } });
const retried = (code: string) => ({ kind: 'retry', reason: { code } });
const skippedFor = (code: string) => ({ kind: 'skipped', reason: { code } });
const done = (effect: string) => ({ kind: 'done', effect });

describe('bringing Omnium into agreement', () => {
  it('creates an order that Omnium does not have', async () => {
    sold(7);
    expect(await scene.handle([7])).toMatchObject([done('created')]);
    expect(scene.writes).toMatchObject([[{ id: idOf(7), storeId: 'oslo', status: 'Completed', orderForm: { total: 100 } }]]);
  });

  it('writes nothing when Omnium has the order as it should be', async () => {
    sold(7);
    await scene.handle([7]);
    expect(await scene.handle([7])).toMatchObject([done('equal')]);
    expect(scene.writes).toHaveLength(1);
  });

  it("patches an order that differs and leaves what Omnium's staff added", async () => {
    sold(7);
    await scene.handle([7]);
    scene.orders.set(idOf(7), { ...scene.orders.get(idOf(7))!, tags: ['sitoo', 'vip'], orderNotes: [{ detail: 'called the customer' }] });
    scene.receipts.set(7, aReceipt(7, { additionaldata: { 'store-externalid': 'oslo', 'pos-receiptid': 'CORRECTED' } }));
    expect(await scene.handle([7])).toMatchObject([done('patched')]);
    const [, [written]] = scene.writes as [unknown, [object]];
    expect(written).toMatchObject({ tags: ['sitoo', 'vip'], orderNotes: [{ detail: 'called the customer' }] });
    expect(JSON.stringify(written)).toContain('CORRECTED');
  });

  it('reads and writes a whole batch with one call each', async () => {
    sold(7, 8, 9);
    expect(await scene.handle([7, 8, 9])).toMatchObject([done('created'), done('created'), done('created')]);
    expect(scene.asked).toEqual({ sitoo: [[7, 8, 9]], omnium: [[idOf(7), idOf(8), idOf(9)]], deliveries: [] });
    expect(scene.writes.map((orders) => orders.map(({ id }) => id))).toEqual([[idOf(7), idOf(8), idOf(9)]]);
  });

  describe('with a slot that was taken for the batch', () => {
    let left: number;
    const pass = { key: 0, waitedMs: 0, leave: async () => void (left += 1) };
    const slot = () => takeSitooSlot({ enter: async () => pass }, new AbortController().signal);
    beforeEach(() => (left = 0));

    it('spends it on the first call to Sitoo', async () => {
      sold(7);
      const { value, release } = await slot();
      await scene.handle([7], { slot: value });
      release();
      expect([scene.passes, left]).toEqual([[pass], 0]);
    });

    it('gives it back before it reads reference data, which needs a slot itself', async () => {
      sold(7);
      scene.isReferenceOld = true;
      const leftBefore: number[] = [];
      scene.onReadingReference = () => leftBefore.push(left);
      const { value } = await slot();
      expect(await scene.handle([7], { slot: value })).toMatchObject([done('created')]);
      expect([leftBefore, scene.passes]).toEqual([[1], []]);
    });
  });

  it('tells what is odd about an imported order by code', async () => {
    scene.receipts.set(7, aReceipt(7, { warehouseid: 99, payments: [{ name: 'Card', moneyamount: '90.00' }] }));
    expect(await scene.handle([7])).toMatchObject([done('created')]);
    expect(scene.warned).toEqual([{ key: 'DevShop/NOR/7', codes: ['PAYMENTS_DO_NOT_SUM', 'STOCK_LOCATION_UNKNOWN'] }]);
  });
});

describe('a second look', () => {
  const bare = fact({ event: 'update' });

  it.each([
    ['was updated and the event does not say how', [bare], true],
    ['was added', [fact({ event: 'add' })], false],
    ['was updated to a state that the read shows', [fact({ event: 'update', state: 'closed' })], false],
    ['has a delivery that was updated', [fact({ kind: 'order-delivery', event: 'update' })], false],
  ])('after a receipt that %s: %#', async (_, facts, verify) => {
    sold(7);
    const outcomes = [...(await scene.handle([7], { facts })), ...(await scene.handle([7], { facts }))];
    expect(outcomes.map((outcome) => [outcome.kind, outcome.kind === 'done' && (outcome.verify ?? false)])).toEqual([
      ['done', verify],
      ['done', verify],
    ]);
  });

  it('is not followed by a third', async () => {
    sold(7);
    expect(await scene.handle([7], { facts: [bare], verifying: true })).not.toMatchObject([{ verify: true }]);
  });
});

describe('a receipt that cannot be read as it should be', () => {
  it('is tried again when Sitoo does not return it, and its neighbours go through', async () => {
    sold(7);
    expect(await scene.handle([6, 7])).toMatchObject([retried('ORDER_NOT_READABLE'), done('created')]);
  });

  it('is tried again in 10 s when the read is older than the event', async () => {
    scene.receipts.set(7, aReceipt(7, { orderstateid: 0 }));
    expect(await scene.handle([7], { facts: [fact({ state: 'closed' })] })).toMatchObject([
      { ...retried('READ_LAGS_BEHIND'), afterMs: 10_000 },
    ]);
  });

  it('is parked with the path and without the value when it is malformed', async () => {
    scene.receipts.set(7, aReceipt(7, { moneyfinal_net: 'Ola Nordmann' }));
    sold(8);
    const [outcome, neighbour] = await scene.handle([7, 8]);
    expect(outcome).toMatchObject({ kind: 'park', reason: { code: 'ORDER_MALFORMED', path: 'moneyfinal_net' } });
    expect(JSON.stringify(outcome)).not.toContain('Nordmann');
    expect(neighbour).toMatchObject(done('created'));
  });

  it.each(['abc', '0', '-1', '1.5', '9007199254740993'])('is parked without a call when the key ends in %s', async (id) => {
    expect(await scene.handle([id])).toMatchObject([parked('ORDER_ID_MALFORMED')]);
    expect(scene.asked.sitoo.flat()).toEqual([]);
  });
});

describe('a receipt that does not become an order', () => {
  it('is skipped when it is no sale', async () => {
    scene.receipts.set(7, aReceipt(7, { ordertypeid: 110 }));
    expect(await scene.handle([7])).toMatchObject([skippedFor('PARKED_CART')]);
    expect(scene.writes).toEqual([]);
  });

  it('is parked with the reason and the path when the mapping refuses it', async () => {
    scene.receipts.set(7, aReceipt(7, { currencycode: 'SEK' }));
    sold(8);
    expect(await scene.handle([7, 8])).toMatchObject([
      { kind: 'park', reason: { code: 'CURRENCY_MISMATCH', path: 'currencycode' } },
      done('created'),
    ]);
  });

  it('is skipped when it is older than the cut-over, without asking Sitoo for it', async () => {
    scene.config = aMarket({ startAtOrderId: 8 });
    sold(7, 8);
    expect(await scene.handle([7, 8])).toMatchObject([skippedFor('BEFORE_CUT_OVER'), done('created')]);
    expect(scene.asked.sitoo).toEqual([[8]]);
  });
});

describe('what the market says about receipts', () => {
  const saying = (change: Partial<WorkingMarket['receipts']>) => aMarket({ receipts: { ...aMarket().receipts, ...change } });
  const methodsOf = (id: number) => scene.orders.get(idOf(id))?.orderForm?.payments?.map(({ paymentMethodName }) => paymentMethodName);

  it('maps its payments, by external id before name, and parks a payment type that has no entry', async () => {
    scene.config = saying({
      paymentMethods: [
        { paymentType: 'card', paymentMethod: 'Terminal' },
        { paymentType: 'CARD-2', paymentMethod: 'Terminal 2' },
      ],
    });
    sold(7);
    scene.receipts.set(8, aReceipt(8, { payments: [{ name: 'Card', externalid: 'CARD-2', moneyamount: '100.00' }] }));
    scene.receipts.set(9, aReceipt(9, { payments: [{ name: 'Cash', moneyamount: '100.00' }] }));
    expect(await scene.handle([7, 8, 9])).toMatchObject([
      done('created'),
      done('created'),
      { kind: 'park', reason: { code: 'PAYMENT_METHOD_UNKNOWN', path: 'payments[0].name' } },
    ]);
    expect([methodsOf(7), methodsOf(8)]).toEqual([['Terminal'], ['Terminal 2']]);
  });

  it('gives what the halves of an exchange owe each other a method of its own', async () => {
    scene.config = saying({ virtualPaymentMethod: 'Set off' });
    const payment = { name: 'Exchange', moneyamount: '100.00', additionaldata: { 'virtual-payment': 'true' } };
    scene.receipts.set(7, aReceipt(7, { payments: [payment] }));
    await scene.handle([7]);
    expect(methodsOf(7)).toEqual(['Set off']);
  });

  it('leaves bookings in Sitoo, and takes in what another system put there, where it wants that', async () => {
    scene.receipts.set(7, aReceipt(7, { ordertypeid: 100, orderstateid: 0, paymentstateid: 0, payments: [] }));
    scene.receipts.set(8, aReceipt(8, { externalid: 'SHOP-1', registerid: null }));
    scene.config = saying({ bookings: 'skip' });
    expect(await scene.handle([7, 8])).toMatchObject([skippedFor('BOOKING_NOT_WANTED'), parked('ORDER_OF_ANOTHER_SYSTEM')]);
    scene.config = saying({ foreignOrders: 'import' });
    expect(await scene.handle([7, 8])).toMatchObject([done('created'), done('created')]);
  });
});

describe('a receipt of a store that nobody knows', () => {
  beforeEach(() => void scene.receipts.set(7, aReceipt(7, { additionaldata: { 'store-externalid': 'bergen' } })));

  it('is parked after looking at the stores once more', async () => {
    expect(await scene.handle([7])).toMatchObject([parked('STORE_UNKNOWN')]);
    expect(scene.looksAgain).toBe(1);
    expect(scene.writes).toEqual([]);
  });

  it('goes through when the store was mapped a minute ago', async () => {
    scene.stores = { known: ['oslo'], fresh: ['oslo', 'bergen'] };
    expect(await scene.handle([7])).toMatchObject([done('created')]);
    expect(scene.orders.get(idOf(7))?.storeId).toBe('bergen');
  });

  it('is the only one that makes the flow look again', async () => {
    scene.receipts.clear();
    sold(7);
    await scene.handle([7]);
    expect(scene.looksAgain).toBe(0);
  });
});

describe('a market that cannot work', () => {
  it('has its work wait when it has no connection', async () => {
    scene.market = { code: 'MARKET_PAUSED', message: 'market NOR is paused; its work waits' };
    expect(await scene.handle([7, 8])).toMatchObject([deferredFor('MARKET_PAUSED'), deferredFor('MARKET_PAUSED')]);
  });

  it('has its work wait, with nothing read or written, while a setting in Omnium is wrong', async () => {
    scene.problem = { code: 'ORDER_TYPE_UNKNOWN', message: 'no such order type' };
    sold(7);
    expect(await scene.handle([7])).toMatchObject([deferredFor('ORDER_TYPE_UNKNOWN')]);
    expect([scene.asked.sitoo, scene.asked.omnium, scene.writes]).toEqual([[], [], []]);
  });
});

describe('a write', () => {
  const about = (id: number, failure: CallFailure, facts = {}) => [{ id: idOf(id), error: failed('omnium', failure, facts) }];

  it('that Omnium refuses is parked with its masked answer, and the neighbours are done', async () => {
    sold(7, 8);
    scene.answer = () => ({ refused: about(7, 'REJECTED', { answerText: 'customer ola@example.no, phone 4799887766, is blocked' }) });
    const [outcome, neighbour] = await scene.handle([7, 8]);
    expect(outcome).toMatchObject({ kind: 'park', reason: { code: 'OMNIUM_REJECTED', message: 'customer …@…, phone …, is blocked' } });
    expect(neighbour).toMatchObject(done('created'));
  });

  it('that Omnium refuses without a word is parked all the same', async () => {
    sold(7);
    scene.answer = () => ({ refused: about(7, 'REJECTED') });
    const message = expect.stringContaining('without saying why');
    expect(await scene.handle([7])).toMatchObject([{ kind: 'park', reason: { code: 'OMNIUM_REJECTED', message } }]);
  });

  it('that met another writer is tried again', async () => {
    sold(7);
    scene.answer = () => ({ refused: about(7, 'CONFLICT') });
    expect(await scene.handle([7])).toMatchObject([retried('OMNIUM_CONFLICT')]);
  });

  it('whose answer never came is deferred, and the next round reads before it writes', async () => {
    sold(7);
    scene.answer = ([order]) => {
      scene.orders.set(idOf(7), order!);
      return { unknown: about(7, 'TIMEOUT', { outcomeUnknown: true }) };
    };
    expect(await scene.handle([7])).toMatchObject([deferredFor('OMNIUM_TIMEOUT')]);
    expect(await scene.handle([7])).toMatchObject([done('equal')]);
    expect(scene.writes).toHaveLength(1);
  });

  it.each<CallFailure>(['THROTTLED', 'CIRCUIT_OPEN', 'FORBIDDEN'])('that was not sent (%s) is deferred', async (failure) => {
    sold(7);
    scene.answer = () => ({ unsent: about(7, failure) });
    expect(await scene.handle([7])).toMatchObject([deferredFor(`OMNIUM_${failure}`)]);
  });

  it('that was answered wrongly is tried again and counted', async () => {
    sold(7);
    scene.answer = () => ({ unknown: about(7, 'BAD_ANSWER', { outcomeUnknown: true }) });
    expect(await scene.handle([7])).toMatchObject([retried('OMNIUM_BAD_ANSWER')]);
  });

  it('is not made when another member owns the keys by now', async () => {
    sold(7);
    scene.owned = false;
    expect(await scene.handle([7])).toMatchObject([retried('TAKEN_OVER')]);
    expect(scene.writes).toEqual([]);
  });

  it('is not made to an order that Omnium is still taking in', async () => {
    sold(7, 8);
    scene.orders.set(idOf(7), { id: idOf(7), status: 'Queued' });
    expect(await scene.handle([7, 8])).toMatchObject([retried('ORDER_QUEUED'), done('created')]);
    expect(scene.writes.flat().map(({ id }) => id)).toEqual([idOf(8)]);
  });
});

describe('a platform that fails', () => {
  const platforms = ['sitoo', 'omnium'] as const;

  it.each(platforms)("is the bus's business when it does not answer: what %s did is thrown", async (platform) => {
    sold(7);
    scene.down[platform] = failed(platform, 'TIMEOUT');
    await expect(scene.handle([7])).rejects.toBe(scene.down[platform]);
  });

  it.each(platforms)('on everybody (%s, circuit open) is an outage', async (platform) => {
    sold(7);
    scene.circuits[platform] = 'open';
    scene.down[platform] = failed(platform, 'SERVER_ERROR');
    await expect(scene.handle([7])).rejects.toBe(scene.down[platform]);
  });

  it.each(platforms)('on this call alone (%s, circuit closed) makes the batch come back in halves', async (platform) => {
    sold(7, 8);
    scene.down[platform] = failed(platform, 'SERVER_ERROR');
    const half = { ...retried(`${platform.toUpperCase()}_SERVER_ERROR`), crowd: 2 };
    expect(await scene.handle([7, 8])).toMatchObject([half, half]);
  });

  it.each([
    ['closed', { ...retried('OMNIUM_SERVER_ERROR'), crowd: 2 }],
    ['open', deferredFor('OMNIUM_SERVER_ERROR')],
  ] as const)('on a write is judged by its circuit too: %s', async (state, outcome) => {
    sold(7, 8);
    scene.circuits.omnium = state;
    scene.answer = (orders) => ({
      unknown: orders.map(({ id }) => ({ id, error: failed('omnium', 'SERVER_ERROR', { outcomeUnknown: true }) })),
    });
    expect(await scene.handle([7, 8])).toMatchObject([outcome, outcome]);
  });

  describe('with automatic repeats switched off', () => {
    const withoutRepeats = (platform: 'sitoo' | 'omnium') =>
      aMarket({ [platform]: { ...aMarket()[platform], retriesTransientFailures: false } });

    it.each(['sitoo', 'omnium'] as const)('has its work parked after one call (%s)', async (platform) => {
      scene.config = withoutRepeats(platform);
      sold(7);
      scene.down[platform] = failed(platform, 'SERVER_ERROR');
      expect(await scene.handle([7])).toMatchObject([parked(`${platform.toUpperCase()}_SERVER_ERROR`)]);
      expect(scene.asked[platform]).toHaveLength(1);
    });

    it('has an unclear write parked after one call', async () => {
      scene.config = withoutRepeats('omnium');
      sold(7);
      scene.answer = () => ({ unknown: [{ id: idOf(7), error: failed('omnium', 'TIMEOUT', { outcomeUnknown: true }) }] });
      expect(await scene.handle([7])).toMatchObject([parked('OMNIUM_TIMEOUT')]);
    });

    it("goes by the setting of the platform's own record", async () => {
      scene.config = withoutRepeats('sitoo');
      sold(7);
      scene.down.omnium = failed('omnium', 'TIMEOUT');
      await expect(scene.handle([7])).rejects.toBe(scene.down.omnium);
    });

    it.each<CallFailure>(['CIRCUIT_OPEN', 'NOT_ADMITTED'])('still waits when nothing was sent (%s)', async (failure) => {
      scene.config = withoutRepeats('sitoo');
      scene.down.sitoo = failed('sitoo', failure);
      await expect(scene.handle([7])).rejects.toBe(scene.down.sitoo);
    });

    it('does not hide a fault of ours', async () => {
      scene.config = withoutRepeats('sitoo');
      scene.down.sitoo = new TypeError('x is not a function');
      await expect(scene.handle([7])).rejects.toThrow(TypeError);
    });
  });
});

describe('a market in shadow mode', () => {
  const shadow = () => (scene.config = aMarket({ shadowMode: true }));

  it('says what would be created, with the hash of it and the rules that made it, and writes nothing', async () => {
    shadow();
    sold(7);
    scene.receipts.set(8, aReceipt(8, { orderstateid: 0 }));
    const outcomes = await scene.handle([7, 8]);
    expect(outcomes).toMatchObject([done('would-create'), done('would-create')]);
    expect(outcomes[0]).toMatchObject({ hashAfter: expect.any(String), ruleVersion: expect.any(String) });
    expect([scene.writes, scene.created, scene.orders.size]).toEqual([[], [], 0]);
  });

  it('says what would be patched, with the hashes before and after, and what is equal', async () => {
    sold(7, 8);
    await scene.handle([7, 8]);
    shadow();
    scene.receipts.set(7, aReceipt(7, { additionaldata: { 'store-externalid': 'oslo', 'pos-receiptid': 'CORRECTED' } }));
    const [patched, equal] = await scene.handle([7, 8]);
    expect(patched).toMatchObject({ ...done('would-patch'), hashBefore: expect.any(String), hashAfter: expect.any(String) });
    expect(patched?.kind === 'done' && patched.hashBefore !== patched.hashAfter).toBe(true);
    expect(equal).toMatchObject(done('equal'));
    expect(scene.writes).toHaveLength(1);
  });

  it('tells staff in Omnium of nothing', async () => {
    sold(7);
    await scene.handle([7]);
    shadow();
    scene.receipts.set(7, aReceipt(7, { currencycode: 'SEK' }));
    expect(await scene.handle([7])).toMatchObject([parked('CURRENCY_MISMATCH')]);
    expect(scene.told).toEqual([]);
  });

  it('parks and skips as it would otherwise', async () => {
    shadow();
    scene.receipts.set(7, aReceipt(7, { currencycode: 'SEK' }));
    scene.receipts.set(8, aReceipt(8, { ordertypeid: 110 }));
    expect(await scene.handle([7, 8])).toMatchObject([parked('CURRENCY_MISMATCH'), skippedFor('PARKED_CART')]);
  });
});
