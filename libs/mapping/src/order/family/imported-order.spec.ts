import type { OmniumOrder, OmniumOrderLine } from '@connector/contracts';
import { rejectionCodes, type RejectionCode } from '../rejection';
import { read } from '../golden.fixture';
import type { ImportedOrder } from '../imported/judge-imported';
import { reconcileOrder } from '../reconcile/reconcile-order';
import { aFamily, mapped, context } from './family.fixture';
import type { OrderFamily } from './family';
import { mapFamily } from './map-family';

const importedOf = (name: string) => read<{ imported: ImportedOrder }>(`${name}.in.json`).imported;
const sale = importedOf('imported-return');
const REFUND = 20_519;

const returning = (imported: ImportedOrder, change: Partial<OrderFamily> = {}) => aFamily('imported-return', { imported, ...change });

/** The document as it is written. */
function written(imported: ImportedOrder, family: OrderFamily): OmniumOrder {
  const result = reconcileOrder(imported, mapped(family).order);
  return result.action === 'patch' ? result.order : imported;
}

const refusals = (family: OrderFamily) => mapped(family).refused.map(({ rejection: { code, message } }) => [code, message]);

describe('a sale that another system brought to Omnium', () => {
  it('stays as it is', () => {
    expect(reconcileOrder(sale, mapped(aFamily('imported-sale', { imported: sale })).order)).toEqual({ action: 'equal' });
  });

  it('is not refused for what the connector could not book: it is there', () => {
    const family = aFamily('imported-sale', { imported: sale });
    expect(mapFamily(family, { ...context, storeByExternalId: () => undefined }).ok).toBe(true);
    expect(mapFamily(aFamily('imported-sale'), { ...context, storeByExternalId: () => undefined }).ok).toBe(false);
  });

  it('gets its return form, credit, units and status, and nothing else changes', () => {
    const order = written(sale, returning(sale));
    expect(order).toMatchObject({ id: sale.id, status: 'PartiallyReturned', netTotal: 1073 });
    expect(order.returnOrderForms).toMatchObject([
      {
        returnId: `sitoo-nor-1-${REFUND}-r1`,
        total: 274,
        lineItems: [{ lineItemId: 'l-1', code: 'yellow-tshirt-medium', returnQuantity: 1 }],
      },
    ]);
    expect(order.orderForm?.lineItems?.map(({ lineItemId, returnQuantity }) => [lineItemId, returnQuantity])).toEqual([
      ['l-2', undefined],
      ['l-1', 1],
    ]);
    expect(order.orderForm?.payments?.map(({ id, transactionType }) => [id, transactionType])).toEqual([
      ['5c1d', 'Sale'],
      [`sitoo-nor-1-${REFUND}-c1`, 'Credit'],
    ]);
    expect(order.orderForm?.shipments?.[0]?.lineItems?.find(({ lineItemId }) => lineItemId === 'l-1')).toMatchObject({ returnQuantity: 1 });
    expect({ ...order.orderForm, payments: [], lineItems: [], shipments: [] }).toEqual({
      ...sale.orderForm,
      payments: [],
      lineItems: [],
      shipments: [],
    });
    expect(order.externalIds).toEqual(sale.externalIds);
  });

  it('gets it once', () => {
    const once = { ...written(sale, returning(sale)), id: sale.id };
    expect(reconcileOrder(once, mapped(returning(once)).order)).toEqual({ action: 'equal' });
  });

  it('finds its lines by row number and SKU, then by SKU and quantity, then by SKU', () => {
    const [jeans, shirts] = sale.orderForm?.lineItems ?? [];
    const withLines = (lineItems: OmniumOrderLine[]) => ({
      ...sale,
      orderForm: { ...sale.orderForm, lineItems },
    });
    const lineOf = (imported: ImportedOrder) =>
      mapped(returning(imported)).order.returnOrderForms?.[0]?.lineItems?.map(({ lineItemId }) => lineItemId);
    const other = { ...shirts, lineItemId: 'x', quantity: 1 };
    expect(lineOf(withLines([jeans!, other, shirts!]))).toEqual(['l-1']);
    expect(lineOf(withLines([jeans!, shirts!, { ...other, lineItemId: '0' }]))).toEqual(['0']);
    expect(lineOf(withLines([jeans!, other]))).toEqual(['x']);
  });

  it('is refused with the row when it has no line for what was sold', () => {
    const [jeans] = sale.orderForm?.lineItems ?? [];
    const imported = { ...sale, orderForm: { ...sale.orderForm, lineItems: [jeans!] } };
    expect(mapFamily(returning(imported), context)).toMatchObject({
      ok: false,
      rejection: { code: 'IMPORTED_LINE_UNKNOWN', path: 'orderitems[0].sku' },
    });
  });
});

