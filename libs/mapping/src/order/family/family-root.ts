import { groupRows } from '../rows';
import type { DecodedSitooOrder } from '../sitoo-order';

/** Whose Omnium document a Sitoo order is written to. */
export type FamilyRoot =
  /** A sale, booking, open order, return without a receipt, or a receipt of goods sold and goods given back: a document of its own. */
  | { readonly kind: 'self' }
  /** A refund that names the order it credits. */
  | { readonly kind: 'sitoo'; readonly orderId: number };

/** A refund is written to the document of the order that it credits (orders-and-customers section 8). */
export function familyRoot(order: DecodedSitooOrder): FamilyRoot {
  const original = isOnlyReturn(order) ? originalOf(order) : undefined;
  return original === undefined ? { kind: 'self' } : { kind: 'sitoo', orderId: original };
}

/** The order that a return credits. */
export function originalOf({ orderId, creditOrderId, data }: DecodedSitooOrder): number | undefined {
  const original = creditOrderId ?? toOrderId(data['pos-originalsales-orderid']);
  return original === orderId ? undefined : original;
}

/** Goods only came back, or there are no goods and only money went back. There is no type for refunds (section 1). */
export function isOnlyReturn({ rows, totals }: DecodedSitooOrder): boolean {
  const quantities = groupRows(rows).map(({ product }) => product.quantity);
  if (quantities.some((quantity) => quantity > 0)) return false;
  return quantities.some((quantity) => quantity < 0) || totals.toPay.lt(0);
}

/** The refund made in the same exchange as this purchase. */
export function exchangeRefundOf({ data }: DecodedSitooOrder): number | undefined {
  return toOrderId(data['pos-refund-orderid']);
}

/** The purchase made in the same exchange as this refund. */
export function exchangeSaleOf({ data }: DecodedSitooOrder): number | undefined {
  return toOrderId(data['pos-refundsales-orderid']);
}

/** The booking or parked cart that this purchase came from. */
export function sourceOrderOf({ data }: DecodedSitooOrder): number | undefined {
  return toOrderId(data['pos-sourceorderid']);
}

/** Ids in additionaldata are text. */
function toOrderId(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
