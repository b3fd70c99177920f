import type { OmniumOrder, OmniumOrderLine } from '@connector/contracts';
import { mapFamily } from '../family/map-family';
import { cases, readCase } from '../golden.fixture';
import { compareImported } from './compare-imported';
import { compareOwn } from './compare-own';
import { type ComparedReceipt, parityOf } from './parity';

type Form = NonNullable<OmniumOrder['orderForm']>;

/** Every recorded case that becomes a document of the connector's own. */
const documents = cases.flatMap((name) => {
  const { family, context } = readCase(name);
  const mapping = family && mapFamily(family, context);
  return mapping?.ok && mapping.create !== 'never' ? [{ name, order: mapping.order }] : [];
});
const documentOf = (name: string) => documents.find((one) => one.name === name)!.order;

/** The same order as another system might keep it: under ids of its own, in another order, without the connector's references. */
function ofAnother(order: OmniumOrder): OmniumOrder {
  const line = (one: OmniumOrderLine): OmniumOrderLine => ({
    ...one,
    lineItemId: `line-${one.lineItemId}`,
    properties: [],
    comment: 'theirs',
  });
  const { orderForm, returnOrderForms, externalIds: _, properties: __, tags: ___, ...rest } = order;
  return {
    ...rest,
    id: 'ORDR1',
    orderNumber: '1',
    created: '2026-04-01T00:00:00Z',
    orderNotes: [{ detail: 'staff' }],
    orderForm: {
      ...orderForm,
      lineItems: orderForm?.lineItems?.map(line).reverse(),
      shipments: orderForm?.shipments?.map((one, index) => ({ ...one, shipmentId: `s${index}`, lineItems: one.lineItems?.map(line) })),
      payments: orderForm?.payments?.map((one, index) => ({ ...one, id: `p${index}`, externalIds: [], properties: [] })).reverse(),
    },
    ...(returnOrderForms
      ? {
          returnOrderForms: returnOrderForms.map(({ externalIds, ...form }, index) => ({
            ...form,
            returnId: String(index),
            rmaNumber: `RMA${index}`,
            externalIds: externalIds?.map(({ id }) => ({ providerName: 'Theirs', id })),
            lineItems: form.lineItems?.map(line),
          })),
        }
      : {}),
  };
}

const withForm = (order: OmniumOrder, change: (form: Form) => Form): OmniumOrder => ({
  ...order,
  orderForm: change(order.orderForm ?? {}),
});
const withLines = (order: OmniumOrder, change: (line: OmniumOrderLine) => OmniumOrderLine) =>
  withForm(order, (form) => ({ ...form, lineItems: form.lineItems?.map(change) }));

/** What differs when the connector makes every document with this fault, and the other system without. */
function parityWith(fault: (order: OmniumOrder) => OmniumOrder) {
  const compared = documents.map(({ name, order }): ComparedReceipt => ({
    receipt: name,
    ...compareImported(ofAnother(order), fault(order)),
  }));
  return parityOf(compared);
}

describe('two systems that make the same of every receipt', () => {
  const { receipts, fields, groups } = parityWith((order) => order);

  it('agree in every field, whatever their ids, order and references are', () => {
    expect(groups).toEqual([]);
    expect(receipts).toEqual({ compared: documents.length, agreeing: documents.length });
    expect(fields.agreeing).toBe(fields.compared);
    expect(fields.compared / receipts.compared).toBeGreaterThan(30);
  });
});

describe('one fault of the map is one difference, however many receipts have it', () => {
  it.each<[string, (order: OmniumOrder) => OmniumOrder, object]>([
    [
      'a VAT rate that is wrong, with all totals that follow from it',
      (order) => {
        const wrong = withLines(order, (line) =>
          line.taxRate === 25 ? { ...line, taxRate: 12, taxTotal: 1, extendedPriceExclTax: 1 } : line,
        );
        if (order.orderForm?.lineItems?.every(({ taxRate }) => taxRate !== 25)) return order;
        return { ...withForm(wrong, (form) => ({ ...form, taxTotal: 1, totalExclTax: 2 })), netTotalExclTax: 2 };
      },
      { paths: ['orderForm.lineItems[].taxRate'], kind: 'different', before: 25, after: 12 },
    ],
    [
      'a store that is wrong, in all fields that name it',
      (order) => JSON.parse(JSON.stringify(order).replaceAll('"oslo-downtown"', '"oslo"')),
      {
        paths: expect.arrayContaining(['storeId', 'orderForm.payments[].storeId']),
        kind: 'different',
        before: 'oslo-downtown',
        after: 'oslo',
      },
    ],
    [
      'a field that is left out',
      (order) => withLines(order, ({ discountReasonCode: _, ...line }) => line),
      { paths: ['orderForm.lineItems[].discountReasonCode'], kind: 'extra', after: null },
    ],
    [
      'a field that only the connector fills in',
      (order) => ({ customerReference: 'R', ...order }),
      { paths: ['customerReference'], kind: 'missing', before: null, after: '(hidden)' },
    ],
    [
      'a payment that is lost',
      (order) => withForm(order, (form) => ({ ...form, payments: form.payments?.slice(1) })),
      { paths: ['orderForm.payments[]'], kind: 'extra' },
    ],
  ])('%s', (_, fault, expected) => {
    const { groups, receipts } = parityWith(fault);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject(expected);
    expect(groups[0]!.receipts).toBe(receipts.compared - receipts.agreeing);
    expect(groups[0]!.examples.length).toBeLessThanOrEqual(3);
  });

  it('says by which rule and of which fields of Sitoo the field is made', () => {
    const { groups } = parityWith((order) => withLines(order, (line) => ({ ...line, placedPrice: (line.placedPrice ?? 0) + 1 })));
    expect(groups[0]?.origin).toMatchObject({ from: expect.stringContaining('moneyitemtotal_net'), rule: expect.any(String) });
  });

  it('and two faults are two', () => {
    const { groups } = parityWith((order) => withLines({ ...order, salesChannel: 'Shop' }, (line) => ({ ...line, unit: 'kg' })));
    expect(groups.map(({ paths }) => paths)).toEqual(expect.arrayContaining([['salesChannel'], ['orderForm.lineItems[].unit']]));
  });
});

