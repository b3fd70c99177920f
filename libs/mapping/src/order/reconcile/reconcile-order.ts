import type { OmniumOrder } from '@connector/contracts';
import { amount, sum, toJsonNumber } from '../../money/amount';
import { mergeFields, type OrderChange, takeDerived } from './merge';
import { isAllOurs, mergeForm } from './merge-form';
import { mergeExternalIds, mergeProperties, mergeTags } from './merge-references';
import { orderFields } from './ownership';

export type OrderReconciliation =
  | { readonly action: 'create'; readonly order: OmniumOrder }
  | { readonly action: 'equal' }
  | {
      readonly action: 'patch';
      /** The whole document: what Omnium has, with the connector's fields put right. */
      readonly order: OmniumOrder;
      /** What was put right, without personal values. Never empty. */
      readonly changes: readonly OrderChange[];
    };

/**
 * What to write so that Omnium agrees with the receipt. Only fields that the ownership table gives to the connector are compared and written;
 * notes, tags, properties of other groups, return forms, further payments, enrichment, calculated figures and a status that moved on survive.
 *
 * @param existing the order as Omnium answers it, undefined when it has none
 * @param wanted the order as the map makes it
 */
export function reconcileOrder(existing: OmniumOrder | undefined, wanted: OmniumOrder): OrderReconciliation {
  if (!existing) return { action: 'create', order: wanted };
  const fields = mergeFields(existing, wanted, orderFields, '');
  const externalIds = mergeExternalIds(existing.externalIds, wanted.externalIds, 'externalIds');
  const properties = mergeProperties(existing.properties, wanted.properties, 'properties');
  const tags = mergeTags(existing.tags, wanted.tags);
  const form = mergeForm(existing.orderForm, wanted.orderForm ?? {});
  const changes = [...fields.changes, ...externalIds.changes, ...properties.changes, ...tags.changes, ...form.changes];
  if (changes.length === 0) return { action: 'equal' };
  const order: OmniumOrder = {
    ...fields.value,
    externalIds: externalIds.value,
    properties: properties.value,
    tags: tags.value,
    orderForm: form.value,
  };
  const isTotalOurs = form.isMoneyChanged && isAllOurs(existing.orderForm ?? {}, wanted.orderForm ?? {});
  return { action: 'patch', order: isTotalOurs ? withNetTotals(order, wanted) : order, changes };
}

/** `netTotal = orderForm.total - sum(returnOrderForms.total)` (api-guide 7.4). */
function withNetTotals(order: OmniumOrder, wanted: OmniumOrder): OmniumOrder {
  const returns = order.returnOrderForms ?? [];
  const less = (total: number | undefined, parts: readonly (number | undefined)[]) =>
    toJsonNumber(amount(total ?? 0).minus(sum(parts.map((part) => amount(part ?? 0)))));
  return {
    ...takeDerived(order, wanted, orderFields),
    netTotal: less(
      wanted.netTotal,
      returns.map((form) => form.total),
    ),
    netTotalExclTax: less(
      wanted.netTotalExclTax,
      returns.map((form) => form.totalExclTax),
    ),
  };
}
