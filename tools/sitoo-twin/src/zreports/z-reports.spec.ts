import { generateTradingDay } from '@connector/testing';
import Big from 'big.js';
import { loadSitooContracts } from '../contracts';
import { startTwin, type TwinInTest } from '../testing/api';
import { fixture } from '../testing/fixture';

let test: TwinInTest;
let now = 1_772_450_000;
beforeEach(async () => {
  now = 1_772_450_000;
  test = await startTwin({ clock: { now: () => now * 1000, sleep: async () => undefined } });
});
afterEach(() => test.stop());

const register = () => test.twin.admin.registers(1500)[0]?.registerid ?? '';
const sell = (moneyrowprice: string, over: object = {}, payments?: object[]) =>
  test.till.sell({ order: { payments, orderitems: [{ productname: 'A', sku: 'a', quantity: 1, moneyrowprice, vatvalue: 25, ...over }] } });
const closeDay = (over: object = {}) => {
  now += 60;
  return test.till.closeDay({ registerid: register(), ...over });
};
const reports = async (query = '') => {
  const { body } = await test.call('GET', `/pos-z-reports?${query}`);
  return Array.isArray(body) ? body : [];
};

it('adds up sales, refunds, VAT, payments and discounts of the register and day', async () => {
  sell('100.00', {}, [{ name: 'Cash', moneyamount: '100.00' }]);
  sell('60.00', {
    vatvalue: 15,
    moneyrowdiscount: '14.00',
    vouchercode: 'discount-manual',
    additionaldata: { 'product-group-name': 'Food' },
  });
  test.till.refund({ orderid: 1 });
  test.till.sell({
    isHandedOver: false,
    order: { orderitems: [{ productname: 'S', quantity: 2, moneyrowprice: '500.00', vatvalue: 25 }] },
  });
  const { report } = closeDay();
  expect(report).toMatchObject({
    zreportid: 1,
    registerid: register(),
    registernumber: 1,
    store_id: 'OSLO',
    dateadded: now,
    moneysalestotal: '646.00',
    moneysalestotalnet: '520.00',
    numsales: 3,
    numsalesitems: 4,
    vatgroupssales: [
      { vatvalue: 15, moneytotal: '46.00', moneytotalnet: '40.00', moneytotalvat: '6.00' },
      { vatvalue: 25, moneytotal: '600.00', moneytotalnet: '480.00', moneytotalvat: '120.00' },
    ],
    productgroupssales: [
      { name: '', vatvalue: 25, numtotal: 3 },
      { name: 'Food', vatvalue: 15, numtotal: 1 },
    ],
    moneysalesnotdeliveredtotal: '500.00',
    numsalesnotdelivered: 1,
    moneyrefundtotal: '100.00',
    numrefund: 1,
    vatgroupsrefund: [{ vatvalue: 25, moneytotal: '100.00', moneytotalnet: '80.00', moneytotalvat: '20.00' }],
    paymentssales: [
      { name: 'Cash', moneytotal: '100.00' },
      { name: 'Card', moneytotal: '546.00', moneyinadvance: '500.00' },
    ],
    paymentsrefund: [{ name: 'Cash', moneytotal: '100.00' }],
    discountssales: [{ vouchercode: 'discount-manual', moneytotal: '14.00', moneytotalnet: '12.17', moneytotalvat: '1.83' }],
    moneysummarytotal: '546.00',
    moneycash_expected: '0.00',
    numreceipts: 4,
  });
  expect(await reports()).toEqual([report]);
  expect(await test.events()).toContainEqual({ event_type: 'z-report', data: { eshop_id: 1, register_id: register(), z_report_id: 1 } });
});

it('uses no field that Sitoo does not document, and every one of the published sample', async () => {
  sell('100.00');
  const [published] = fixture('pos-zreports-response');
  const { report } = closeDay();
  expect(Object.keys(report)).toEqual(expect.arrayContaining(Object.keys(published)));
  const documented = (await loadSitooContracts()).orders.fieldsOf('ZReport');
  expect(Object.keys(report).filter((field) => !documented.includes(field))).toEqual([]);
});

