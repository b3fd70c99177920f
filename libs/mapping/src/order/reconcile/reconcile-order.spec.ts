import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OmniumOrder, OmniumOrderLine } from '@connector/contracts';
import fc from 'fast-check';
import { amount, sum } from '../../money/amount';
import { reconcileOrder } from './reconcile-order';

const folder = join(__dirname, '../fixtures');
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { create?: string; order?: OmniumOrder };
/** Documents of the connector's own; those of orders that came from Omnium are only parts. */
const orders = readdirSync(folder)
  .filter((file) => file.endsWith('.out.json'))
  .map(read)
  .flatMap(({ create, order }) => (order && create !== 'never' ? order : []));
const anyOrder = fc.constantFrom(...orders);
const discounted = read('line-discount.out.json').order ?? {};

/** What Omnium and its staff do to an order, each change kept apart so that it can be looked for afterwards. */
const additions: Record<string, (order: OmniumOrder) => OmniumOrder> = {
  note: (order) => ({ ...order, orderNotes: [{ id: 'n1', detail: 'Called the customer' }] }),
  tag: (order) => ({ ...order, tags: ['vip', ...(order.tags ?? [])] }),
  otherGroup: (order) => ({
    ...order,
    properties: [{ key: 'pos-timezone', value: 'staff', keyGroup: 'Erp' }, ...(order.properties ?? [])].reverse(),
  }),
  otherExternalId: (order) => ({ ...order, externalIds: [...(order.externalIds ?? []), { providerName: 'ErpOrderId', id: '77' }] }),
  asset: (order) => ({ ...order, assets: [{ assetId: 'a1' }] }),
  status: (order) => ({ ...order, status: 'Closed' }),
  returnForm: (order) => ({
    ...order,
    returnOrderForms: [...(order.returnOrderForms ?? []), { returnId: 'r1', total: 50, totalExclTax: 40 }],
  }),
  customer: (order) => ({ ...order, customerId: 'C-77', customerPhone: '4700000099', customerName: 'Corrected Name' }),
  created: (order) => ({ ...order, created: '2026-03-03T00:00:00', versionId: 'v7', modifiedBy: 'staff' }),
  payment: (order) =>
    withForm(order, { payments: [...(order.orderForm?.payments ?? []), { id: 'credit-1', amount: 10, transactionType: 'Credit' }] }),
  enrichment: (order) =>
    mapLines(order, (line) => ({
      ...line,
      brand: 'Omnium Jeans',
      cost: 19,
      imageUrl: 'https://img.example.com/1',
      returnQuantity: Math.max(1, line.returnQuantity ?? 0),
    })),
  displayName: (order) => mapLines(order, (line) => ({ ...line, displayName: 'Enriched name' })),
  calculated: (order) =>
    withForm(
      mapLines(order, (line) => ({ ...line, extendedPriceExclTax: 1.2345 })),
      { taxTotal: 1.2345 },
    ),
  shipmentStatus: (order) =>
    withForm(order, {
      shipments: (order.orderForm?.shipments ?? []).map((shipment) => ({ ...shipment, status: 'Shipped', shipmentTrackingNumber: 'T1' })),
    }),
};

/** A form that is gone stays gone: a form without lines and totals is none that Omnium would give. */
function withForm(order: OmniumOrder, form: Partial<NonNullable<OmniumOrder['orderForm']>>): OmniumOrder {
  if (!order.orderForm) return order;
  return { ...order, orderForm: { ...order.orderForm, ...form } };
}

function mapLines(order: OmniumOrder, change: (line: OmniumOrderLine) => OmniumOrderLine): OmniumOrder {
  const { lineItems, shipments } = order.orderForm ?? {};
  return withForm(order, {
    lineItems: (lineItems ?? []).map(change),
    shipments: (shipments ?? []).map((shipment) => ({ ...shipment, lineItems: (shipment.lineItems ?? []).map(change) })),
  });
}

const staffWork = fc.uniqueArray(fc.constantFrom(...Object.keys(additions)), { minLength: 1 });

function worked(order: OmniumOrder, names: readonly string[]): OmniumOrder {
  return names.reduce((result, name) => additions[name]?.(result) ?? result, order);
}

