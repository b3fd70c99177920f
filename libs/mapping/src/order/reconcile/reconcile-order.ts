import type { OmniumOrder } from '@connector/contracts';
import { amount, sum, toJsonNumber } from '../../money/amount';
import { orderStates } from '../order-state';
import { mergeFields, type OrderChange } from './merge';
import { isAllOurs, mergeForm } from './merge-form';
import { mergeExternalIds, mergeProperties, mergeTexts } from './merge-references';
import { countAllReturns, isAllReturned, mergeReturnForms } from './merge-returns';
import { orderFields } from './ownership';
import { respectSplits } from './splits';

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
 * What to write so that Omnium agrees with the receipts. Only fields that the ownership table gives to the connector are compared and written;
 * notes, tags, properties of other groups, return forms of others, further payments, enrichment, calculated figures and a status that moved on
 * survive.
 *
 * @param existing the order as Omnium answers it, undefined when it has none
 * @param wanted the order as the map makes it
 */
export function reconcileOrder(existing: OmniumOrder | undefined, wanted: OmniumOrder): OrderReconciliation {
  if (!existing) return { action: 'create', order: wanted };
  const whole = countAllReturns(wanted, existing);
  const form = mergeForm(existing.orderForm, respectSplits(whole, existing).orderForm ?? {});
  const returns = mergeReturnForms(existing.returnOrderForms, whole.returnOrderForms);
  const fields = mergeFields(existing, withStatus(whole, form.value), orderFields, '');
  const externalIds = mergeExternalIds(existing.externalIds, whole.externalIds, 'externalIds');
  const properties = mergeProperties(existing.properties, whole.properties, 'properties');
  const tags = mergeTexts(existing.tags, whole.tags, 'tags');
  const replaced = mergeTexts(existing.replacementOrderIds, whole.replacementOrderIds, 'replacementOrderIds');
  const parts = [fields, externalIds, properties, tags, replaced, form, returns];
  const changes = parts.flatMap((part) => part.changes);
  if (changes.length === 0) return { action: 'equal' };
  const order: OmniumOrder = {
    ...fields.value,
    externalIds: externalIds.value,
    properties: properties.value,
    tags: tags.value,
    orderForm: form.value,
    ...(whole.replacementOrderIds ? { replacementOrderIds: replaced.value } : {}),
    ...(whole.returnOrderForms ? { returnOrderForms: returns.value } : {}),
  };
  const isTotalOurs = form.isMoneyChanged && isAllOurs(existing.orderForm ?? {}, whole.orderForm ?? {});
  return { action: 'patch', order: isTotalOurs || returns.isMoneyChanged ? withNetTotals(order) : order, changes };
}

/**
 * The map knows its own lines only. An order with more on it than came back is partly returned, and one of which only a part went to the store
 * is as far as Omnium says: then the state is told by the shipment alone.
 */
function withStatus(wanted: OmniumOrder, orderForm: OmniumOrder['orderForm']): OmniumOrder {
  if (wanted.status === orderStates.returned.status) {
    return isAllReturned({ orderForm }) ? wanted : { ...wanted, status: orderStates.partlyReturned.status };
  }
  if (wanted.status === orderStates.partlyReturned.status) return wanted;
  return isPartOf(wanted, orderForm) ? { ...wanted, status: undefined } : wanted;
}

/** Does an order that came from Omnium carry only some of its goods? Its lines have no quantity of their own. */
function isPartOf({ orderForm: wanted }: OmniumOrder, orderForm: OmniumOrder['orderForm']): boolean {
  const lines = wanted?.lineItems ?? [];
  if (lines.length === 0 || lines.some(({ quantity }) => quantity !== undefined)) return false;
  const told = new Set(lines.map(({ lineItemId }) => lineItemId));
  return (orderForm?.lineItems ?? []).some(({ lineItemId, isVirtualProduct }) => !isVirtualProduct && !told.has(lineItemId));
}

/** `netTotal = orderForm.total - sum(returnOrderForms.total)` (api-guide 7.4), of what the document now holds. */
function withNetTotals(order: OmniumOrder): OmniumOrder {
  const forms = order.returnOrderForms ?? [];
  const less = (total: number | undefined, back: readonly (number | undefined)[]) =>
    total === undefined ? undefined : toJsonNumber(amount(total).minus(sum(back.map((part) => amount(part ?? 0)))));
  const { total, totalExclTax } = order.orderForm ?? {};
  return {
    ...order,
    netTotal: less(
      total,
      forms.map((form) => form.total),
    ),
    netTotalExclTax: less(
      totalExclTax,
      forms.map((form) => form.totalExclTax),
    ),
  };
}
