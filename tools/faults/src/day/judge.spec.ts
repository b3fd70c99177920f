import type { SitooOrder } from '@connector/contracts';
import { omniumId, workKey } from '../twin-stack';
import { aDay, documentFor, type Day } from './day.fixture';
import type { Fate } from './fates';
import { judgeDay } from './judge';

const whole = aDay();
let day: Day;
beforeEach(() => {
  day = structuredClone({ ...whole });
});

const first = (kind: Fate['kind'], also: (receipt: SitooOrder) => boolean = () => true): SitooOrder =>
  day.receipts.find((receipt) => day.fates.get(receipt.orderid)?.kind === kind && also(receipt))!;
const isPlainSale = ({ orderid, ordertypeid, orderstateid, payments = [] }: SitooOrder) =>
  ordertypeid === 10 && orderstateid === 10 && payments.length > 0 && !day.happened.has(orderid);
/** What the judge finds, without repeating itself. */
const found = () => judgeDay(day).map(({ invariant, message }) => `${invariant} ${message}`);

test('a day on which everything is where it belongs has nothing wrong', () => {
  expect(found()).toEqual([]);
  const kinds = [...day.fates.values()].map(({ kind }) => kind);
  for (const kind of ['order', 'merged', 'parked', 'skipped'] as const)
    expect(kinds.filter((one) => one === kind).length).toBeGreaterThan(3);
});

test('a receipt that is not in Omnium', () => {
  const lost = first('order', isPlainSale);
  day.written = day.written.filter(({ order }) => order.id !== omniumId(lost.orderid));
  expect(found()).toEqual([`D1 receipt ${lost.orderid} is no order`]);
});

test('a receipt that is there twice, under another id', () => {
  const sale = first('order', isPlainSale);
  const { order, history } = documentFor(day, sale);
  day.written.push({ order: { ...order, id: 'again' }, history });
  expect(found()).toContainEqual(`D1 receipt ${sale.orderid} is in Omnium 2 times: ${order.id}, again`);
});

test.each([
  ['a total a cent off', 0.01],
  ['a total a cent short', -0.01],
])('%s', (_, cent) => {
  const sale = first('order', isPlainSale);
  const { orderForm } = documentFor(day, sale).order;
  orderForm!.total = Number(((orderForm?.total ?? 0) + cent).toFixed(2));
  expect(found()).toEqual([
    expect.stringMatching(new RegExp(`^D3 receipt ${sale.orderid}: total [\\d.]+ instead of ${sale.moneytotal_gross_all}$`)),
  ]);
});

test('VAT a cent off', () => {
  const sale = first('order', isPlainSale);
  const { orderForm } = documentFor(day, sale).order;
  orderForm!.taxTotal = Number(((orderForm?.taxTotal ?? 0) + 0.01).toFixed(2));
  expect(found()).toEqual([expect.stringContaining(`D3 receipt ${sale.orderid}: VAT`)]);
});

test('a payment that was booked twice', () => {
  const sale = first('order', isPlainSale);
  const { orderForm } = documentFor(day, sale).order;
  orderForm!.payments = [...(orderForm?.payments ?? []), orderForm!.payments![0]!];
  expect(found()).toEqual([expect.stringContaining(`D3 receipt ${sale.orderid}: paid`)]);
});

test('a return that is an order of its own instead of a part of its sale', () => {
  const refund = first('merged');
  const { order } = documentFor(day, { orderid: refund.creditorderid! });
  const form = order.returnOrderForms!.find(({ externalIds }) => externalIds?.some(({ id }) => id === String(refund.orderid)))!;
  order.returnOrderForms = order.returnOrderForms!.filter((other) => other !== form);
  const own = { id: omniumId(refund.orderid), externalIds: form.externalIds, returnOrderForms: [] };
  day.written.push({ order: own, history: [{ at: '', kind: 'created' }] });
  expect(found()).toContainEqual(`D2 return ${refund.orderid} is an order of its own, not part of sale ${refund.creditorderid}`);
});

test('a return that is in the document of another sale, and one that is nowhere', () => {
  const refund = first('merged');
  const { order } = documentFor(day, { orderid: refund.creditorderid! });
  const other = documentFor(day, first('order', isPlainSale)).order;
  const forms = order.returnOrderForms!;
  order.returnOrderForms = [];
  expect(found()).toContainEqual(`D1 return ${refund.orderid} is nowhere`);
  other.returnOrderForms = forms;
  expect(found()).toContainEqual(`D2 return ${refund.orderid} of sale ${refund.creditorderid} is in ${other.id}`);
});

test('a receipt of an unknown store that was given some store', () => {
  const refused = first('parked', ({ creditorderid }) => !creditorderid);
  const { order, history } = documentFor(day, first('order', isPlainSale));
  const externalIds = [{ providerName: 'SitooOrderId', id: String(refused.orderid) }];
  day.written.push({ order: { ...order, id: omniumId(refused.orderid), externalIds }, history });
  expect(found()).toContainEqual(`D4 receipt ${refused.orderid} is in Omnium and had to be parked`);
});

test('work that is parked without need, for another reason, or not at all', () => {
  const [refused, ...others] = day.parked;
  const key = workKey(first('order', isPlainSale).orderid);
  day.parked = [...others, { key, reason: { code: 'OMNIUM_REJECTED' } }];
  expect(found()).toEqual([
    `D4 ${key} is parked as OMNIUM_REJECTED and nothing is wrong with it`,
    `D4 ${refused!.key} is not parked as ${refused!.reason.code}`,
  ]);
  day.parked = [...others, { key: refused!.key, reason: { code: 'ORDER_NOT_READABLE' } }];
  expect(found()).toEqual([`D4 ${refused!.key} is parked as ORDER_NOT_READABLE, not as ${refused!.reason.code}`]);
});

test('an order of a receipt that nobody sold', () => {
  const { order, history } = documentFor(day, first('order', isPlainSale));
  day.written.push({ order: { ...order, id: 'stranger', externalIds: [{ providerName: 'SitooOrderId', id: '999' }] }, history });
  expect(found()).toContainEqual('D4 Omnium tells of receipt 999, which Sitoo does not have');
});

test('an order that was made twice, and one that was changed although nothing happened to it', () => {
  const written = documentFor(day, first('order', isPlainSale));
  written.history = [
    { at: '', kind: 'created' },
    { at: '', kind: 'unchanged' },
  ];
  expect(found()).toEqual([]);
  written.history.push({ at: '', kind: 'overwritten' });
  expect(found()).toEqual([`D5 ${written.order.id} was written 2 times, and 0 things happened to it`]);
  written.history.push({ at: '', kind: 'created' });
  expect(found()).toContainEqual(`D1 ${written.order.id} was written as created, unchanged, overwritten, created`);
});

test('an order whose state is not that of Sitoo', () => {
  const sale = first('order', isPlainSale);
  documentFor(day, sale).order.status = 'New';
  expect(found()).toEqual([`D5 order ${sale.orderid} is in state 10 in Sitoo and New in Omnium`]);
});
