import { type Amount, sum } from '../money/amount';
import { sellingStore, stockLocation } from '../store/selling-store';
import { toFees } from './fees';
import { type LineFigures, type MappedLine, toCheckoutFeeLine, toLine } from './lines';
import type { OrderContext } from './order-context';
import { accept, type OrderWarning, reject, type Step, warn } from './rejection';
import { type SaleRow, toSaleRows } from './rows';
import type { DecodedSitooOrder } from './sitoo-order';
import { checkTotals } from './totals';

/** A completed sale, read and checked, before it becomes a document. */
export interface Sale {
  readonly storeId: string;
  readonly stockStoreId: string;
  readonly lines: readonly MappedLine[];
  /** The delivery fee. */
  readonly freight: LineFigures | undefined;
  readonly roundoff: Amount;
  /** The cents in `roundoff` that are no cash rounding: what the rows are off the receipt's total. */
  readonly totalsDifference: Amount;
  readonly warnings: readonly OrderWarning[];
}

/** Everything about the receipt that can be refused, except its delivery and its payments. */
export function readSale(order: DecodedSitooOrder, context: OrderContext): Step<Sale> {
  const store = checkCurrency(order, context) ?? sellingStore(order, context);
  if (!store.ok) return store;
  const rows = toSaleRows(order.rows);
  if (!rows.ok) return rows;
  const totals = checkTotals(order, rows.value.rows);
  if (!totals.ok) return totals;
  const fees = toFees(order, context);
  if (!fees.ok) return fees;
  const lines = toLines(rows.value.rows, context);
  if (!lines.ok) return lines;
  const all = fees.value.checkout ? [...lines.value, toCheckoutFeeLine(fees.value.checkout, context)] : lines.value;
  if (fees.value.delivery && all.length === 0) return reject('FEE_WITHOUT_LINES', 'moneydelivery_net');
  const stock = stockLocation(order, store.value, context);
  return accept({
    storeId: store.value,
    stockStoreId: stock.storeId,
    lines: all,
    freight: fees.value.delivery,
    roundoff: totals.value.roundoff,
    totalsDifference: totals.value.difference,
    warnings: [
      ...rows.value.warnings,
      ...totals.value.warnings,
      ...paymentWarnings(order),
      ...(stock.isMapped ? [] : [warn('STOCK_LOCATION_UNKNOWN', 'warehouseid')]),
    ],
  });
}

/** A foreign currency in the drawer is a payment; a receipt in a foreign currency belongs to another market. */
function checkCurrency({ currency, totals }: DecodedSitooOrder, { market }: OrderContext): Step<never> | undefined {
  if (currency !== market.currency && !market.allowedCurrencies?.includes(currency)) {
    return reject('CURRENCY_MISMATCH', 'currencycode', `${currency} on market ${market.id} (${market.currency})`);
  }
  if (market.isTaxExcluded && !totals.finalVat.eq(0)) return reject('NOT_YET_SUPPORTED_TAX_EXCLUDED_MARKET', 'moneyfinal_vat');
  return undefined;
}

function toLines(rows: readonly SaleRow[], context: OrderContext): Step<MappedLine[]> {
  const lines: MappedLine[] = [];
  for (const row of rows) {
    const line = toLine(row, context);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return accept(lines);
}

function paymentWarnings(order: DecodedSitooOrder): OrderWarning[] {
  const paid = sum(order.payments.map((payment) => payment.amount));
  return paid.eq(order.totals.toPay) ? [] : [warn('PAYMENTS_DO_NOT_SUM', 'payments')];
}
