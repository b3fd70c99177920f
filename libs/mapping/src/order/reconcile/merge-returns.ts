import type { OmniumOrder, OmniumOrderLine } from '@connector/contracts';
import { amount, sum, toJsonNumber } from '../../money/amount';
import type { OmniumReturnForm } from '../family/return-form';
import { mergeFields, mergeList, type Merged, takeDerived } from './merge';
import { mergeExternalIds, mergeProperties, mergeTexts } from './merge-references';
import { returnFormFields, returnLineFields } from './ownership';

type Forms = OmniumOrder['returnOrderForms'];

/** The connector's return forms into those that Omnium has; a form with another id is never touched. */
export function mergeReturnForms(existing: Forms, wanted: Forms): Merged<OmniumReturnForm[]> {
  return mergeList(existing, wanted, keyOf, mergeForm, 'returnOrderForms');
}

function keyOf({ returnId }: OmniumReturnForm): string | undefined {
  return returnId ?? undefined;
}

function mergeForm(existing: OmniumReturnForm, wanted: OmniumReturnForm, path: string): Merged<OmniumReturnForm> {
  const fields = mergeFields(existing, wanted, returnFormFields, path);
  const lines = mergeList(
    existing.lineItems,
    wanted.lineItems,
    ({ lineItemId }) => lineItemId ?? undefined,
    mergeLine,
    `${path}.lineItems`,
  );
  const externalIds = mergeExternalIds(existing.externalIds, wanted.externalIds, `${path}.externalIds`);
  const properties = mergeProperties(existing.properties, wanted.properties, `${path}.properties`);
  const replaced = mergeTexts(existing.replacementOrderIds, wanted.replacementOrderIds, `${path}.replacementOrderIds`);
  const isMoneyChanged = fields.isMoneyChanged || lines.isMoneyChanged;
  const isAllOurs = lines.value.length === (wanted.lineItems ?? []).length;
  const value: OmniumReturnForm = {
    ...fields.value,
    lineItems: lines.value,
    externalIds: externalIds.value,
    properties: properties.value,
    ...(wanted.replacementOrderIds ? { replacementOrderIds: replaced.value } : {}),
  };
  return {
    value: isMoneyChanged && isAllOurs ? takeDerived(value, wanted, returnFormFields) : value,
    changes: [...fields.changes, ...lines.changes, ...externalIds.changes, ...properties.changes, ...replaced.changes],
    isMoneyChanged,
  };
}

function mergeLine(existing: OmniumOrderLine, wanted: OmniumOrderLine, path: string): Merged<OmniumOrderLine> {
  const fields = mergeFields(existing, wanted, returnLineFields, path);
  const properties = mergeProperties(existing.properties, wanted.properties, `${path}.properties`);
  const value = { ...fields.value, properties: properties.value };
  return {
    value: fields.isMoneyChanged ? takeDerived(value, wanted, returnLineFields) : value,
    changes: [...fields.changes, ...properties.changes],
    isMoneyChanged: fields.isMoneyChanged,
  };
}

/**
 * The wanted lines with everything that came back: the connector's forms and those of others. Omnium's staff may have taken one piece back
 * in the web shop and the till another, and the line has to say two.
 */
export function countAllReturns(wanted: OmniumOrder, existing: OmniumOrder): OmniumOrder {
  const ours = new Set((wanted.returnOrderForms ?? []).map(keyOf));
  const others = (existing.returnOrderForms ?? []).filter((form) => !ours.has(keyOf(form)));
  if (others.length === 0 || !wanted.orderForm) return wanted;
  const count = (line: OmniumOrderLine) => withOthers(line, others);
  const { lineItems, shipments } = wanted.orderForm;
  return {
    ...wanted,
    orderForm: {
      ...wanted.orderForm,
      lineItems: lineItems?.map(count),
      shipments: shipments?.map((shipment) => ({ ...shipment, lineItems: shipment.lineItems?.map(count) })),
    },
  };
}

/** Only lines that the connector says came back: what others did on other lines is theirs to say. */
function withOthers(line: OmniumOrderLine, others: readonly OmniumReturnForm[]): OmniumOrderLine {
  if (!line.returnQuantity) return line;
  const theirs = others.flatMap((form) => form.lineItems ?? []).filter(({ lineItemId }) => lineItemId === line.lineItemId);
  const returned = sum(theirs.map(({ returnQuantity }) => amount(returnQuantity ?? 0))).plus(line.returnQuantity);
  return {
    ...line,
    returnQuantity: toJsonNumber(line.quantity !== undefined && returned.gt(line.quantity) ? amount(line.quantity) : returned),
  };
}

/** Did everything on the order come back? */
export function isAllReturned({ orderForm }: OmniumOrder): boolean {
  return (orderForm?.lineItems ?? [])
    .filter(({ isVirtualProduct, quantity }) => !isVirtualProduct && (quantity ?? 0) > 0)
    .every(({ quantity, canceledQuantity, returnQuantity }) =>
      amount(returnQuantity ?? 0)
        .plus(canceledQuantity ?? 0)
        .gte(quantity ?? 0),
    );
}
