import { aFamily } from '../family/family.fixture';
import { orderId } from '../identifiers';
import { type ImportedOrder, judgeImported, referencesOf } from './judge-imported';

const { root } = aFamily('line-discount');
const own = orderId({ market: 'nor', site: 1, sitooOrderId: 7 });

const candidate = (id: string, change: Omit<Partial<ImportedOrder>, 'id'> = {}): ImportedOrder => ({
  id,
  status: 'Completed',
  billingCurrency: 'NOK',
  orderForm: { total: 1347 },
  ...change,
});
const judge = (...candidates: ImportedOrder[]) => judgeImported(root, candidates, 'nor');

it('is looked up by its order id and its receipt number', () => {
  expect(referencesOf(root)).toEqual(['20451', 'SII000000150000110009']);
  expect(referencesOf({ orderId: 7, data: {} })).toEqual(['7']);
});

it('is not there when nothing carries its numbers', () => {
  expect(judge()).toEqual({ kind: 'none' });
});

it('is the one order that carries them', () => {
  expect(judge(candidate('A'))).toMatchObject({ kind: 'imported', document: { id: 'A' } });
});

it("is never an order of the connector's own, which names other receipts too", () => {
  expect(judge(candidate(own))).toEqual({ kind: 'none' });
  expect(judge(candidate(own), candidate('A'))).toMatchObject({ document: { id: 'A' } });
  expect(judgeImported(root, [candidate(own)], 'swe')).toMatchObject({ document: { id: own } });
});

it('is unclear, with both ids, when two orders carry them', () => {
  const judgement = judge(candidate('A'), candidate('B'));
  expect(judgement).toMatchObject({ kind: 'unclear', rejection: { code: 'IMPORTED_TWICE', message: expect.stringContaining('A and B') } });
});

it('is the live one of two when the other was deleted, and a deleted one when there is no other', () => {
  const deleted = candidate('A', { status: 'Deleted' });
  expect(judge(deleted, candidate('B'))).toMatchObject({ document: { id: 'B' } });
  expect(judge(deleted, { ...deleted, id: 'C' })).toMatchObject({ kind: 'imported', document: { id: 'A' } });
});

it.each([
  ['the same total', { orderForm: { total: 1347 } }, 'imported'],
  ['a total that was rounded', { orderForm: { total: 1346.6 } }, 'imported'],
  ['no total', { orderForm: {} }, 'imported'],
  ['another total', { orderForm: { total: 1349 } }, 'unclear'],
  ['another currency', { billingCurrency: 'SEK' }, 'unclear'],
])('with %s is %#', (_, change, kind) => {
  expect(judge(candidate('A', change)).kind).toBe(kind);
});

it('is not told by its total when goods came back on it or it was cancelled', () => {
  const other = candidate('A', { orderForm: { total: 1 } });
  const [refund] = aFamily('return-partial').refunds;
  expect(judgeImported(refund!, [other], 'nor').kind).toBe('imported');
  expect(judgeImported({ ...root, stateId: 20 }, [other], 'nor').kind).toBe('imported');
});

it('quotes no amount and no person', () => {
  const judgement = judge(candidate('A', { orderForm: { total: 99_999 }, customerName: 'Liv Andersen' }));
  expect(judgement.kind).toBe('unclear');
  expect(JSON.stringify(judgement)).not.toMatch(/99999|1347|Liv/);
});