/** Damage that the connector has to put right. */
const damages: Record<string, (order: OmniumOrder) => OmniumOrder> = {
  store: (order) => ({ ...order, storeId: 'elsewhere' }),
  externalId: (order) => ({ ...order, externalIds: [] }),
  property: (order) => ({ ...order, properties: (order.properties ?? []).slice(1) }),
  tag: (order) => ({ ...order, tags: null }),
  roundoff: (order) => withForm(order, { grossRoundoff: 7, total: 1 }),
  payments: (order) => withForm(order, { payments: null }),
  form: (order) => ({ ...order, orderForm: null }),
  lines: (order) => withForm(order, { lineItems: [], shipments: [] }),
  prices: (order) => mapLines(order, (line) => ({ ...line, placedPrice: 1, discounted: 0.5, extendedPrice: 0.5, taxTotal: 0.1 })),
  seller: (order) => ({ ...order, salesPersonId: 'someone-else' }),
};

const damage = fc.uniqueArray(fc.constantFrom(...Object.keys(damages)), { minLength: 1, maxLength: 3 });

function damaged(order: OmniumOrder, names: readonly string[]): OmniumOrder {
  return names.reduce((result, name) => damages[name]?.(result) ?? result, order);
}

function written(existing: OmniumOrder, wanted: OmniumOrder): OmniumOrder {
  const result = reconcileOrder(existing, wanted);
  return result.action === 'patch' ? result.order : existing;
}

/** Total by Omnium's formula from what a document holds. */
function totalOf({ orderForm }: OmniumOrder): string {
  const lines = (orderForm?.lineItems ?? []).map((line) =>
    amount(line.quantity ?? 0)
      .times(line.placedPrice ?? 0)
      .minus(line.discounted ?? 0),
  );
  const freight = (orderForm?.shipments ?? []).map((shipment) => amount(shipment.shippingSubTotal ?? 0));
  return sum([...lines, ...freight])
    .plus(orderForm?.grossRoundoff ?? 0)
    .toFixed(2);
}

