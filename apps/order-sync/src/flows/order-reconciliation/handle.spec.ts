import { formatFiring } from '@connector/contracts';
import { aMarket } from '../../markets/market.fixture';
import { aSale, range, Scene } from './scene.fixture';

const minute = 60_000;
let scene: Scene;
beforeEach(() => (scene = new Scene()));

test('an order that Omnium lacks is announced on the bulk topic, once it has been visible for a minute', async () => {
  scene.sell(...range(1, 10).map((id) => aSale(id)));
  scene.import(...range(1, 10).filter((id) => id !== 7));
  expect(await scene.ask()).toMatchObject({ kind: 'done', effect: 'complete', verify: true });
  expect(scene.announced).toEqual([]);
  expect(scene.findings).toMatchObject([{ read: 10, missing: 0, waiting: 1 }]);
  scene.now += minute;
  expect(await scene.ask({ verifying: true })).toMatchObject({ kind: 'done', effect: 'complete' });
  expect(scene.announced).toEqual([[7, 'missing']]);
});

test('what arrives within that minute by its event is not announced', async () => {
  scene.sell(aSale(1), aSale(2));
  await scene.ask();
  scene.import(1, 2);
  scene.now += minute;
  await scene.ask({ verifying: true });
  expect(scene.announced).toEqual([]);
});

test('a sweep of 500 receipts that are there costs five calls to Omnium and announces nothing', async () => {
  const ids = range(1, 500);
  scene.sell(...ids.map((id) => aSale(id)));
  scene.import(...ids);
  await scene.askTwice();
  scene.calls.exist = 0;
  scene.now += 40 * minute;
  await scene.ask();
  expect(scene.calls).toMatchObject({ exist: 5, byIds: 0 });
  expect(scene.announced).toEqual([]);
});

test('a walk that gets no call through is put off without an attempt, and the next one does its work', async () => {
  scene.sell(aSale(1));
  Object.assign(scene, { isBudgetGone: true, patienceMs: 20 });
  expect(await scene.ask()).toMatchObject({ kind: 'deferred', reason: { code: 'BEHIND_SALES' } });
  Object.assign(scene, { isBudgetGone: false, patienceMs: undefined });
  expect(await scene.ask()).toMatchObject({ kind: 'done', effect: 'complete' });
  expect(scene.findings).toMatchObject([{ read: 1 }]);
});

test('a lower id that becomes visible later is found in the overlap', async () => {
  const ids = range(1, 400).filter((id) => id !== 150);
  scene.sell(...ids.map((id) => aSale(id)));
  scene.import(...ids);
  await scene.askTwice();
  scene.now += 60 * minute;
  scene.sell(aSale(150));
  await scene.ask();
  expect(scene.announced).toEqual([[150, 'missing']]);
});

test('everything of the last 30 minutes is read again, also when that is more than 500 orders', async () => {
  scene.sell(...range(1, 2_000).map((id) => aSale(id)));
  scene.import(...range(1, 2_000));
  await scene.ask();
  scene.now += 40 * minute;
  await scene.ask();
  scene.sell(...range(2_001, 1_500).map((id) => aSale(id)));
  scene.import(...range(2_001, 1_500).filter((id) => id !== 2_100));
  scene.now += 10 * minute;
  await scene.ask();
  scene.now += 10 * minute;
  await scene.ask();
  expect(scene.announced).toEqual([[2_100, 'missing']]);
  scene.now += 60 * minute;
  scene.findings.length = 0;
  await scene.ask();
  expect(scene.findings[0]?.read).toBe(500);
});

describe('refunds', () => {
  const refund = aSale(9, { creditorderid: 4 });

  test('one that is a return form of its sale is there', async () => {
    scene.sell(aSale(4), refund);
    scene.importRefund(4, 9);
    await scene.askTwice();
    expect(scene.announced).toEqual([]);
  });

  test('one whose sale has no such form is missing', async () => {
    scene.sell(aSale(4), refund);
    scene.import(4);
    await scene.askTwice();
    expect(scene.announced).toEqual([[9, 'missing']]);
  });

  test('one of an order before the cut-over has a document of its own', async () => {
    scene.config = aMarket({ startAtOrderId: 8 });
    scene.sell(refund);
    await scene.askTwice();
    expect(scene.announced).toEqual([[9, 'missing']]);
  });

  test('one of an order whose document cannot be told is announced, and not as missing', async () => {
    scene.sell(aSale(9, { additionaldata: { 'pos-originalsales-orderid': '77' } }));
    await scene.askTwice();
    expect(scene.announced).toEqual([[9, 'seen']]);
  });
});

