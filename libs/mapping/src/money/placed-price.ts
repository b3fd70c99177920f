import { amount, Amount, CENT, toCents, upToCent } from './amount';

/** What Omnium wants for a line: unit price before discount and discount of the whole line, both with tax. */
export interface PlacedPrice {
  readonly placedPrice: Amount;
  readonly discounted: Amount;
  /** The part of `discounted` that nobody gave: what it takes to make the unit price whole cents. Zero when the price divides evenly. */
  readonly unitPriceRounding: Amount;
}

/**
 * Splits a row total into a unit price and a line discount such that `quantity * placedPrice - discounted` is exactly the row total.
 *
 * Omnium computes `discountedPrice = quantity * placedPrice - discounted` (api-guide 7.4) and nothing says how many decimals it keeps in
 * between. So the unit price has whole cents, as on a price tag, and what does not divide goes into the discount: 3 pieces for 100.00 become
 * 3 * 33.34 - 0.02. The unit price is the list price to the nearest cent, or the next cent above when the discount would become negative.
 * With a whole quantity `discounted` has two decimals; with a measured one (three decimals) up to five.
 *
 * @param gross row total after discount, with tax, not negative
 * @param discount discount as the till tells it, with tax; it may be a cent off, since Sitoo rounds it per unit and without tax
 * @param quantity greater than zero
 */
export function placedPriceOf(gross: Amount, discount: Amount, quantity: Amount): PlacedPrice {
  const given = discount.gt(0) ? discount : amount(0);
  const nearest = toCents(gross.plus(given).div(quantity));
  const placedPrice = nearest.times(quantity).lt(gross) ? nextPriceThatCovers(gross, nearest, quantity) : nearest;
  const discounted = placedPrice.times(quantity).minus(gross);
  return { placedPrice, discounted, unitPriceRounding: given.gt(0) ? amount(0) : discounted };
}

function nextPriceThatCovers(gross: Amount, nearest: Amount, quantity: Amount): Amount {
  const price = upToCent(gross.div(quantity));
  return price.gt(nearest) ? price : nearest.plus(CENT);
}
