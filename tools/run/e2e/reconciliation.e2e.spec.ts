import type { SitooOrder, SitooRegister } from '@connector/contracts';
import { generateTradingDay, saleMix, type LabelledReceipt } from '@connector/testing';
import { account, Scene, until } from './scene';

let scene: Scene;
// Ids that no earlier run on the same broker has used, and above every id that another spec's tills make: the checkpoint on the broker
// says how far the walk has come, and it reads on from there.
let nextOrderId = 20_000_000_001 + (Math.floor(Date.now() / 1000) % 1_000_000) * 100;

beforeAll(async () => {
  scene = await Scene.start({ RECONCILE_EVERY_MS: '2000' });
});
afterAll(() => scene?.stop());

function day(count: number, seed: number): LabelledReceipt[] {
  const receipts = generateTradingDay({ seed, count, firstOrderId: nextOrderId, mix: saleMix });
  nextOrderId += count;
  return receipts;
}
const ordersOf = (receipts: readonly LabelledReceipt[]): SitooOrder[] => receipts.map(({ order }) => order);

async function arrived(receipts: readonly LabelledReceipt[]): Promise<void> {
  await until(`${receipts.length} orders in Omnium`, async () => {
    const ids = new Set(await scene.omnium<string[]>('GET', '/orders?ids=only'));
    return receipts.every(({ order }) => ids.has(scene.omniumId(order.orderid)));
  });
}

async function repaired(): Promise<number> {
  const line = /^reconciliation_repaired_total\{.*market="NOR".*\} (\d+)$/m.exec(await scene.metrics('order-sync'));
  return Number(line?.[1] ?? 0);
}

test('receipts whose events were lost are found, imported exactly once and counted; those with events are not counted', async () => {
  const announced = day(20, 1);
  await scene.sell(ordersOf(announced));
  await arrived(announced);
  const silent = day(15, 2);
  await scene.sell(ordersOf(silent), { silently: true });
  await arrived(silent);
  for (const { order } of silent) {
    const created = (await scene.history(order.orderid)).filter(({ kind }) => kind === 'created');
    expect([order.orderid, created.length]).toEqual([order.orderid, 1]);
  }
  await until('the repairs are counted', async () => (await repaired()) === silent.length);
  await until('the log line', () => scene.logs().includes('reconciliation.repaired'));
});

test('once everything is there, further walks announce and write nothing', async () => {
  const writes = async () => JSON.stringify((await scene.omniumState()).orderWrites);
  const before = [await writes(), await repaired()];
  const walks = () => scene.logs().split('reconciliation.slice').length;
  const walked = walks();
  await until('three more walks', () => walks() >= walked + 3);
  expect([await writes(), await repaired()]).toEqual(before);
  const { violations } = await scene.omniumState();
  expect({ sitoo: (await scene.sitooState()).violations, omnium: violations }).toEqual({ sitoo: 0, omnium: 0 });
});

test("the trading-day command proves a register's day by the report that its till closed, and names a receipt that the report leaves out", async () => {
  const registers = await scene.sitoo<SitooRegister[]>('GET', `/accounts/${account}/registers`);
  const [register] = registers;
  const receipts = day(40, 4).filter(({ order }) => order.registerid === register?.registerid);
  expect(receipts.length).toBeGreaterThan(3);
  // Today, so that neither receipts nor reports of other tests are in the register's time.
  const opened = Math.floor(Date.now() / 1000) - 600;
  const [last, ...today] = receipts.map((receipt, index) => ({ ...receipt, order: { ...receipt.order, orderdate: opened + index } }));
  await scene.sell(ordersOf(today));
  await arrived(today);
  const close = { registerid: register?.registerid, dateopened: opened, datecreated: opened + 500 };
  await scene.sitoo('POST', `/accounts/${account}/till/closeDay`, close);
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short' }).format(new Date(opened * 1000));
  const command = ['--market', 'NOR', '--register', register?.registerkey ?? '', '--date', date];
  const agreed = await scene.tool('trading-day', ...command);
  expect(agreed).toMatchObject({ code: 0 });
  expect(agreed.output).toContain('Everything agrees, to the cent.');

  const evening = today
    .slice(0, 3)
    .map(({ order }, index) => ({ ...order, orderid: nextOrderId + index, orderdate: opened + 510 + index }));
  await scene.sell(evening);
  await arrived(evening.map((order) => ({ ...last!, order })));
  const again = { ...close, dateopened: opened + 500, datecreated: opened + 550, leftOut: [evening[1]!.orderid] };
  await scene.sitoo('POST', `/accounts/${account}/till/closeDay`, again);
  const differing = await scene.tool('trading-day', ...command);
  expect(differing).toMatchObject({ code: 1 });
  expect(differing.output).toContain(`the report does not count, by its amounts: receipt ${evening[1]!.additionaldata?.['pos-receiptid']}`);
});