test.each([
  ['a parked cart', { ordertypeid: 110 }],
  ['an abandoned cart', { orderstateid: -1 }],
  ['a type nobody knows', { ordertypeid: 999 }],
  ["another system's order", { registerid: null, externalid: 'shop-1' }],
  ["a cart of Omnium's", { ordertypeid: 100, additionaldata: { 'weborder-cart': 'true' } }],
  ['an order that came from Omnium', { registerid: null, externalid: 'O-1', additionaldata: { 'omnium-orderid': 'O-1' } }],
])('%s is not looked for in Omnium', async (_, overrides) => {
  scene.sell(aSale(5, overrides));
  await scene.askTwice();
  expect(scene.announced).toEqual([]);
});

test("another system's order is looked for where the market imports it, and a booking is not where bookings stay in Sitoo", async () => {
  scene.config = aMarket({ receipts: { ...aMarket().receipts, bookings: 'skip', foreignOrders: 'import' } });
  scene.sell(aSale(5, { registerid: null, externalid: 'shop-1' }), aSale(6, { ordertypeid: 100 }));
  await scene.askTwice();
  expect(scene.announced).toEqual([[5, 'missing']]);
});

test('nothing older than the cut-over is looked for', async () => {
  scene.config = aMarket({ startAtOrderId: 100 });
  scene.sell(...range(98, 4).map((id) => aSale(id)));
  await scene.askTwice();
  expect(scene.announced.map(([id]) => id)).toEqual([100, 101]);
});

test('a market in shadow mode is not walked: what was only looked at is announced once it writes', async () => {
  scene.config = aMarket({ shadowMode: true });
  scene.sell(aSale(5));
  await scene.askTwice();
  expect(scene.announced).toEqual([]);
  scene.config = aMarket();
  await scene.askTwice();
  expect(scene.announced).toEqual([[5, 'missing']]);
});

test('without a cut-over it begins with the order after the newest', async () => {
  scene.config = aMarket({ startAtOrderId: 0 });
  scene.sell(aSale(50));
  await scene.ask();
  scene.sell(aSale(51));
  scene.now += 10 * minute;
  await scene.askTwice();
  expect(scene.announced).toEqual([[51, 'missing']]);
});

test('the cursor stays where it is when a notice did not get to Kafka', async () => {
  scene.sell(aSale(1));
  await scene.ask();
  scene.now += minute;
  const before = new Map(scene.saved);
  scene.publishFails = true;
  await expect(scene.ask({ verifying: true })).rejects.toThrow('no broker');
  expect(scene.saved).toEqual(before);
});

test('a long way is walked in slices that ask for the next one, and none is walked twice', async () => {
  const ids = range(1, 5_000);
  scene.sell(...ids.map((id) => aSale(id)));
  scene.import(...ids);
  scene.pageMs = 6_000;
  expect(await scene.ask()).toMatchObject({ effect: 'continued' });
  expect(scene.askedForMore).toMatchObject([{ task: 'order-reconciliation', tenant: 'DevShop', market: 'NOR', by: 'continuation' }]);
  for (let slices = 1; slices < 5 && scene.askedForMore.length === slices; slices += 1) await scene.ask({ by: 'continuation' });
  expect(scene.findings.reduce((sum, { read }) => sum + read, 0)).toBe(5_000);
  expect(scene.askedForMore).toHaveLength(2);
});

describe('open orders', () => {
  const open = (id: number) => aSale(id, { orderstateid: 0 });

  test('are announced once an hour', async () => {
    scene.sell(open(1), aSale(2));
    scene.import(1, 2);
    for (let tenth = 0; tenth < 7; tenth += 1, scene.now += 10 * minute) await scene.ask();
    expect(scene.announced).toEqual([
      [1, 'seen'],
      [1, 'seen'],
    ]);
  });

  test('one that is no longer open is announced a last time', async () => {
    scene.sell(open(1));
    scene.import(1);
    await scene.ask();
    scene.sell(aSale(1));
    for (let hour = 0; hour < 3; hour += 1) {
      scene.now += 60 * minute;
      await scene.ask();
    }
    expect(scene.announced).toEqual([
      [1, 'seen'],
      [1, 'seen'],
    ]);
  });
});

