import type { OmniumOrder, OmniumOrderLine } from '@connector/contracts';
import { toJsonNumber } from '../../money/amount';
import { type DocumentParts, isRoundedInReturn, toDocument, withReturns } from '../document';
import type { ImportedOrder } from '../imported/judge-imported';
import { toldReturns } from '../imported/told-returns';
import type { OrderContext } from '../order-context';
import { type OrderStateName, statusOf } from '../order-state';
import { ORDER_STATE, ORDER_TYPE, readReceipt, type Receipt } from '../receipt';
import { accept, type OrderRejection, type OrderSkip, type OrderWarning, type Step } from '../rejection';
import { classify } from './classify';
import { readDeliveries } from './deliveries';
import { type OrderFamily, refundsOf } from './family';
import { familyState } from './family-state';
import { importedLines, isOpenOrder, toImportedPatch } from './imported-order';
import { omniumLines, toOmniumPatch } from './omnium-order';
import { type OmniumReturnForm, toReturnForm, totalsOf } from './return-form';
import { returnedOf, type ReturnPart, type Returned, type SoldLine } from './return-lines';
import { type FamilyReturns, type RefusedRefund, returnState, toReturns } from './returns';

export type FamilyMapping =
  | {
      readonly ok: true;
      readonly order: OmniumOrder & { readonly id: string };
      /**
       * How a document that Omnium does not have is made (api-guide 7.1). `never`: the order came from Omnium or was imported by another system,
       * so its document is only patched, and one that cannot be found is a mistake, not a reason to make another.
       */
      readonly create: 'upsert-without-workflow' | 'create-with-workflow' | 'never';
      readonly warnings: readonly OrderWarning[];
      /** Refunds that are not in the document, each with its reason. */
      readonly refused: readonly RefusedRefund[];
      readonly rejection?: undefined;
      readonly skip?: undefined;
    }
  | { readonly ok: false; readonly rejection: OrderRejection; readonly skip?: undefined }
  | { readonly ok: false; readonly skip: OrderSkip; readonly rejection?: undefined };

/**
 * The Omnium document of an order family, complete and with the receipts' own figures to the cent: made so that Omnium's formulas
 * (api-guide 7.4) give the same total, round-off and VAT per rate.
 */
export function mapFamily(family: OrderFamily, context: OrderContext): FamilyMapping {
  const fate = classify(family, context);
  if (fate.kind === 'skip') return { ok: false, skip: fate.skip };
  if (fate.kind === 'reject') return { ok: false, rejection: fate.rejection };
  const { imported } = family;
  if (imported && isSettled(imported, family, context)) return patchOnly({ id: imported.id });
  const receipt = readReceipt(family.root, context);
  if (!receipt.ok) return receipt;
  const deliveries = readDeliveries(family);
  const parts = { family, receipt: receipt.value, deliveries, state: familyState(family, receipt.value.sold, deliveries) };
  if (fate.kind === 'omnium') return mapOmniumOrder(fate.omniumOrderId, parts, context);
  return imported ? mapImported(imported, parts, context) : mapOwn(parts, context);
}

/** Nothing has happened since that Omnium does not know, so nothing about the receipt can be wrong either. */
function isSettled(imported: ImportedOrder, family: OrderFamily, context: OrderContext): boolean {
  const told = toldReturns(family, context);
  return !isOpenOrder(imported) && refundsOf(family).every((refund) => told.of(refund) === 'told');
}

/** A document that is only added to. */
function patchOnly(order: OmniumOrder & { id: string }, returns?: FamilyReturns, warnings: readonly OrderWarning[] = []): FamilyMapping {
  return { ok: true, order, create: 'never', warnings: [...warnings, ...(returns?.warnings ?? [])], refused: returns?.refused ?? [] };
}

function mapOwn(parts: DocumentParts, context: OrderContext): FamilyMapping {
  const { family, receipt, deliveries, state } = parts;
  const document = toDocument(parts, context);
  if (!document.ok) return document;
  const own = ownReturn(parts, context);
  if (!own.ok) return own;
  const sold = soldLines(receipt, document.value);
  const returns = toReturns(family, sold, context);
  const returned = returnState(sold, returns.returned);
  const forms = [...own.value, ...returns.forms];
  const order = withReturns(withPaymentsBack(document.value, returns, sold, forms), totalsOf(forms));
  return {
    ok: true,
    order: { ...order, ...statusAfterReturns(state, returned, context) },
    create: hasWorkLeft(family) && returned !== 'all' ? 'create-with-workflow' : 'upsert-without-workflow',
    warnings: [...receipt.warnings, ...deliveries.warnings, ...returns.warnings],
    refused: returns.refused,
  };
}

