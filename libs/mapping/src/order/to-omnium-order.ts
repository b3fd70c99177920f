import type { OrderContext } from './order-context';
import { decodeSitooOrder } from './decode-sitoo-order';
import { familyOf } from './family/family';
import { type FamilyMapping, mapFamily } from './family/map-family';
import { reject } from './rejection';
import type { DecodedSitooOrder } from './sitoo-order';

export type OrderMapping = FamilyMapping;

/** Decodes and maps in one step; a document that is no order is rejected as `ORDER_MALFORMED` at its first problem. */
export function mapSitooOrder(raw: unknown, context: OrderContext): OrderMapping {
  const decoded = decodeSitooOrder(raw);
  if (decoded.ok) return toOmniumOrder(decoded.order, context);
  const [first] = decoded.problems;
  const others = decoded.problems.length > 1 ? ` (and ${decoded.problems.length - 1} more)` : '';
  return reject('ORDER_MALFORMED', first?.path ?? '', `${first?.path || 'the document'} ${first?.message ?? 'cannot be read'}${others}`);
}

/** An order by itself: a family without refunds, deliveries or signals. */
export function toOmniumOrder(order: DecodedSitooOrder, context: OrderContext): OrderMapping {
  return mapFamily(familyOf(order), context);
}
