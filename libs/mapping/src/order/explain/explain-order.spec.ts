import fc from 'fast-check';
import { mapFamily } from '../family/map-family';
import { cases, readCase } from '../golden.fixture';
import { explainOrder, leavesOf } from './explain-order';
import { hashOf } from './hash';
import { fieldOrigins } from './rules';

const families = cases.map(readCase).flatMap(({ family, context }) => (family ? [{ family, context }] : []));
const documents = families.flatMap(({ family, context }) => {
  const mapping = mapFamily(family, context);
  return mapping.ok ? [{ family, context, order: mapping.order }] : [];
});

/** The explanation of one field of a recorded case. */
function because(name: string, path: string): { from?: string; rule?: string } | undefined {
  const { family, context } = readCase(name);
  return family && explainOrder(family, context).find((field) => field.path === path);
}

describe('why an Omnium order says what it says', () => {
  it('is known for every field of every recorded document', () => {
    expect(documents.length).toBeGreaterThan(80);
    for (const { family, context, order } of documents) {
      const explained = new Set(explainOrder(family, context).map(({ path }) => path));
      expect(leavesOf(order).filter(({ path }) => !explained.has(path))).toEqual([]);
    }
  });

  it('is told of no field that the map never writes', () => {
    const written = new Set(documents.flatMap(({ order }) => leavesOf(order).map(({ pattern }) => pattern)));
    const idle = Object.keys(fieldOrigins).filter((pattern) => !written.has(pattern));
    // Fields of lines that only some documents have: the same rules serve lines of forms, shipments and returns.
    expect(idle.filter((pattern) => !/lineItems\[\]\.|ddress\.|\.shipping/.test(pattern))).toEqual([]);
  });

  it('names the row, the payment and the refund', () => {
    expect(because('line-discount', 'storeId')?.from).toBe('additionaldata.store-externalid, warehouseid');
    expect(because('line-discount', 'orderForm.lineItems[1].code')?.from).toBe('orderitems[1].sku');
    expect(because('split-payments', 'orderForm.payments[sitoo-nor-1-20451-p2].amount')?.from).toBe('payments[1].moneyamount');
    expect(because('return-partial', 'returnOrderForms[sitoo-nor-1-20519-r1].lineItems[0].code')?.from).toBe('20519:orderitems[0].sku');
    expect(because('return-partial', 'orderForm.payments[sitoo-nor-1-20519-c1].amount')?.from).toBe('20519:payments[0].moneyamount');
    expect(because('return-partial', 'properties[pos-receiptid].value')?.from).toBe('additionaldata.pos-receiptid');
  });

  it('carries no value of the order', () => {
    const { family, context } = readCase('known-customer');
    expect(JSON.stringify(family && explainOrder(family, context))).not.toMatch(/Liv|Andersen|example\.com/);
  });

  it('is empty when there is no document', () => {
    const { family, context } = readCase('parked-cart');
    expect(family && explainOrder(family, context)).toEqual([]);
  });
});

describe('the hash of an order', () => {
  it('is the same for the same document in another order of its keys and another kind of nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documents), ({ order }) => {
        const turned = Object.fromEntries(Object.entries({ ...order, orderNotes: [], errors: null }).reverse());
        expect(hashOf(turned)).toBe(hashOf(order));
        expect(hashOf({ ...order, storeId: 'elsewhere' })).not.toBe(hashOf(order));
      }),
    );
  });
});
