/** What the Omnium id of a receipt is made of. */
export interface OrderIdParts {
  /** Omnium market id. */
  readonly market: string;
  /** Sitoo's eshopid. */
  readonly site: number;
  readonly sitooOrderId: number;
}

/**
 * Omnium id of a receipt: the same receipt always gets the same id, so it cannot be booked twice (api-guide 7.2). Omnium warns of
 * characters that need escaping in URLs; a market id that has some is escaped with `_`.
 */
export function orderId({ market, site, sitooOrderId }: OrderIdParts): string {
  return `sitoo-${encodeURIComponent(market).replaceAll('%', '_')}-${site}-${sitooOrderId}`;
}

/** @param position from 1, the place of the (first) payment on the receipt */
export function paymentId(order: string, position: number): string {
  return `${order}-p${position}`;
}

export const EXTERNAL_ID_ORDER = 'SitooOrderId';
export const EXTERNAL_ID_RECEIPT = 'SitooReceiptId';

/** Group of every property that the connector writes, and of no other. */
export const PROPERTY_GROUP = 'Sitoo';

export const SHIPMENT_ID = '1';
export const CHECKOUT_FEE_LINE_ID = 'checkout-fee';
