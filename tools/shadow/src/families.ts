import {
  decodeSitooDelivery,
  decodeSitooOrder,
  familyOf,
  familyRoot,
  pickupSignals,
  sitooOrderFields,
  type DecodedSitooOrder,
  type OrderFamily,
} from '@connector/mapping';
import { documentsOf, lookUp, type Held } from './documents';
import { background, type ShadowSource } from './source';

/** A family as Sitoo has it, and what Omnium has of it. */
export interface HeldFamily {
  readonly family: OrderFamily;
  readonly held: Held;
}

export interface ReadFamilies {
  readonly families: HeldFamily[];
  /** Receipts that take no part, by reason. */
  readonly leftOut: { readonly receipt: string; readonly code: string }[];
}

/** Number on the receipt, else Sitoo's order id. */
export function receiptOf({ orderId, data }: DecodedSitooOrder): string {
  return data['pos-receiptid'] ?? String(orderId);
}

/**
 * The families of these receipts, each with its refunds and deliveries, and their documents. Of a refund the whole family is read, also when its
 * sale is not among these receipts. A refund that Omnium has as an order by itself is not part of its sale there, and is left out.
 * @throws CallError
 */
export async function readFamilies(documents: ReadonlyMap<number, unknown>, source: ShadowSource): Promise<ReadFamilies> {
  const leftOut: ReadFamilies['leftOut'] = [];
  const read = decodeAll(documents, leftOut);
  const roots = await rootsOf(read, source, leftOut);
  const held = await documentsOf(roots, source);
  const credited = new Set(read.map(saleOf));
  const families: HeldFamily[] = [];
  for (const root of roots) {
    const has = held.get(root.orderId) ?? { kind: 'none' };
    const isReturned = credited.has(root.orderId) || ('document' in has && (has.document.returnOrderForms ?? []).length > 0);
    const refunds = isReturned ? await refundsOf(root, source, leftOut) : [];
    families.push({ family: { ...familyOf(root), ...(await progressOf(root, source)), refunds }, held: has });
  }
  return { families, leftOut };
}

/** The sale that a refund credits. */
function saleOf(order: DecodedSitooOrder): number | undefined {
  const owner = familyRoot(order);
  return owner.kind === 'sitoo' ? owner.orderId : undefined;
}

function decodeAll(documents: ReadonlyMap<number, unknown>, leftOut: ReadFamilies['leftOut']): DecodedSitooOrder[] {
  return [...documents].flatMap(([id, document]) => {
    const decoded = decodeSitooOrder(document);
    if (decoded.ok) return [decoded.order];
    leftOut.push({ receipt: String(id), code: 'ORDER_MALFORMED' });
    return [];
  });
}

/** The orders themselves, and the sales that refunds among them credit. */
async function rootsOf(
  read: readonly DecodedSitooOrder[],
  { sitoo }: ShadowSource,
  leftOut: ReadFamilies['leftOut'],
): Promise<DecodedSitooOrder[]> {
  const known = new Set(read.map(({ orderId }) => orderId));
  const absent = read.flatMap((refund) => {
    const sale = saleOf(refund);
    return sale === undefined || known.has(sale) ? [] : [{ refund, sale }];
  });
  const ids = [...new Set(absent.map(({ sale }) => sale))];
  const sales = ids.length === 0 ? new Map<number, unknown>() : await sitoo.orders.byIds(ids, sitooOrderFields, background);
  for (const { refund, sale } of absent) if (!sales.has(sale)) leftOut.push({ receipt: receiptOf(refund), code: 'ORDER_NOT_READABLE' });
  return [...read.filter((order) => saleOf(order) === undefined), ...decodeAll(sales, leftOut)];
}

/** All refunds of a sale that are part of its document: one call. */
async function refundsOf(root: DecodedSitooOrder, source: ShadowSource, leftOut: ReadFamilies['leftOut']): Promise<DecodedSitooOrder[]> {
  const documents = await source.sitoo.orders.refundsOf([root.orderId], sitooOrderFields, background);
  const refunds = decodeAll(documents, leftOut).filter((order) => saleOf(order) === root.orderId);
  const byThemselves = await lookUp(refunds, source);
  return refunds.filter((refund) => {
    const isPart = byThemselves.get(refund.orderId)?.kind === 'none';
    if (!isPart) leftOut.push({ receipt: receiptOf(refund), code: 'RETURN_IS_AN_ORDER' });
    return isPart;
  });
}

/** A till sale that is over was handed over at the till: its deliveries say nothing more. */
async function progressOf(root: DecodedSitooOrder, { sitoo }: ShadowSource): Promise<Pick<OrderFamily, 'deliveries' | 'signals'>> {
  const signals = { ...pickupSignals(root), deliveryStates: new Map<number, string>() };
  const isOverAtTill = root.stateId === 10 && root.registerId !== undefined && root.externalId === undefined;
  if (root.typeId !== 10 || isOverAtTill) return { deliveries: [], signals };
  const decoded = (await sitoo.orders.deliveries(root.orderId, background)).map((raw) => decodeSitooDelivery(raw));
  return { deliveries: decoded.flatMap((one) => (one.ok ? [one.delivery] : [])), signals };
}
