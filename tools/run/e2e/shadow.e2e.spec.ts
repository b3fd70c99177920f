import type { OmniumOrder } from '@connector/contracts';
import { generateTradingDay, pluginOrder, saleMix } from '@connector/testing';
import { Scene, until } from './scene';

// Ids that no earlier run on the same broker has used.
const first = 1_950_000_001 + (Math.floor(Date.now() / 1000) % 400_000) * 100;
const receipts = generateTradingDay({ seed: 31, count: 80, firstOrderId: first, mix: { ...saleMix, return: 50, 'endless-aisle': 20 } });
const isInOmnium = receipts.filter(({ expect: fate }) => fate === 'order' || fate === 'merged');

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.start({ RECONCILE_EVERY_MS: '2000' }, { ShadowMode: 'true', StartAtOrderId: String(first) });
  await scene.omnium('PUT', '/settings', { searchLagMs: 0 });
});
afterAll(() => scene?.stop());

/** Calls of the connector that changed something at either platform. */
async function writes(): Promise<{ sitoo: string[]; omnium: string[] }> {
  const { calls } = await scene.sitooState();
  const ofSitoo = Object.keys(calls).filter((operation) => !/^(get|list)/i.test(operation));
  return { sitoo: ofSitoo, omnium: Object.keys((await scene.omniumState()).calls.writes) };
}

async function outcomesOf(
  keys: ReadonlySet<string>,
): Promise<Map<string, { outcome: string; effect?: string; hashAfter?: string; ruleVersion?: string }>> {
  const final = (await scene.outcomes()).filter(({ key, outcome }) => keys.has(key) && outcome !== 'retry' && outcome !== 'deferred');
  return new Map(final.map((record) => [record.key, record]));
}

test('a market in shadow mode says what it would do with a day of receipts, and writes nothing at either platform', async () => {
  await scene.sell(receipts.map(({ order }) => order));
  const keys = new Set(receipts.map(({ order }) => `DevShop/NOR/${order.orderid}`));
  await until('an outcome of every receipt', async () => (await outcomesOf(keys)).size === keys.size);
  const outcomes = await outcomesOf(keys);
  const sales = receipts.filter(({ expect: fate }) => fate === 'order');
  for (const { kind, order } of sales) {
    const { effect, hashAfter, ruleVersion } = outcomes.get(`DevShop/NOR/${order.orderid}`) ?? { outcome: 'none' };
    expect([kind, effect, typeof hashAfter, typeof ruleVersion]).toEqual([kind, 'would-create', 'string', 'string']);
  }
  expect(await writes()).toEqual({ sitoo: [], omnium: [] });
  expect(await scene.orders()).toEqual(new Map());
});

test('nor does it put web orders into a store, or errors on orders that it could not', async () => {
  const lines = [{ code: 'shirt', quantity: 1, placedPrice: 199 }];
  const [good, bad] = [`WEB-${Date.now()}-1`, `WEB-${Date.now()}-2`];
  await scene.omnium('POST', '/webshop/orders', { id: good, pickUpIn: 'oslo-downtown', lines });
  await scene.omnium('POST', '/webshop/orders', { id: bad, shipFrom: 'oslo-downtown', lines, address: { line1: '', city: '' } });
  const keys = new Set([`DevShop/NOR/${good}`, `DevShop/NOR/${bad}`]);
  await until('outcomes of both', async () => (await outcomesOf(keys)).size === 2);
  const outcomes = await outcomesOf(keys);
  expect([...keys].map((key) => outcomes.get(key)?.effect ?? outcomes.get(key)?.outcome)).toEqual(['would-create', 'parked']);
  expect((await scene.omnium<OmniumOrder>('GET', `/orders/${bad}`)).errors ?? []).toEqual([]);
  expect(await writes()).toEqual({ sitoo: [], omnium: [] });
});

describe('the comparison with what the built-in plugin imported', () => {
  const compare = async (...args: string[]) => {
    const { code, output } = await scene.tool(
      'shadow',
      '--market',
      'NOR',
      '--from',
      '2026-03-02T00:00:00+01:00',
      '--to',
      '2026-03-03T00:00:00+01:00',
      ...args,
    );
    return { code, output };
  };
  const fault = (order: OmniumOrder): OmniumOrder => ({
    ...order,
    ...(order.salesPersonName ? { salesPersonName: 'Somebody Else' } : {}),
    orderForm: { ...order.orderForm, lineItems: order.orderForm?.lineItems?.map((line) => ({ ...line, displayName: 'Article' })) },
  });

  test('finds every difference that it makes, one group for each fault, and names no person', async () => {
    const documents = isInOmnium.map(({ order }, index) => fault(pluginOrder(order, index + 1)));
    await scene.omnium('POST', '/plugin/orders', documents);
    const { code, output } = await compare('--json');
    expect(code).toBe(1);
    const report = JSON.parse(output);
    expect(report.groups.map(({ paths, kind }: { paths: string[]; kind: string }) => [kind, ...paths]).sort()).toEqual([
      ['different', 'orderForm.lineItems[].displayName'],
      ['different', 'salesPersonName'],
    ]);
    expect(report.documents.missing).toBe(0);
    expect(output).not.toContain('Somebody');
  });

  test('is a table for people', async () => {
    const { output } = await compare();
    expect(output).toMatch(/found by: ExternalId:SitooPlugin \d+, OrderNumber \d+/);
    expect(output).toMatch(/different +orderForm\.lineItems\[\]\.displayName/);
    expect(output).not.toContain('Somebody');
  });

  test('and reads only: nothing was written by then', async () => {
    expect(await writes()).toEqual({ sitoo: [], omnium: [] });
  });
});

test('a market that nobody knows is refused with the usage', async () => {
  const { code, output } = await scene.tool('shadow', '--market', 'DEN', '--orders', '1');
  expect([code, output.split('\n')[0]]).toEqual([2, 'there is no market "DEN"']);
});

test('no walk takes place meanwhile, so that what was only looked at is found when the market writes', () => {
  expect(scene.logs()).not.toContain('reconciliation.slice');
  expect(scene.logs()).toContain('market.shadow');
});
