import { idOf, rmaNumberOf } from '../document';
import type { OrderFamily } from '../family/family';
import type { OmniumReturnForm } from '../family/return-form';
import { returnId } from '../identifiers';
import type { OrderContext } from '../order-context';
import { reject, type OrderRejection } from '../rejection';
import type { DecodedSitooOrder } from '../sitoo-order';
import { referencesOf } from './judge-imported';

/** What another system has already told Omnium of a refund. */
export interface ToldReturns {
  /** `told`: its units count, nothing of it is written. A rejection: a person has to look first. */
  of(refund: DecodedSitooOrder): 'told' | OrderRejection | undefined;
  /** A form that may be this refund and names no receipt; undefined: there is none. */
  perhaps(refund: DecodedSitooOrder, lineItemIds: readonly string[]): OrderRejection | undefined;
}

/** A clock at the till and Omnium's may differ by this much, ms. */
const CLOCKS_MS = 3_600_000;

/** What was looked up of the family's refunds, and the return forms that its imported document carries. */
export function toldReturns({ imported, refundsTold }: OrderFamily, context: OrderContext): ToldReturns {
  const forms = imported?.returnOrderForms ?? [];
  const isOurs = (refund: DecodedSitooOrder) => forms.some((form) => form.returnId === returnId(idOf(refund, context)));
  return {
    of: (refund) => {
      if (isOurs(refund)) return undefined;
      return forms.some((form) => names(form, refund)) ? 'told' : refundsTold?.get(refund.orderId);
    },
    perhaps: (refund, lineItemIds) => {
      const form = isOurs(refund) ? undefined : forms.find((one) => mayBe(one, refund, lineItemIds));
      return form && reject('RETURN_PERHAPS_IMPORTED', 'orderitems', `return ${form.returnId ?? ''}`).rejection;
    },
  };
}

function names({ externalIds, rmaNumber }: OmniumReturnForm, refund: DecodedSitooOrder): boolean {
  const numbers = new Set([...referencesOf(refund), rmaNumberOf(refund)]);
  return [rmaNumber, ...(externalIds ?? []).map(({ id }) => id)].some((value) => typeof value === 'string' && numbers.has(value));
}

/** A form without any number of another system, of the same lines, and not made before the goods came back. */
function mayBe({ externalIds, lineItems, created }: OmniumReturnForm, refund: DecodedSitooOrder, lineItemIds: readonly string[]): boolean {
  if ((externalIds ?? []).length > 0) return false;
  const madeAt = created ? Date.parse(created) : Number.NaN;
  if (madeAt < refund.orderedAt * 1000 - CLOCKS_MS) return false;
  return (lineItems ?? []).some(({ lineItemId }) => lineItemId != null && lineItemIds.includes(lineItemId));
}
