import type { OmniumOrder, OmniumOrderForm, OmniumOrderLine, OmniumShipment } from '@connector/contracts';
import { decimal, type Decimal, netOf, round, total, zero } from './money';

/** What Omnium's documented formulas give for an order as sent; amounts as text with two decimals. */
export interface OmniumFigures {
  readonly total: string;
  readonly taxTotal: string;
  readonly roundoff: string;
  readonly paid: string;
  /** VAT per rate, rates without VAT left out. */
  readonly vatByRate: Record<string, string>;
}

/**
 * Calculates an order from `quantity`, `placedPrice`, `discounted` and `taxRate` alone, never from totals that were sent along
 * (docs.omnium.no, Order/order-api): `discountedPrice = quantity * placedPrice - discounted`, `total` = lines + freight + `grossRoundoff`.
 * Omnium publishes no rounding; assumed is what its samples show, tax per line to the cent.
 */
export function omniumFigures(order: OmniumOrder): OmniumFigures {
  const form: OmniumOrderForm = order.orderForm ?? {};
  const taxed = [...(form.lineItems ?? []).map(linePart), ...(form.shipments ?? []).map(freightPart)];
  const roundoff = number(form.grossRoundoff);
  const vats = taxed.map(({ gross, rate }) => ({ rate, vat: gross.minus(netOf(gross, rate)) }));
  const gross = total(taxed.map((part) => part.gross)).plus(roundoff);
  return {
    total: exactCents(gross),
    taxTotal: exactCents(total(vats.map(({ vat }) => vat))),
    roundoff: exactCents(roundoff),
    paid: exactCents(total((form.payments ?? []).map((payment) => number(payment.amount)))),
    vatByRate: groupVat(vats),
  };
}

/** VAT per rate as text, without rates that carry none. */
export function groupVat(parts: readonly { readonly rate: number; readonly vat: Decimal }[]): Record<string, string> {
  const rates = [...new Set(parts.map(({ rate }) => rate))].sort((left, right) => left - right);
  const sums = rates.map((rate) => [String(rate), total(parts.filter((part) => part.rate === rate).map(({ vat }) => vat))] as const);
  return Object.fromEntries(sums.filter(([, vat]) => !vat.eq(0)).map(([rate, vat]) => [rate, vat.toFixed(2)]));
}

interface Taxed {
  readonly gross: Decimal;
  readonly rate: number;
}

function linePart(line: OmniumOrderLine): Taxed {
  const quantity = number(line.quantity);
  const remaining = quantity.minus(number(line.canceledQuantity));
  const discount = quantity.eq(0) ? zero : number(line.discounted).div(quantity).times(remaining);
  return { gross: round(remaining.times(number(line.placedPrice)).minus(discount)), rate: line.taxRate ?? 0 };
}

function freightPart(shipment: OmniumShipment): Taxed {
  return { gross: number(shipment.shippingSubTotal), rate: shipment.shipmentTaxRate ?? 0 };
}

function number(value: number | null | undefined): Decimal {
  return decimal(value ?? 0);
}

/** Every sum of cents is cents: anything finer is a mistake that rounding would hide. */
function exactCents(value: Decimal): string {
  if (!round(value).eq(value)) throw new Error(`${value.toFixed()} is not in whole cents`);
  return value.toFixed(2);
}