it('goes on where the last report ended, and keeps the grand totals', async () => {
  sell('100.00');
  closeDay();
  sell('50.00');
  expect(closeDay().report).toMatchObject({ zreportid: 2, moneysummarytotal: '50.00', moneygrandtotalsales: '150.00' });
  const first = (await reports()).map(({ dateadded }) => dateadded)[0];
  expect(await reports(`dateaddedfrom=${first + 1}`)).toHaveLength(1);
  expect(await reports('store_id=OSLO,BERGEN')).toHaveLength(2);
  expect(await reports(`registerid=${encodeURIComponent('{X}')}`)).toHaveLength(0);
  const path = `/sites/1/cashregisters/${encodeURIComponent(register())}/zreports`;
  expect((await test.call('GET', `${path}.json?num=1`)).body).toMatchObject({ totalcount: 2, items: [{ zreportid: 1 }] });
  expect((await test.call('GET', `${path}/2.json`)).body).toMatchObject({ zreportid: 2 });
  expect((await test.call('GET', `${path}/3.json`)).status).toBe(404);
});

it('withholds a report only when told, and says so', async () => {
  sell('100.00');
  expect(closeDay({ isWithheld: true })).toMatchObject({ isWithheld: true, orderids: [1] });
  expect(await reports()).toEqual([]);
  expect(test.twin.admin.withheldZReports(1500)).toMatchObject([{ zreportid: 1 }]);
  expect(test.twin.admin.state().accounts['1500']).toMatchObject({ zReports: 0, withheldZReports: 1 });
  sell('50.00');
  expect(closeDay().report).toMatchObject({ zreportid: 2, moneysummarytotal: '50.00' });
});

it('leaves orders out only when told, and names those it counts', () => {
  sell('100.00');
  sell('50.00');
  expect(closeDay({ leftOut: [1] })).toMatchObject({ orderids: [2], report: { moneysummarytotal: '50.00' } });
});

it('counts neither bookings, nor orders of the API, nor other registers', async () => {
  test.till.book({ order: { orderitems: [{ productname: 'A', quantity: 1, moneyrowprice: '10.00' }] } });
  await test.call('POST', '/sites/1/orders.json', {
    ordertypeid: 10,
    orderitems: [{ productname: 'A', quantity: 1, moneyrowprice: '10.00' }],
  });
  test.till.sell({
    registerid: test.twin.admin.registers(1500)[1]?.registerid,
    order: { orderitems: [{ productname: 'A', quantity: 1, moneyrowprice: '10.00' }] },
  });
  expect(closeDay()).toMatchObject({ orderids: [], report: { moneysummarytotal: '0.00', numreceipts: 0 } });
});

it('takes the difference of an exchange for the money that moved', () => {
  sell('100.00', {}, [{ name: 'Cash', moneyamount: '100.00' }]);
  test.till.exchange({ orderid: 1, order: { orderitems: [{ productname: 'B', quantity: 1, moneyrowprice: '130.00', vatvalue: 25 }] } });
  expect(closeDay().report).toMatchObject({
    moneysalestotal: '230.00',
    moneyrefundtotal: '100.00',
    paymentssales: [
      { name: 'Cash', moneytotal: '100.00' },
      { name: 'Card', moneytotal: '30.00' },
    ],
    paymentsrefund: [],
  });
});

it('compares the drawer with what is expected', () => {
  sell('100.00', {}, [{ name: 'Cash', moneyamount: '100.00' }]);
  expect(closeDay({ moneycash_counted: '99.50' }).report).toMatchObject({
    moneycash_salesrefunds: '100.00',
    moneycash_expected: '100.00',
    moneycash_diff: '-0.50',
  });
});

it('agrees with the amounts of a whole generated day, whatever is in it', () => {
  const stores = [{ externalId: 'OSLO', externalGroupId: '', name: 'Oslo', warehouseId: 2 }];
  const orders = generateTradingDay({ seed: 7, count: 300, stores }).map(({ order }) => order);
  test.twin.admin.pushOrders(1500, orders, { events: false });
  for (const { registerid } of test.twin.admin.registers(1500)) {
    const { report, orderids } = closeDay({ registerid, datecreated: 2_000_000_000 });
    const counted = orders.filter(({ orderid }) => orderids.includes(orderid));
    const total = counted.reduce((sum, order) => sum.plus(order.moneytotal_gross_all ?? 0), new Big(0));
    expect(counted.length).toBeGreaterThan(50);
    expect(report.moneysummarytotal).toBe(total.toFixed(2));
  }
});
