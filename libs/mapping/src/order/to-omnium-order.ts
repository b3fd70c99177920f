import type { OmniumOrder } from '@connector/contracts';
import { classify } from './classify';
import { decodeSitooOrder } from './decode-sitoo-order';
import { toDocument } from './document';
import type { OrderContext } from './order-context';
import { type OrderRejection, type OrderSkip, type OrderWarning, reject } from './rejection';
import { readSale } from './sale';
import type { DecodedSitooOrder } from './sitoo-order';

export type OrderMapping =
  | {
      readonly ok: true;
      readonly order: OmniumOrder;
      readonly warnings: readonly OrderWarning[];
      readonly rejection?: undefined;
      readonly skip?: undefined;
    }
  | { readonly ok: false; readonly rejection: OrderRejection; readonly skip?: undefined }
  | { readonly ok: false; readonly skip: OrderSkip; readonly rejection?: undefined };

/** Decodes and maps in one step; a document that is no order is rejected as `ORDER_MALFORMED` at its first problem. */
export function mapSitooOrder(raw: unknown, context: OrderContext): OrderMapping {
  const decoded = decodeSitooOrder(raw);
  if (decoded.ok) return toOmniumOrder(decoded.order, context);
  const [first] = decoded.problems;
  const others = decoded.problems.length > 1 ? ` (and ${decoded.problems.length - 1} more)` : '';
  return reject('ORDER_MALFORMED', first?.path ?? '', `${first?.path || 'the document'} ${first?.message ?? 'cannot be read'}${others}`);
}

/**
 * The Omnium order of a completed Sitoo sale, complete and with the receipt's own figures to the cent: made so that Omnium's formulas
 * (api-guide 7.4) give the same total, round-off and VAT per rate. Anything that is not a completed sale is skipped or rejected by name.
 */
export function toOmniumOrder(order: DecodedSitooOrder, context: OrderContext): OrderMapping {
  const fate = classify(order);
  if (fate.kind === 'skip') return { ok: false, skip: fate.skip };
  if (fate.kind === 'reject') return { ok: false, rejection: fate.rejection };
  const sale = readSale(order, context);
  if (!sale.ok) return sale;
  const body = toDocument(order, sale.value, context);
  return body.ok ? { ok: true, order: body.value, warnings: sale.value.warnings } : body;
}
