import type { OmniumOrder } from '@connector/contracts';
import { amount } from '../../money/amount';
import { isOrderId } from '../identifiers';
import { ORDER_STATE } from '../receipt';
import { type OrderRejection, reject } from '../rejection';
import type { DecodedSitooOrder } from '../sitoo-order';

export type ImportedOrder = OmniumOrder & { readonly id: string };

/** What Omnium has of a receipt that did not come from the connector. */
export type ImportedJudgement =
  | { readonly kind: 'none' }
  | { readonly kind: 'imported'; readonly document: ImportedOrder }
  /** Nothing may be made and nothing changed before a person has looked. */
  | { readonly kind: 'unclear'; readonly rejection: OrderRejection };

/** Cash rounding and cents are no sign of another sale. */
const TOLERANCE = 1;
const DELETED = 'Deleted';

/** Numbers under which another system may have brought a receipt to Omnium. */
export function referencesOf({ orderId, data }: Pick<DecodedSitooOrder, 'orderId' | 'data'>): string[] {
  const receiptId = data['pos-receiptid'];
  return [String(orderId), ...(receiptId === undefined ? [] : [receiptId])];
}

/**
 * Which of the orders that carry a receipt's numbers is the receipt? The connector's own are not asked about: they are known by their ids and
 * name other receipts too. A deleted order counts only where there is no other.
 * @param market Omnium's id of the market
 */
export function judgeImported(order: DecodedSitooOrder, candidates: readonly ImportedOrder[], market: string): ImportedJudgement {
  const others = candidates.filter(({ id }) => !isOrderId(id, market));
  const live = others.filter(({ status }) => status !== DELETED);
  const [document, second] = live.length > 0 ? live : others.slice(0, 1);
  if (!document) return { kind: 'none' };
  if (second) return unclear('IMPORTED_TWICE', live.map(({ id }) => id).join(' and '));
  // A number may be another sale's by chance, and to take a receipt for imported that is not would lose it.
  if (isOfOtherAmount(order, document)) return unclear('IMPORTED_DIFFERENTLY', document.id);
  return { kind: 'imported', document };
}

function unclear(code: 'IMPORTED_TWICE' | 'IMPORTED_DIFFERENTLY', detail: string): ImportedJudgement {
  return { kind: 'unclear', rejection: reject(code, '', detail).rejection };
}

/** Only of what was sold and not taken back: how another system totals the rest is not known. */
function isOfOtherAmount({ rows, totals, stateId, currency }: DecodedSitooOrder, { orderForm, billingCurrency }: ImportedOrder): boolean {
  const isPlain = stateId !== ORDER_STATE.cancelled && rows.every(({ quantity }) => quantity >= 0);
  if (!isPlain || typeof orderForm?.total !== 'number') return false;
  if (billingCurrency && billingCurrency !== currency) return true;
  return amount(orderForm.total).minus(totals.toPay).abs().gt(TOLERANCE);
}
