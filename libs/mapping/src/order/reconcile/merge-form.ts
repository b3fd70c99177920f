import type { OmniumOrderForm, OmniumOrderLine, OmniumPayment, OmniumShipment } from '@connector/contracts';
import { addedEntry, collect, mergeFields, mergeList, type Merged, takeDerived, unchanged } from './merge';
import { mergeExternalIds, mergeProperties } from './merge-references';
import { DELIVERIES_PROPERTY, PROPERTY_GROUP } from '../identifiers';
import { formFields, lineFields, paymentFields, shipmentFields } from './ownership';

/** Lines, deliveries and payments of a completed sale into the form that Omnium has. */
export function mergeForm(existing: OmniumOrderForm | null | undefined, wanted: OmniumOrderForm): Merged<OmniumOrderForm> {
  if (!existing) return addedEntry(wanted, 'orderForm');
  const fields = mergeFields(existing, wanted, formFields, 'orderForm');
  const lines = mergeList(existing.lineItems, withoutStrangers(existing, wanted), lineKey, mergeLine, 'orderForm.lineItems');
  const shipments = mergeShipments(
    existing.shipments ?? [],
    wanted.shipments ?? [],
    (wanted.lineItems ?? []).filter(({ quantity }) => quantity === undefined),
  );
  const payments = mergeList(existing.payments, wanted.payments, ({ id }) => id ?? undefined, mergePayment, 'orderForm.payments');
  const isMoneyChanged = fields.isMoneyChanged || lines.isMoneyChanged || shipments.isMoneyChanged;
  const value = { ...fields.value, lineItems: lines.value, shipments: shipments.value, payments: payments.value };
  return {
    value: isMoneyChanged && isAllOurs(existing, wanted) ? takeDerived(value, wanted, formFields) : value,
    changes: [...fields.changes, ...lines.changes, ...shipments.changes, ...payments.changes],
    isMoneyChanged,
  };
}

/** Lines or order discounts that staff added count in the totals: then only Omnium can calculate them. */
export function isAllOurs(existing: OmniumOrderForm, wanted: OmniumOrderForm): boolean {
  const ours = new Set((wanted.lineItems ?? []).map(lineKey));
  return (existing.lineItems ?? []).every((line) => ours.has(lineKey(line))) && (existing.discounts ?? []).length === 0;
}

/** A line without a quantity only tells of progress (an order that came from Omnium): what Omnium does not have is not made of it. */
function withoutStrangers(existing: OmniumOrderForm, wanted: OmniumOrderForm): OmniumOrderLine[] {
  const known = new Set((existing.lineItems ?? []).map(lineKey));
  return (wanted.lineItems ?? []).filter((line) => line.quantity !== undefined || known.has(lineKey(line)));
}

function lineKey(line: OmniumOrderLine): string | undefined {
  return line.lineItemId ?? undefined;
}

function mergeLine(existing: OmniumOrderLine, wanted: OmniumOrderLine, path: string): Merged<OmniumOrderLine> {
  const fields = mergeFields(existing, wanted, lineFields, path);
  const properties = mergeProperties(existing.properties, wanted.properties, `${path}.properties`);
  const value = { ...fields.value, properties: properties.value };
  return {
    value: fields.isMoneyChanged ? takeDerived(value, wanted, lineFields) : value,
    changes: [...fields.changes, ...properties.changes],
    isMoneyChanged: fields.isMoneyChanged,
  };
}

function mergePayment(existing: OmniumPayment, wanted: OmniumPayment, path: string): Merged<OmniumPayment> {
  const fields = mergeFields(existing, wanted, paymentFields, path);
  const externalIds = mergeExternalIds(existing.externalIds, wanted.externalIds, `${path}.externalIds`);
  const properties = mergeProperties(existing.properties, wanted.properties, `${path}.properties`);
  return {
    value: { ...fields.value, externalIds: externalIds.value, properties: properties.value },
    changes: [...fields.changes, ...externalIds.changes, ...properties.changes],
    isMoneyChanged: false,
  };
}

/**
 * A line sits in one shipment only. Staff may have split or moved lines, so each line is merged where it is; only a line that is in no
 * shipment goes to the wanted one, which is made when it is missing.
 */
