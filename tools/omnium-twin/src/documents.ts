import type { OmniumOrder, OmniumOrderForm, OmniumOrderLine, OmniumPayment, OmniumShipment } from '@connector/contracts';

/** Names for the documents that the twin keeps; the shapes are those of the published contract. */
export type Order = OmniumOrder;
export type OrderForm = OmniumOrderForm;
export type OrderLine = OmniumOrderLine;
export type Shipment = OmniumShipment;
export type Payment = OmniumPayment;
export type ReturnForm = NonNullable<OmniumOrder['returnOrderForms']>[number];
export type Discount = NonNullable<OmniumOrderForm['discounts']>[number];
export type PropertyItem = NonNullable<OmniumOrder['properties']>[number];

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null, undefined and a list are the same to a reader: a list. */
export function listOf<Item>(list: readonly Item[] | null | undefined): readonly Item[] {
  return list ?? [];
}
