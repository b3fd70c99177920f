import { amount, ZERO } from '../money/amount';
import type { DecodedSitooOrder, SitooAddress, SitooData, SitooReservation, SitooRow, SitooTender } from './sitoo-order';
import type { RawSitooOrder, RawSitooPayment, RawSitooReservation, RawSitooRow } from './sitoo-order.schema';

/** Turns a document that fits the schema into the shape the rules use. */
export function readSitooOrder(raw: RawSitooOrder): DecodedSitooOrder {
  return {
    orderId: raw.orderid,
    site: raw.eshopid,
    externalId: filled(raw.externalid),
    creditOrderId: raw.creditorderid ?? undefined,
    typeId: raw.ordertypeid,
    stateId: raw.orderstateid,
    paymentStateId: raw.paymentstateid,
    orderedAt: raw.orderdate,
    currency: raw.currencycode,
    registerId: filled(raw.registerid),
    warehouseId: raw.warehouseid ?? undefined,
    staffUserId: filled(raw.userid_staff),
    checkoutName: filled(raw.checkouttypename),
    comment: filled(raw.comment),
    commentInternal: filled(raw.commentinternal),
    customerReference: filled(raw.customerref),
    reservedUntil: raw.datereserved ?? undefined,
    checkoutReference: filled(raw.checkoutref),
    buyer: toBuyer(raw),
    invoiceAddress: toInvoiceAddress(raw),
    deliveryAddress: toDeliveryAddress(raw),
    totals: toTotals(raw),
    data: toData(raw.additionaldata),
    rows: raw.orderitems.map(toRow),
    payments: raw.payments.map(toTender),
    reservedPayments: (raw.reservedpayments ?? []).map(toReservation),
    log: (raw.orderlogitems ?? []).map(({ datelog, orderlogtypeid }) => ({ at: datelog, typeId: orderlogtypeid })),
  };
}

function toBuyer(raw: RawSitooOrder): DecodedSitooOrder['buyer'] {
  return {
    email: filled(raw.email),
    firstName: filled(raw.namefirst),
    lastName: filled(raw.namelast),
    personalId: filled(raw.personalid),
    company: filled(raw.company),
    phone: filled(raw.phone),
  };
}

function toInvoiceAddress(raw: RawSitooOrder): SitooAddress | undefined {
  return toAddress(raw.invoice_address, raw.invoice_address2, raw.invoice_zip, raw.invoice_city, raw.invoice_state, raw.invoice_countryid);
}

function toDeliveryAddress(raw: RawSitooOrder): SitooAddress | undefined {
  return toAddress(
    raw.delivery_address,
    raw.delivery_address2,
    raw.delivery_zip,
    raw.delivery_city,
    raw.delivery_state,
    raw.delivery_countryid,
  );
}

/** A country alone is the account's default, not an address. */
function toAddress(...parts: readonly (string | null | undefined)[]): SitooAddress | undefined {
  const [line1, line2, postalCode, city, state, country] = parts.map(filled);
  if (!line1 && !line2 && !postalCode && !city) return undefined;
  return { line1, line2, postalCode, city, state, countryCode: country?.toUpperCase() };
}

function toTotals(raw: RawSitooOrder): DecodedSitooOrder['totals'] {
  return {
    finalNet: amount(raw.moneyfinal_net),
    finalVat: amount(raw.moneyfinal_vat),
    checkoutNet: amount(raw.moneycheckout_net ?? '0.00'),
    checkoutVat: amount(raw.moneycheckout_vat ?? '0.00'),
    deliveryNet: amount(raw.moneydelivery_net ?? '0.00'),
    deliveryVat: amount(raw.moneydelivery_vat ?? '0.00'),
    salesTax: amount(raw.moneyfinal_salestax ?? '0.00'),
    roundoff: amount(raw.moneytotal_gross_roundoff),
    toPay: amount(raw.moneytotal_gross_all),
  };
}

function toRow(raw: RawSitooRow, index: number): SitooRow {
  const unitQuantity = raw.decimalunitquantity == null ? undefined : amount(raw.decimalunitquantity);
  const rowDiscount = raw.additionaldata?.['orderitem-moneyrowdiscount'];
  return {
    index,
    itemId: raw.orderitemid,
    typeId: raw.orderitemtype,
    productId: raw.productid ?? undefined,
    name: raw.productname.trim(),
    sku: filled(raw.sku),
    attributes: filled(raw.productattributes),
    buyerText: filled(raw.externalinput),
    unit: filled(raw.unitlabel),
    quantity: raw.quantity,
    unitQuantity,
    pricedQuantity: pricedQuantity(raw, unitQuantity),
    vatRate: amount(raw.vatvalue),
    net: amount(raw.moneyitemtotal_net),
    vat: amount(raw.moneyitemtotal_vat),
    unitDiscount: amount(raw.moneydiscount ?? '0.00').abs(),
    rowDiscount: rowDiscount === undefined ? undefined : amount(rowDiscount).abs(),
    voucherCode: filled(raw.vouchercode),
    voucherName: filled(raw.vouchername),
    data: toData(raw.additionaldata),
  };
}

/** Without a unit size the number of units is what was priced, whatever decimalquantitytotal says. */
function pricedQuantity(raw: RawSitooRow, unitQuantity: SitooRow['unitQuantity']): SitooRow['pricedQuantity'] {
  if (!unitQuantity || unitQuantity.eq(ZERO)) return amount(raw.quantity);
  return raw.decimalquantitytotal === undefined ? unitQuantity.times(raw.quantity) : amount(raw.decimalquantitytotal);
}

function toTender(raw: RawSitooPayment, index: number): SitooTender {
  return {
    index,
    name: raw.name.trim(),
    amount: amount(raw.moneyamount),
    externalId: filled(raw.externalid),
    referenceType: filled(raw.reftype),
    referenceId: filled(raw.refid),
    cardIssuer: filled(raw.cardissuer),
    reservationId: filled(raw.reservedpaymentid),
    data: toData(raw.additionaldata),
  };
}

function toReservation(raw: RawSitooReservation, index: number): SitooReservation {
  return {
    id: raw.id,
    index,
    name: raw.name.trim(),
    amount: amount(raw.moneyreserved),
    externalId: filled(raw.externalid),
    referenceType: filled(raw.reftype),
    referenceId: filled(raw.refid),
    cardIssuer: filled(raw.cardissuer),
    data: toData(raw.additionaldata),
  };
}

/** Text values that are not empty; Sitoo documents all additionaldata as text. */
function toData(raw: Record<string, unknown> | undefined): SitooData {
  const entries = Object.entries(raw ?? {}).flatMap(([key, value]) => {
    const text = typeof value === 'string' ? filled(value) : undefined;
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(entries);
}

function filled(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}