describe('a refund that another system brought to Omnium', () => {
  const [refund] = aFamily('imported-return').refunds;
  const line = { lineItemId: 'l-1', code: 'yellow-tshirt-medium', quantity: 1, returnQuantity: 1 };
  const withForm = (form: NonNullable<OmniumOrder['returnOrderForms']>[number]): ImportedOrder => ({
    ...sale,
    returnOrderForms: [{ returnId: '1', lineItems: [line], ...form }],
  });
  const forms = (imported: ImportedOrder, change: Partial<OrderFamily> = {}) =>
    mapped(returning(imported, change)).order.returnOrderForms?.length ?? 0;

  it.each([
    ['its order id', { externalIds: [{ providerName: 'Any', id: String(REFUND) }] }],
    ['its receipt number', { externalIds: [{ providerName: 'Any', id: refund?.data['pos-receiptid'] }] }],
    ['its number for people', { rmaNumber: `sitoo-${refund?.data['pos-receiptid']}` }],
  ])('is known on a return form by %s and not written again', (_, form) => {
    expect(forms(withForm(form))).toBe(0);
    expect(refusals(returning(withForm(form)))).toEqual([]);
  });

  it('is known as an order of its own and not written again', () => {
    expect(forms(sale, { refundsTold: new Map([[REFUND, 'told']]) })).toBe(0);
  });

  it('counts: no more comes back than was sold', () => {
    const again = aFamily('return-repeated');
    const [first] = again.refunds;
    const told = mapped({ ...again, refundsTold: new Map([[first!.orderId, 'told']]) });
    expect(told.order.returnOrderForms?.length).toBe(again.refunds.length - 1);
    expect(told.refused).toEqual([]);
  });

  it('waits for a person when a form of the same lines names no receipt, until somebody names one on it', () => {
    const message = `${rejectionCodes.RETURN_PERHAPS_IMPORTED}: return 1`;
    expect(refusals(returning(withForm({})))).toEqual([['RETURN_PERHAPS_IMPORTED', message]]);
    expect(refusals(returning(withForm({ externalIds: [{ providerName: 'Staff', id: 'web return' }] })))).toEqual([]);
  });

  it.each([
    ['of other lines', { lineItems: [{ ...line, lineItemId: 'l-2' }] }],
    ['made before the goods came back', { created: '2026-03-01T10:00:00Z' }],
  ])('is not taken for a form %s', (_, form) => {
    expect(refusals(returning(withForm(form)))).toEqual([]);
    expect(forms(withForm(form))).toBe(1);
  });

  it('waits for a person when the look-up says so, and the sale is written all the same', () => {
    const rejection = { code: 'IMPORTED_TWICE' as RejectionCode, path: '', message: 'A and B' };
    const mapping = mapped(aFamily('return-partial', { refundsTold: new Map([[REFUND, rejection]]) }));
    expect(mapping.refused).toEqual([{ orderId: REFUND, rejection }]);
    expect(mapping.order.orderForm?.total).toBe(1347);
  });
});

describe('an open order that another system brought to Omnium', () => {
  const open = importedOf('imported-open');

  it('moves on with its deliveries, on its one shipment', () => {
    const order = written(open, aFamily('imported-open', { imported: open }));
    expect(order).toMatchObject({ id: open.id, status: 'PartiallyShipped' });
    expect(order.orderForm?.lineItems?.map(({ deliveredQuantity }) => deliveredQuantity)).toContain(1);
    expect(order.orderForm?.total).toBe(open.orderForm?.total);
    expect(order.orderForm?.shipments).toHaveLength(1);
  });

  it('is completed when Sitoo closes it, and cancelled when Sitoo cancels it', () => {
    const family = aFamily('imported-open', { imported: open, deliveries: [] });
    const after = (stateId: number) => written(open, { ...family, root: { ...family.root, stateId } });
    expect(after(10)).toMatchObject({ status: 'Completed', orderForm: { shipments: [{ status: 'Released' }] } });
    expect(after(20)).toMatchObject({ status: 'OrderCanceled', orderForm: { shipments: [{ status: 'Cancelled' }] } });
    expect(after(20).orderForm?.lineItems?.map(({ quantity, canceledQuantity }) => [quantity, canceledQuantity])).toEqual(
      open.orderForm?.lineItems?.map(({ quantity }) => [quantity, quantity]),
    );
  });

  it('keeps shipments as they are when it has several', () => {
    const shipments = [...(open.orderForm?.shipments ?? []), { shipmentId: '2', status: 'AwaitingInventory' }];
    const imported = { ...open, orderForm: { ...open.orderForm, shipments } };
    const order = written(imported, aFamily('imported-open', { imported }));
    expect(order.status).toBe('PartiallyShipped');
    expect(order.orderForm?.shipments?.map(({ status }) => status)).toEqual(['AwaitingInventory', 'AwaitingInventory']);
  });
});