describe('the nightly sweep', () => {
  test('finds an order of the last days that is far behind the cursor', async () => {
    const ids = range(1, 3_000);
    scene.sell(...ids.map((id) => aSale(id)));
    scene.import(...ids);
    await scene.askTwice();
    scene.now += 24 * 60 * minute;
    await scene.ask();
    scene.orders.clear();
    scene.import(...ids.filter((id) => id !== 17));
    await scene.ask();
    expect(scene.announced).toEqual([]);
    await scene.ask({ scope: 'sweep' });
    expect(scene.announced).toEqual([[17, 'missing']]);
  });

  test('goes on in the next slice, with its scope', async () => {
    const ids = range(1, 4_000);
    scene.sell(...ids.map((id) => aSale(id)));
    scene.import(...ids);
    await scene.askTwice();
    scene.now += 60 * minute;
    scene.pageMs = 7_000;
    scene.findings.length = 0;
    let outcome = await scene.ask({ scope: 'sweep' });
    for (let slices = 0; slices < 9 && outcome.kind === 'done' && outcome.effect === 'continued'; slices += 1) {
      expect(scene.askedForMore.at(-1)).toMatchObject({ scope: 'sweep' });
      outcome = await scene.ask({ by: 'continuation', scope: 'sweep' });
    }
    expect(outcome).toMatchObject({ effect: 'complete' });
    // The overlap once, the days once.
    expect(scene.findings.reduce((sum, { read }) => sum + read, 0)).toBe(4_500);
  });
});

test('numbers that a register skipped are told once, with both neighbours', async () => {
  scene.sell(...[11, 12, 15, 16].map((id) => aSale(id)), aSale(20, { registerid: '{R2}' }));
  scene.import(11, 12, 15, 16, 20);
  await scene.askTwice();
  expect(scene.findings.flatMap(({ gaps }) => gaps)).toEqual([
    { registerId: '{R1}', after: 'SII000000150000112', before: 'SII000000150000115', count: 2, orderId: 15 },
  ]);
});

test('a routine request soon after a walk is skipped; anybody else is heard', async () => {
  await scene.ask({ by: 'schedule' });
  scene.now += minute;
  expect(await scene.ask({ by: 'schedule' })).toMatchObject({ kind: 'skipped', reason: { code: 'JUST_DONE' } });
  expect(await scene.ask({ by: 'gateway' })).toMatchObject({ kind: 'done' });
  scene.now += 10 * minute;
  expect(await scene.ask({ by: 'schedule' })).toMatchObject({ kind: 'done' });
});

test('another task is skipped, and so is a market that does not work', async () => {
  expect(await scene.ask({ task: 'web-order-reconciliation' })).toMatchObject({ kind: 'skipped', reason: { code: 'OTHER_TASK' } });
  scene.market = { code: 'MARKET_PAUSED', message: 'market NOR is paused' };
  expect(await scene.ask()).toMatchObject({ kind: 'skipped', reason: { code: 'MARKET_PAUSED' } });
});

test('a checkpoint that cannot be read starts from the cut-over', async () => {
  scene.sell(aSale(1));
  scene.saved.set('order-reconciliation/DevShop/NOR', { position: 'garbage', at: 1 });
  await scene.askTwice();
  expect(scene.announced).toEqual([[1, 'missing']]);
});

describe('a firing of the schedule', () => {
  const firing = formatFiring('order-reconciliation.sweep', Date.UTC(2026, 2, 2, 3, 30));
  const request = { by: 'schedule', scope: 'sweep', firing };

  test('is told from start to end, and done once however often it is asked for', async () => {
    scene.sell(aSale(1));
    expect(await scene.ask(request)).toMatchObject({ kind: 'done' });
    expect(scene.told).toEqual([`${firing} started`, `${firing} finished done`]);
    scene.calls.sitoo = 0;
    expect(await scene.ask(request)).toMatchObject({ kind: 'skipped', reason: { code: 'FIRING_SEEN' } });
    expect(scene.calls.sitoo).toBe(0);
  });

  test('goes through slices as one run, whose end alone makes it done', async () => {
    scene.sell(...range(1, 4_000).map((id) => aSale(id)));
    scene.pageMs = 7_000;
    let outcome = await scene.ask(request);
    for (let slices = 0; slices < 12 && outcome.kind === 'done' && outcome.effect === 'continued'; slices += 1) {
      expect(scene.askedForMore.at(-1)).toMatchObject({ scope: 'sweep', firing });
      outcome = await scene.ask({ ...request, by: 'continuation' });
    }
    const slices = scene.told.length - 2;
    expect(slices).toBeGreaterThan(1);
    expect(scene.told).toEqual([`${firing} started`, ...Array(slices).fill(`${firing} progress`), `${firing} finished done`]);
  });

  test('that cannot be done ends with the reason', async () => {
    scene.market = { code: 'MARKET_PAUSED', message: 'market NOR is paused' };
    await scene.ask(request);
    expect(scene.told).toEqual([`${firing} finished skipped MARKET_PAUSED`]);
  });

  test('whose try fails says so, and is not taken for done', async () => {
    scene.sell(aSale(1));
    scene.orders.clear();
    scene.existFails = true;
    await expect(scene.ask(request)).rejects.toThrow();
    expect(scene.told).toEqual([`${firing} started`, `${firing} interrupted HANDLER_FAILED`]);
    scene.existFails = false;
    expect(await scene.ask(request)).toMatchObject({ kind: 'done' });
  });
});