describe('a document of another system', () => {
  const wanted = documentOf('line-discount');
  const kinds = (existing: OmniumOrder) => compareImported(existing, wanted).differences.map(({ path, kind }) => [path, kind]);

  it('has a line too many, or one too few', () => {
    const theirs = ofAnother(wanted);
    const more = withForm(theirs, (form) => ({
      ...form,
      lineItems: [...(form.lineItems ?? []), { lineItemId: 'x', code: 'bag', quantity: 1 }],
    }));
    expect(kinds(more)).toEqual([['orderForm.lineItems[]', 'extra']]);
    const less = withForm(theirs, (form) => ({ ...form, lineItems: form.lineItems?.slice(1) }));
    expect(kinds(less)).toEqual([['orderForm.lineItems[]', 'missing']]);
  });

  it('may say 0 or false where the connector says nothing', () => {
    expect(
      kinds(withLines(ofAnother(wanted), (line) => ({ ...line, returnQuantity: 0, canceledQuantity: 0, isVirtualProduct: false }))),
    ).toEqual([]);
  });

  it('has totals that are off for no reason that its lines show', () => {
    expect(kinds(withForm(ofAnother(wanted), (form) => ({ ...form, taxTotal: 1 })))).toEqual([['orderForm.taxTotal', 'different']]);
  });

  it('is told without a word about a person', () => {
    const known = documentOf('known-customer');
    const other = { ...ofAnother(known), customerName: 'Somebody Else', billingAddress: { line1: 'Nowhere 1' } };
    const { differences } = compareImported(other, known);
    expect(differences).toEqual(
      expect.arrayContaining([
        { path: 'customerName', kind: 'different', before: '(hidden)', after: '(hidden)' },
        { path: 'billingAddress', kind: 'different', before: '(hidden)', after: '(hidden)' },
      ]),
    );
    expect(JSON.stringify(differences)).not.toMatch(/Liv|Andersen|Somebody|Nowhere|example\.com/);
  });
});

describe("a document of the connector's own", () => {
  const wanted = documentOf('line-discount');

  it('agrees when nothing would be written, whatever else staff put there', () => {
    const existing = { ...wanted, status: 'PartiallyReturned', orderNotes: [{ detail: 'staff' }], customerName: 'Corrected' };
    const { compared, differences } = compareOwn(existing, wanted);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(20);
  });

  it('differs by what would be written, a line once though it stands in its shipment too', () => {
    const change = (line: OmniumOrderLine) => ({ ...line, taxRate: 12 });
    const wrong = withForm(withLines({ ...wanted, properties: [] }, change), (form) => ({
      ...form,
      shipments: form.shipments?.map((one) => ({ ...one, lineItems: one.lineItems?.map(change) })),
    }));
    const { differences } = compareOwn(wrong, wanted);
    expect(differences.filter(({ path }) => path.includes('taxRate'))).toEqual([
      { path: 'orderForm.lineItems[].taxRate', kind: 'different', before: 12, after: 25 },
      { path: 'orderForm.lineItems[].taxRate', kind: 'different', before: 12, after: 25 },
    ]);
    expect(differences).toContainEqual({ path: 'properties[SitooSiteId]', kind: 'missing', before: null, after: '(added)' });
  });
});

test('of nothing there is no parity to speak of', () => {
  expect(parityOf([])).toEqual({ receipts: { compared: 0, agreeing: 0 }, fields: { compared: 0, agreeing: 0 }, groups: [] });
});