describe('reconciling an order', () => {
  it('has more than a dozen examples to work on', () => {
    expect(orders.length).toBeGreaterThan(12);
  });

  it('creates what Omnium does not have', () => {
    expect(reconcileOrder(undefined, discounted)).toEqual({ action: 'create', order: discounted });
  });

  it('finds every order equal to itself', () => {
    for (const order of orders) expect(reconcileOrder(order, order)).toEqual({ action: 'equal' });
  });

  it('writes nothing because of what Omnium or its staff did', () => {
    fc.assert(
      fc.property(anyOrder, staffWork, (order, names) => expect(reconcileOrder(worked(order, names), order)).toEqual({ action: 'equal' })),
    );
  });

  it('agrees after its own patch', () => {
    fc.assert(
      fc.property(anyOrder, damage, staffWork, (order, damageNames, names) => {
        const existing = worked(damaged(order, damageNames), names);
        expect(reconcileOrder(written(existing, order), order)).toEqual({ action: 'equal' });
      }),
    );
  });

  it('gives the same answer for the same input and leaves its input alone', () => {
    fc.assert(
      fc.property(anyOrder, damage, (order, names) => {
        const existing = damaged(order, names);
        const before = JSON.stringify([existing, order]);
        expect(reconcileOrder(existing, order)).toEqual(reconcileOrder(existing, order));
        expect(JSON.stringify([existing, order])).toBe(before);
      }),
    );
  });

  it('keeps what Omnium and its staff added when it has to patch', () => {
    fc.assert(
      fc.property(anyOrder, damage, staffWork, (order, damageNames, names) => {
        const lasting = damageNames.filter((name) => !['form', 'lines', 'payments', 'prices', 'roundoff'].includes(name));
        const existing = worked(damaged(order, lasting), names);
        const patched = written(existing, order);
        expect(patched.status).toBe(existing.status);
        expect(patched.returnOrderForms).toEqual(existing.returnOrderForms);
        expect(patched.orderNotes).toEqual(existing.orderNotes);
        expect(patched.tags).toEqual(expect.arrayContaining(existing.tags ?? []));
        expect(patched.properties).toEqual(expect.arrayContaining(foreign(existing)));
        expect(patched.orderForm).toEqual(existing.orderForm);
        expect([patched.customerId, patched.customerName, patched.created]).toEqual([
          existing.customerId,
          existing.customerName,
          existing.created,
        ]);
      }),
    );
  });

  it("puts the receipt's total back, whatever happened to prices, lines or round-off", () => {
    fc.assert(
      fc.property(anyOrder, damage, (order, names) => {
        const patched = written(damaged(order, names), order);
        expect(totalOf(patched)).toBe(totalOf(order));
        expect(patched.orderForm?.total).toBe(order.orderForm?.total);
        expect(patched.netTotal).toBe(order.netTotal);
        const calculated = (lines: OmniumOrderLine[] | null | undefined) => lines?.map((line) => [line.extendedPrice, line.taxTotal]);
        expect(calculated(patched.orderForm?.lineItems)).toEqual(calculated(order.orderForm?.lineItems));
      }),
    );
  });

  it('adds its property beside one of the same name in another group', () => {
    const theirs = { key: 'pos-timezone', value: 'staff', keyGroup: 'Erp' };
    const existing = { ...discounted, properties: [theirs] };
    expect(written(existing, discounted).properties).toEqual([theirs, ...(discounted.properties ?? [])]);
  });

  it('takes returns off the net total that it writes', () => {
    const existing = additions['returnForm']?.(damaged(discounted, ['prices'])) ?? {};
    expect(written(existing, discounted)).toMatchObject({ netTotal: 1297, netTotalExclTax: 1037.6 });
  });

  it('leaves totals to Omnium when staff added a line', () => {
    const existing = withForm(damaged(discounted, ['roundoff']), {
      lineItems: [...(discounted.orderForm?.lineItems ?? []), { lineItemId: 'staff-1', quantity: 1, placedPrice: 10 }],
    });
    const patched = written(existing, discounted);
    expect(patched.orderForm).toMatchObject({ grossRoundoff: 0, total: 1 });
    expect(patched.orderForm?.lineItems?.map(({ lineItemId }) => lineItemId)).toEqual(['0', '1', 'staff-1']);
  });

  it('never puts a line that staff moved to another shipment into a second one', () => {
    const [shipment] = discounted.orderForm?.shipments ?? [];
    const [first = { lineItemId: null }, ...others] = shipment?.lineItems ?? [];
    const existing = withForm(discounted, {
      shipments: [
        { shipmentId: '1', lineItems: others },
        { shipmentId: '2', status: 'Packing', lineItems: [{ ...first, placedPrice: 1 }] },
      ],
    });
    const placed = (written(existing, discounted).orderForm?.shipments ?? []).map(({ shipmentId, lineItems }) => [
      shipmentId,
      lineItems?.map((line) => [line.lineItemId, line.placedPrice]),
    ]);
    expect(placed).toEqual([
      ['1', [['1', 799]]],
      ['2', [['0', 299]]],
    ]);
  });

  it('tells what it changed by path, and no value about a person', () => {
    const existing = { ...damaged(discounted, ['prices', 'seller', 'store']), properties: [], customerName: null };
    const wanted = { ...discounted, customerName: 'Liv Andersen', salesPersonName: 'Kari Nordmann' };
    const result = reconcileOrder(existing, wanted);
    const changes = result.action === 'patch' ? result.changes : [];
    expect(changes).toEqual(
      expect.arrayContaining([
        { path: 'storeId', before: 'elsewhere', after: 'oslo-downtown' },
        { path: 'salesPersonId', before: '(hidden)', after: '(hidden)' },
        { path: 'customerName', before: null, after: '(hidden)' },
        { path: 'properties[pos-receiptid]', before: null, after: '(added)' },
        { path: 'orderForm.lineItems[0].placedPrice', before: 1, after: 299 },
        { path: 'orderForm.shipments[1].lineItems[0].placedPrice', before: 1, after: 299 },
      ]),
    );
    expect(JSON.stringify(changes)).not.toMatch(/Liv|Kari|cashier-7|someone-else/);
  });
});

/** The properties of other groups. */
function foreign(order: OmniumOrder): NonNullable<OmniumOrder['properties']> {
  return (order.properties ?? []).filter(({ keyGroup }) => keyGroup !== 'Sitoo');
}
