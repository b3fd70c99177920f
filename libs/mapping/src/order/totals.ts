import type { OmniumOrderForm } from '@connector/contracts';
import { type Amount, CENT, sum, toJsonNumber, ZERO } from '../money/amount';
import type { LineFigures } from './lines';
import { type OrderWarning, warn } from './rejection';
import type { SaleRow } from './rows';
import type { DecodedSitooOrder } from './sitoo-order';

export interface CheckedTotals {
  /** Cash rounding, plus what the rows are off the receipt's total. */
  readonly roundoff: Amount;
  /** What the rows are off. */
  readonly difference: Amount;
  readonly warnings: readonly OrderWarning[];
}

/**
 * Do rows, fees and round-off give what the till took? Sitoo's total counts either way (orders-and-customers section 6): what is missing goes
 * into the round-off, with one warning for a cent per row and another for more.
 */
export function checkTotals(order: DecodedSitooOrder, sold: readonly SaleRow[], back: readonly SaleRow[]): CheckedTotals {
  const { totals } = order;
  const net = sum(sold.map((row) => row.net))
    .minus(sum(back.map((row) => row.net)))
    .plus(totals.checkoutNet)
    .plus(totals.deliveryNet);
  const vat = sum(sold.map((row) => row.vat))
    .minus(sum(back.map((row) => row.vat)))
    .plus(totals.checkoutVat)
    .plus(totals.deliveryVat);
  const missing = totals.toPay.minus(totals.roundoff).minus(net).minus(vat);
  const tolerance = CENT.times(order.rows.length);
  const differences: readonly (readonly [string, Amount])[] = [
    ['moneytotal_gross_all', missing],
    ['moneyfinal_net', totals.finalNet.minus(net)],
    ['moneyfinal_vat', totals.finalVat.minus(vat)],
  ];
  const warnings = differences
    .filter(([, difference]) => !difference.eq(0))
    .map(([path, difference]) => warn(difference.abs().lte(tolerance) ? 'TOTALS_WITHIN_TOLERANCE' : 'TOTALS_DO_NOT_ADD_UP_IMPORTED', path));
  return { roundoff: totals.roundoff.plus(missing), difference: missing, warnings };
}

/** The form's figures by Omnium's formulas: `total` = lines + freight + `grossRoundoff` (api-guide 7.4). */
export function formTotals(
  lines: { net: Amount; vat: Amount; gross: Amount },
  freight: LineFigures | undefined,
  roundoff: Amount,
): FormTotals {
  const freightNet = freight?.net ?? ZERO;
  const freightGross = freightNet.plus(freight?.vat ?? ZERO);
  const taxTotal = lines.vat.plus(freight?.vat ?? ZERO);
  const total = lines.gross.plus(freightGross).plus(roundoff);
  return {
    grossRoundoff: toJsonNumber(roundoff),
    subTotal: toJsonNumber(lines.gross),
    subTotalExclTax: toJsonNumber(lines.net),
    shippingSubTotal: toJsonNumber(freightGross),
    shippingSubTotalExclTax: toJsonNumber(freightNet),
    shippingTotal: toJsonNumber(freightGross),
    taxTotal: toJsonNumber(taxTotal),
    total: toJsonNumber(total),
    totalExclTax: toJsonNumber(total.minus(taxTotal)),
  };
}

export type FormTotals = Required<
  Pick<
    OmniumOrderForm,
    | 'subTotal'
    | 'subTotalExclTax'
    | 'shippingSubTotal'
    | 'shippingSubTotalExclTax'
    | 'shippingTotal'
    | 'taxTotal'
    | 'total'
    | 'totalExclTax'
  >
> & { readonly grossRoundoff: number };
