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
  return `sitoo-${urlSafe(market)}-${site}-${sitooOrderId}`;
}

/** Is this the id of a document that the connector made? @param market Omnium's id of the market */
export function isOrderId(id: string, market: string): boolean {
  const prefix = `sitoo-${urlSafe(market)}-`;
  return id.startsWith(prefix) && /^\d+-\d+$/.test(id.slice(prefix.length));
}

/** @param order Omnium id of the receipt that the money moved on @param position from 1, the place of the (first) payment on the receipt */
export function paymentId(order: string, position: number): string {
  return `${order}-p${position}`;
}

/** Money paid out. @param order Omnium id of the refund's own receipt, so that two refunds of one sale never share an id */
export function creditId(order: string, position: number): string {
  return `${order}-c${position}`;
}

/** Money held by the buyer's bank. Sitoo's own id of the reservation, which stays when its place in the list does not. */
export function authorizationId(order: string, reservationId: string): string {
  return `${order}-a-${urlSafe(reservationId)}`;
}

/** One return form per refund receipt: the same refund always gets the same id, whatever other refunds arrive before or after it. */
export function returnId(refund: string): string {
  return `${refund}-r1`;
}

function urlSafe(text: string): string {
  return encodeURIComponent(text).replaceAll('%', '_');
}

export const EXTERNAL_ID_ORDER = 'SitooOrderId';
export const EXTERNAL_ID_RECEIPT = 'SitooReceiptId';
/** On a purchase: the refund made in the same exchange. */
export const EXTERNAL_ID_EXCHANGE_REFUND = 'SitooExchangeRefundOrderId';
/** On a return: the purchase made in the same exchange. */
export const EXTERNAL_ID_EXCHANGE_SALE = 'SitooExchangeSaleOrderId';
/** On a purchase: the booking or parked cart it came from. */
export const EXTERNAL_ID_SOURCE = 'SitooSourceOrderId';
/** On a return of a sale that has no document of its own. */
export const EXTERNAL_ID_ORIGINAL = 'SitooOriginalOrderId';

/** Group of every property that the connector writes, and of no other. */
export const PROPERTY_GROUP = 'Sitoo';

/** On a shipment: the deliveries in Sitoo that it tells of, and their states. */
export const DELIVERIES_PROPERTY = 'SitooDeliveries';

/** The one delivery of an order, or what is still to be delivered. */
export const SHIPMENT_ID = '1';
/** Goods of an open order that the buyer took along. */
export const TAKEN_SHIPMENT_ID = '2';
export const CHECKOUT_FEE_LINE_ID = 'checkout-fee';
export const DELIVERY_FEE_LINE_ID = 'delivery-fee';

/** additionaldata of a Sitoo order that came from Omnium: the Omnium order. Whoever puts the order into Sitoo writes it. */
export const OMNIUM_ORDER_TAG = 'omnium-orderid';
/** The same, for the shipment that the Sitoo order stands for. Default `1`. */
export const OMNIUM_SHIPMENT_TAG = 'omnium-shipmentid';
/** additionaldata of its rows: the Omnium line (orders-and-customers section 12). */
export const OMNIUM_LINE_TAG = 'web-itemid';
