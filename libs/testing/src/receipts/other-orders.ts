import type { SitooOrder, SitooOrderItem } from '@connector/contracts';
import { pickProduct } from './catalogue';
import { amountToPay, type ReceiptContent, type ReceiptFrame } from './document';
import { inventBuyer } from './people';
import { decimal, type Decimal, money, zero } from './money';
import { card, virtualPayment } from './payments';
import { defaultReceiptStores } from './stores';
import type { Rng } from './rng';
import { productRow, rowGross } from './rows';
import { plainRows, type SaleOptions } from './sales';

const DAY_SECONDS = 86_400;

/** A reservation: no money, stock held for 14 days. */
export function bookingContent(rng: Rng, frame: ReceiptFrame, options: SaleOptions, plantedToken: string): ReceiptContent {
  return {
    rows: plainRows(rng, options, 1),
    payments: [],
    fields: {
      ...inventBuyer(rng, plantedToken),
      ordertypeid: 100,
      orderstateid: 0,
      paymentstateid: 0,
      datereserved: frame.orderedAt + 14 * DAY_SECONDS,
    },
  };
}

/** The purchase of what was booked: a completed sale of the same goods that names its source (orders-and-customers section 11). */
export function bookingPurchaseContent(rng: Rng, booking: SitooOrder): ReceiptContent {
  const { orderid, orderitems: rows = [], email, namefirst, namelast, personalid, company, phone } = booking;
  return {
    rows,
    payments: [card(rng, amountToPay({ rows }))],
    data: { 'pos-sourceorderid': String(orderid) },
    fields: { email, namefirst, namelast, personalid, company, phone },
  };
}

export function parkedCartContent(rng: Rng, options: SaleOptions): ReceiptContent {
  return { rows: plainRows(rng, options), payments: [], fields: { ordertypeid: 110, orderstateid: 0, paymentstateid: 0 } };
}

/** Paid in the shop, shipped from the central warehouse. */
export function endlessAisleContent(rng: Rng, options: SaleOptions, plantedToken: string): ReceiptContent {
  const rows = plainRows(rng, options, 1);
  const buyer = inventBuyer(rng, plantedToken);
  return {
    rows,
    payments: [card(rng, amountToPay({ rows }))],
    data: { 'delivery-carrier-productid': 'HOME' },
    fields: {
      ...buyer,
      orderstateid: 0,
      delivery_address: buyer.invoice_address,
      delivery_zip: buyer.invoice_zip,
      delivery_city: buyer.invoice_city,
      delivery_countryid: buyer.invoice_countryid,
    },
  };
}

/** Paid in one shop, to be collected in another. */
export function storePickupContent(rng: Rng, frame: ReceiptFrame, options: SaleOptions, plantedToken: string): ReceiptContent {
  const rows = plainRows(rng, options, 1);
  const other = defaultReceiptStores.find(({ externalId }) => externalId !== frame.store.externalId) ?? frame.store;
  return {
    rows,
    payments: [card(rng, amountToPay({ rows }))],
    data: { 'delivery-pickup-externalid': other.externalId, 'delivery-pickup-warehouseid': String(other.warehouseId) },
    fields: { ...inventBuyer(rng, plantedToken), orderstateid: 0 },
  };
}

/** Goods sold and goods given back without a receipt, on one receipt. */
export function mixedContent(rng: Rng, options: SaleOptions): ReceiptContent {
  const sold = plainRows(rng, options, rng.int(1, 2));
  const { rows: back } = goodsBack(rng, options, undefined);
  const rows = [...sold, ...back.map((row) => ({ ...row, orderitemid: row.orderitemid + sold.length }))];
  const toPay = amountToPay({ rows });
  return { rows, payments: toPay.eq(0) ? [] : [card(rng, toPay)] };
}

/** Goods given back and money paid out: of an earlier sale when there is one, else without receipt. */
export function returnContent(rng: Rng, options: SaleOptions, original: SitooOrder | undefined): ReceiptContent {
  const { rows, data, fields } = goodsBack(rng, options, original);
  const toPay = amountToPay({ rows });
  return { rows, data, fields, payments: toPay.eq(0) ? [] : [card(rng, toPay)] };
}

/** The two halves of an exchange; what one owes the other is set off, the difference is paid by card. */
export function exchangeContents(
  rng: Rng,
  options: SaleOptions,
  original: SitooOrder | undefined,
  ids: { readonly refund: number; readonly sale: number; readonly refundReceipt: string },
): { refund: ReceiptContent; sale: ReceiptContent } {
  const back = goodsBack(rng, options, original);
  const rows = plainRows(rng, options, 1);
  const owed = zero.minus(amountToPay({ rows: back.rows }));
  const due = amountToPay({ rows });
  const setOff = owed.lt(due) ? owed : due;
  const pay = (amount: Decimal) => (amount.eq(0) ? [] : [card(rng, amount)]);
  return {
    refund: {
      ...back,
      data: { ...back.data, 'pos-refundsales-orderid': String(ids.sale) },
      payments: [virtualPayment(zero.minus(setOff)), ...pay(setOff.minus(owed))],
    },
    sale: {
      rows,
      payments: [virtualPayment(setOff), ...pay(due.minus(setOff))],
      data: { 'pos-refund-orderid': String(ids.refund), 'pos-refund-receiptid': ids.refundReceipt },
    },
  };
}

function goodsBack(
  rng: Rng,
  { currency }: SaleOptions,
  original: SitooOrder | undefined,
): Omit<ReceiptContent, 'payments'> & { data: Record<string, string> } {
  const reason = { 'refundreasoncode-reasoncode': '102', 'refundreasoncode-comment': 'Wrong size' };
  const sold = original?.orderitems?.find(
    (row) => row.quantity > 0 && row.decimalunitquantity === null && row.sku !== '' && rowGross(row).gt(0),
  );
  if (!original || !sold) return { rows: [reversed(productRow(0, pickProduct(rng, currency)))], data: reason };
  return {
    rows: [
      reversed({
        ...sold,
        orderitemid: 0,
        additionaldata: { 'pos-originalsales-orderitemid': String(sold.orderitemid), 'reasoncode-return': '102' },
      }),
    ],
    data: { ...reason, 'pos-originalsales-orderid': String(original.orderid) },
    fields: { creditorderid: original.orderid },
  };
}

/** Sitoo's shape of a returned row: quantity and totals negative, unit figures positive. */
function reversed(row: SitooOrderItem): SitooOrderItem {
  const negative = (value: string | undefined) => money(zero.minus(decimal(value ?? '0')));
  return {
    ...row,
    quantity: -row.quantity,
    moneyitemtotal_net: negative(row.moneyitemtotal_net),
    moneyitemtotal_vat: negative(row.moneyitemtotal_vat),
    decimalquantitytotal: decimal(row.decimalquantitytotal ?? '1')
      .times(-1)
      .toFixed(3),
  };
}
