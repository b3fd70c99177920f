import { amount, type Amount, sum, ZERO } from '../money/amount';
import { sellingStore, stockLocation } from '../store/selling-store';
import { type Fees, toFees } from './fees';
import type { OrderContext } from './order-context';
import { accept, type OrderWarning, reject, type Step, warn } from './rejection';
import { type SaleRow, toReceiptRows } from './rows';
import type { DecodedSitooOrder, SitooReservation } from './sitoo-order';
import { checkTotals } from './totals';

/** A Sitoo order, read and checked, before it becomes (part of) a document. */
export interface Receipt {
  readonly order: DecodedSitooOrder;
  readonly storeId: string;
  readonly stockStoreId: string;
  readonly sold: readonly SaleRow[];
  /** Goods given back; quantities and amounts positive. */
  readonly back: readonly SaleRow[];
  readonly fees: Fees;
  /** With the sign of the receipt. */
  readonly roundoff: Amount;
  /** The part of `roundoff` that is no cash rounding: what the rows are off the receipt's total. */
  readonly totalsDifference: Amount;
  readonly warnings: readonly OrderWarning[];
}

/** Order types and states of Sitoo (orders-and-customers section 4). Open enumerations: a number that is not here is rejected, never guessed. */
export const ORDER_TYPE = { order: 10, booking: 100, parked: 110 } as const;
export const ORDER_STATE = { open: 0, closed: 10, cancelled: 20, abandoned: -1 } as const;
export const PAYMENT_STATE = { successful: 20, cancelled: 30, failed: 40 } as const;

/** Everything about the receipt that can be refused, except its delivery and its payments. */
export function readReceipt(order: DecodedSitooOrder, context: OrderContext): Step<Receipt> {
  const store = checkMarket(order, context) ?? sellingStore(order, context);
  if (!store.ok) return store;
  const rows = toReceiptRows(order.rows);
  if (!rows.ok) return rows;
  const { sold, back } = rows.value;
  const totals = checkTotals(order, sold, back);
  const fees = toFees(order, context);
  if (!fees.ok) return fees;
  const stock = stockLocation(order, store.value, context);
  return accept({
    order,
    storeId: store.value,
    stockStoreId: stock.storeId,
    sold,
    back,
    fees: fees.value,
    roundoff: totals.roundoff,
    totalsDifference: totals.difference,
    warnings: [
      ...rows.value.warnings,
      ...totals.warnings,
      ...paymentWarnings(order),
      ...(stock.isMapped ? [] : [warn('STOCK_LOCATION_UNKNOWN', 'warehouseid')]),
    ],
  });
}

/** A foreign currency in the drawer is a payment; a receipt in a foreign currency belongs to another market. */
function checkMarket(order: DecodedSitooOrder, { market }: OrderContext): Step<never> | undefined {
  const { currency, totals } = order;
  if (currency !== market.currency && !market.allowedCurrencies?.includes(currency)) {
    return reject('CURRENCY_MISMATCH', 'currencycode', `${currency} on market ${market.id} (${market.currency})`);
  }
  if (!totals.salesTax.eq(0)) return reject('NOT_YET_SUPPORTED_SALES_TAX', 'moneyfinal_salestax');
  if (market.isTaxExcluded && !totals.finalVat.eq(0)) return reject('NOT_YET_SUPPORTED_TAX_EXCLUDED_MARKET', 'moneyfinal_vat');
  const groups = market.vatGroups?.map(amount);
  const stranger = groups && order.rows.find((row) => !groups.some((rate) => rate.eq(row.vatRate)));
  if (!stranger) return undefined;
  return reject(
    'VAT_RATE_WITHOUT_GROUP',
    `orderitems[${stranger.index}].vatvalue`,
    `${stranger.vatRate.toFixed()} % on market ${market.id}`,
  );
}

/** Expected: payments + not yet captured reservations = amount to pay (section 9). A booking is not paid, and nobody expects it to be. */
function paymentWarnings(order: DecodedSitooOrder): OrderWarning[] {
  const { typeId, paymentStateId, payments, totals } = order;
  if (typeId === ORDER_TYPE.booking) return [];
  const isFailed = paymentStateId === PAYMENT_STATE.cancelled || paymentStateId === PAYMENT_STATE.failed;
  if (isFailed && !totals.toPay.eq(0)) return [warn('PAYMENT_FAILED', 'paymentstateid')];
  const held = sum(order.reservedPayments.map((reservation) => uncaptured(reservation, order)));
  const paid = sum(payments.map((payment) => payment.amount)).plus(held);
  if (paid.eq(totals.toPay)) return [];
  const isUnpaid = paid.eq(0) && paymentStateId !== PAYMENT_STATE.successful;
  return [isUnpaid ? warn('ORDER_UNPAID', 'paymentstateid') : warn('PAYMENTS_DO_NOT_SUM', 'payments')];
}

/** What the bank still holds of a reservation. */
function uncaptured({ id, amount: reserved }: SitooReservation, { payments }: DecodedSitooOrder): Amount {
  const captured = sum(payments.filter(({ reservationId }) => reservationId === id).map((payment) => payment.amount));
  const rest = reserved.minus(captured);
  return rest.lt(0) ? ZERO : rest;
}