/** An open order has to be delivered, and Omnium's workflow does that; whatever is over must start none: no mail about goods in hand. */
function hasWorkLeft({ root }: OrderFamily): boolean {
  return root.typeId === ORDER_TYPE.order && root.stateId === ORDER_STATE.open;
}

function mapOmniumOrder(omniumOrderId: string, parts: DocumentParts, context: OrderContext): FamilyMapping {
  const { family, receipt, deliveries } = parts;
  const sold = omniumLines(receipt);
  if (!sold.ok) return sold;
  const returns = toReturns(family, sold.value, context);
  const returned = returnState(sold.value, returns.returned);
  const order = toOmniumPatch(omniumOrderId, { ...parts, sold: sold.value, returns, returned }, context);
  return patchOnly(order, returns, deliveries.warnings);
}

function mapImported(imported: ImportedOrder, parts: DocumentParts, context: OrderContext): FamilyMapping {
  const { family, receipt, deliveries, state } = parts;
  const sold = importedLines(receipt, imported);
  if (!sold.ok) return sold;
  const returns = toReturns(family, sold.value, context);
  const returned = returnState(sold.value, returns.returned);
  const order = toImportedPatch(imported, { ...parts, sold: sold.value, returns, returned }, context);
  return patchOnly({ ...order, ...statusAfterReturns(state, returned, context) }, returns, deliveries.warnings);
}

/** Goods given back on the root itself, without or beside a sale: a return form whose lines stand alone. */
function ownReturn({ receipt, state }: DocumentParts, context: OrderContext): Step<OmniumReturnForm[]> {
  if (state === 'cancelled' || (receipt.back.length === 0 && !isRoundedInReturn(receipt))) return accept([]);
  const parts = receipt.back.map((row): ReturnPart => ({
    row,
    line: {
      itemId: row.product.itemId,
      lineItemId: String(row.product.itemId),
      code: undefined,
      sku: row.product.sku,
      quantity: row.product.pricedQuantity,
    },
  }));
  const form = toReturnForm(receipt, parts, context);
  return form.ok ? accept([form.value]) : form;
}

function soldLines({ sold }: Receipt, { orderForm }: OmniumOrder): SoldLine[] {
  return sold.map(({ product }) => {
    const lineItemId = String(product.itemId);
    const code = orderForm?.lineItems?.find((line) => line.lineItemId === lineItemId)?.code ?? undefined;
    return { itemId: product.itemId, lineItemId, code, sku: product.sku, quantity: product.pricedQuantity };
  });
}

/** The sold lines say how many of them came back, in the form and in their shipment alike. */
function withPaymentsBack(
  order: OmniumOrder & { id: string },
  { payments, returned }: FamilyReturns,
  sold: readonly SoldLine[],
  forms: readonly OmniumReturnForm[],
): OmniumOrder & { id: string } {
  if (forms.length === 0) return order;
  const mark = (line: OmniumOrderLine) => withReturnQuantity(line, sold, returned);
  const form = order.orderForm ?? {};
  const replaced = [...new Set(forms.flatMap(({ replacementOrderIds }) => replacementOrderIds ?? []))];
  return {
    ...order,
    ...(replaced.length === 0 ? {} : { replacementOrderIds: replaced }),
    orderForm: {
      ...form,
      lineItems: (form.lineItems ?? []).map(mark),
      shipments: (form.shipments ?? []).map((shipment) => ({ ...shipment, lineItems: (shipment.lineItems ?? []).map(mark) })),
      payments: [...(form.payments ?? []), ...payments],
    },
    returnOrderForms: [...forms],
  };
}

function withReturnQuantity(line: OmniumOrderLine, sold: readonly SoldLine[], returned: Returned): OmniumOrderLine {
  const match = sold.find(({ lineItemId }) => lineItemId === line.lineItemId);
  const back = match && returnedOf(returned, match);
  return back === undefined || back.eq(0) ? line : { ...line, returnQuantity: toJsonNumber(back) };
}

/** A return moves a completed order on; an order that is still open stays so until all of it is back. */
function statusAfterReturns(state: OrderStateName, back: 'none' | 'part' | 'all', context: OrderContext): Pick<OmniumOrder, 'status'> {
  if (back === 'none' || state === 'cancelled') return {};
  if (back === 'all') return { status: statusOf('returned', context) };
  return state === 'completed' ? { status: statusOf('partlyReturned', context) } : {};
}