function mergeShipments(
  existing: readonly OmniumShipment[],
  wanted: readonly OmniumShipment[],
  progressOnly: readonly OmniumOrderLine[],
): Merged<OmniumShipment[]> {
  const lines = wanted.flatMap((shipment) => shipment.lineItems ?? []).concat(progressOnly);
  const placed = new Set(existing.flatMap((shipment) => (shipment.lineItems ?? []).map(lineKey)));
  const missingOf = (shipment: OmniumShipment | undefined) => (shipment?.lineItems ?? []).filter((line) => !placed.has(lineKey(line)));
  const merged = existing.map((shipment) => {
    const match = wanted.find(({ shipmentId }) => shipmentId === shipment.shipmentId);
    return mergeShipment(shipment, match, lines, missingOf(match));
  });
  const added = wanted
    .filter((shipment) => !existing.some(({ shipmentId }) => shipmentId === shipment.shipmentId) && missingOf(shipment).length > 0)
    .map((shipment) => addedEntry({ ...shipment, lineItems: missingOf(shipment) }, shipmentPath(shipment)));
  return collect([...merged, ...added]);
}

function mergeShipment(
  existing: OmniumShipment,
  wanted: OmniumShipment | undefined,
  lines: readonly OmniumOrderLine[],
  missing: readonly OmniumOrderLine[],
): Merged<OmniumShipment> {
  const path = shipmentPath(existing);
  const here = new Set((existing.lineItems ?? []).map(lineKey));
  const wantedHere = [...lines.filter((line) => here.has(lineKey(line))), ...missing];
  const merged = mergeList(existing.lineItems, wantedHere, lineKey, mergeLine, `${path}.lineItems`);
  const fields = wanted ? mergeShipmentFields(existing, wanted, path) : unchanged(existing);
  const isMoneyChanged = fields.isMoneyChanged || merged.isMoneyChanged;
  const properties = mergeProperties(existing.properties, wanted?.properties, `${path}.properties`);
  const value = {
    ...fields.value,
    lineItems: merged.value,
    ...(wanted?.properties ? { properties: properties.value } : {}),
  };
  const isWhole =
    wanted !== undefined && merged.value.length === (wanted.lineItems ?? []).length && wantedHere.length === merged.value.length;
  return {
    value: isMoneyChanged && isWhole ? takeDerived(value, wanted, shipmentFields) : value,
    changes: [...fields.changes, ...merged.changes, ...properties.changes],
    isMoneyChanged,
  };
}

function mergeShipmentFields(existing: OmniumShipment, wanted: OmniumShipment, path: string): Merged<OmniumShipment> {
  const told = deliveriesTold(existing);
  const isNews = told !== undefined && told !== deliveriesTold(wanted);
  // A delivery called off in Sitoo may be followed by another: then the shipment starts again.
  const before = isNews && existing.status === CANCELLED && wanted.status !== CANCELLED ? { ...existing, status: undefined } : existing;
  const after = isNews ? wanted : withoutCallingBack(existing, wanted);
  return mergeFields(before, withoutOtherPlace(existing, after), shipmentFields, path);
}

const CANCELLED = 'Cancelled';

/** What Sitoo said of its deliveries when the shipment was last written. */
function deliveriesTold({ properties }: OmniumShipment): string | undefined {
  return properties?.find(({ key, keyGroup }) => keyGroup === PROPERTY_GROUP && key === DELIVERIES_PROPERTY)?.value ?? undefined;
}

/** What Omnium shipped is gone, whatever became of the order in Sitoo; only a delivery that Sitoo told of can be called off in Sitoo. */
function withoutCallingBack(existing: OmniumShipment, wanted: OmniumShipment): OmniumShipment {
  if (wanted.status !== CANCELLED || existing.status !== 'Shipped') return wanted;
  return { ...wanted, status: undefined, orderStatus: undefined };
}

/** Sender, place and address belong to a shipping method: with another one (chosen by staff, or before the order was closed) they do not fit. */
function withoutOtherPlace(existing: OmniumShipment, wanted: OmniumShipment): OmniumShipment {
  if (!existing.shippingMethodName || !wanted.shippingMethodName || existing.shippingMethodName === wanted.shippingMethodName)
    return wanted;
  return { ...wanted, shippingMethodId: undefined, warehouseCode: undefined, pickUpWarehouseCode: undefined, address: undefined };
}

function shipmentPath({ shipmentId }: OmniumShipment): string {
  return `orderForm.shipments[${shipmentId}]`;
}
