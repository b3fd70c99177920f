import type { OmniumOrderForm } from '@connector/contracts';
import { type Amount, CENT, sum, toJsonNumber, ZERO } from '../money/amount';
import type { LineFigures } from './lines';
import { accept, type OrderWarning, reject, type Step, warn } from './rejection';
import type { SaleRow } from './rows';
import type { DecodedSitooOrder } from './sitoo-order';

export interface CheckedTotals {
  /** Cash rounding, plus the cents that the rows are off the receipt's total. */
  readonly roundoff: Amount;
  /** Those cents. */
  readonly difference: Amount;
  readonly warnings: readonly OrderWarning[];
}

/**
 * Do rows, fees and round-off give what the till took? A cent per row is let through with Sitoo's total and a warning
 * (orders-and-customers section 6); more is not an order that anyone can account for.
 */
export function checkTotals(order: DecodedSitooOrder, rows: readonly SaleRow[]): Step<CheckedTotals> {
  const { totals } = order;
  const net = sum(rows.map((row) => row.net))
    .plus(totals.checkoutNet)
    .plus(totals.deliveryNet);
  const vat = sum(rows.map((row) => row.vat))
    .plus(totals.checkoutVat)
    .plus(totals.deliveryVat);
  const missing = totals.toPay.minus(totals.roundoff).minus(net).minus(vat);
  const tolerance = CENT.times(order.rows.length);
  const differences: readonly (readonly [string, Amount])[] = [
    ['moneytotal_gross_all', missing],
    ['moneyfinal_net', totals.finalNet.minus(net)],
    ['moneyfinal_vat', totals.finalVat.minus(vat)],
  ];
  const tooFar = differences.find(([, difference]) => difference.abs().gt(tolerance));
  if (tooFar) return reject('TOTALS_DO_NOT_ADD_UP', tooFar[0]);
  const warnings = differences.filter(([, difference]) => !difference.eq(0)).map(([path]) => warn('TOTALS_WITHIN_TOLERANCE', path));
  return accept({ roundoff: totals.roundoff.plus(missing), difference: missing, warnings });
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
