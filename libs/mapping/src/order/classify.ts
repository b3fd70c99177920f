import { type OrderRejection, type OrderSkip, reject, type RejectionCode, skipCodes, type SkipCode } from './rejection';
import { groupRows } from './rows';
import type { DecodedSitooOrder } from './sitoo-order';

// Open enumerations of Sitoo (orders-and-customers section 4); a number that is not here is rejected, never guessed.
const ORDER_TYPE = { order: 10, booking: 100, parked: 110 } as const;
const ORDER_STATE = { open: 0, closed: 10, cancelled: 20, abandoned: -1 } as const;
const PAYMENT_STATE = { successful: 20 } as const;

export type OrderClass =
  | { readonly kind: 'sale' }
  | { readonly kind: 'skip'; readonly skip: OrderSkip }
  | { readonly kind: 'reject'; readonly rejection: OrderRejection };

/** Completed sales go on; everything else is left alone or refused by name. */
export function classify(order: DecodedSitooOrder): OrderClass {
  if (order.typeId === ORDER_TYPE.parked) return skip('PARKED_CART');
  if (order.stateId === ORDER_STATE.abandoned) return skip('ABANDONED_CART');
  const refused =
    refuseByType(order) ?? refuseByGoodsGivenBack(order) ?? refuseByState(order) ?? refuseByOrigin(order) ?? refuseByMoney(order);
  return refused ?? { kind: 'sale' };
}

function refuseByType(order: DecodedSitooOrder): OrderClass | undefined {
  if (order.typeId === ORDER_TYPE.booking) return refuse('NOT_YET_SUPPORTED_BOOKING', 'ordertypeid');
  if (order.typeId !== ORDER_TYPE.order) return refuse('NOT_YET_SUPPORTED_ORDER_TYPE', 'ordertypeid', `order type ${order.typeId}`);
  return undefined;
}

/** Exchanges before returns: each half of an exchange may also look like a plain return or a plain sale (section 8). */
function refuseByGoodsGivenBack(order: DecodedSitooOrder): OrderClass | undefined {
  const marker = ['pos-refund-orderid', 'pos-refundsales-orderid'].find((key) => order.data[key]);
  if (marker) return refuse('NOT_YET_SUPPORTED_EXCHANGE', `additionaldata.${marker}`);
  const offset = order.payments.find((payment) => payment.data['virtual-payment'] === 'true');
  if (offset) return refuse('NOT_YET_SUPPORTED_EXCHANGE', `payments[${offset.index}].additionaldata.virtual-payment`);

  const goods = groupRows(order.rows).map((group) => group.product);
  const back = goods.find((row) => row.quantity < 0);
  if (back && goods.some((row) => row.quantity > 0)) return refuse('NOT_YET_SUPPORTED_EXCHANGE', `orderitems[${back.index}].quantity`);
  if (back) return refuse('NOT_YET_SUPPORTED_RETURN', `orderitems[${back.index}].quantity`);
  if (order.creditOrderId !== undefined) return refuse('NOT_YET_SUPPORTED_RETURN', 'creditorderid');
  if (order.data['pos-originalsales-orderid']) return refuse('NOT_YET_SUPPORTED_RETURN', 'additionaldata.pos-originalsales-orderid');
  return undefined;
}

function refuseByState(order: DecodedSitooOrder): OrderClass | undefined {
  if (order.stateId === ORDER_STATE.open) return refuse('NOT_YET_SUPPORTED_OPEN_ORDER', 'orderstateid');
  if (order.stateId === ORDER_STATE.cancelled) return refuse('NOT_YET_SUPPORTED_CANCELLED', 'orderstateid');
  if (order.stateId !== ORDER_STATE.closed) return refuse('NOT_YET_SUPPORTED_ORDER_STATE', 'orderstateid', `order state ${order.stateId}`);
  return undefined;
}

/** Orders with an external id came through the API, perhaps from Omnium itself: an own order must not come back as a second one. */
function refuseByOrigin(order: DecodedSitooOrder): OrderClass | undefined {
  if (order.externalId !== undefined) return refuse('NOT_YET_SUPPORTED_WEB_ORDER', 'externalid');
  if (order.registerId === undefined) return refuse('NOT_YET_SUPPORTED_WEB_ORDER', 'registerid');
  return undefined;
}

function refuseByMoney(order: DecodedSitooOrder): OrderClass | undefined {
  const { totals } = order;
  if (order.reservedPayments > 0) return refuse('NOT_YET_SUPPORTED_RESERVED_PAYMENT', 'reservedpayments');
  if (order.paymentStateId !== PAYMENT_STATE.successful && !totals.toPay.eq(0)) {
    return refuse('NOT_YET_SUPPORTED_UNPAID', 'paymentstateid', `payment state ${order.paymentStateId}`);
  }
  if (!totals.salesTax.eq(0)) return refuse('NOT_YET_SUPPORTED_SALES_TAX', 'moneyfinal_salestax');
  if (totals.toPay.lt(0)) return refuse('NOT_YET_SUPPORTED_NEGATIVE_AMOUNT', 'moneytotal_gross_all');
  return undefined;
}

function skip(code: SkipCode): OrderClass {
  return { kind: 'skip', skip: { code, message: skipCodes[code] } };
}

function refuse(code: RejectionCode, path: string, detail?: string): OrderClass {
  return { kind: 'reject', rejection: reject(code, path, detail).rejection };
}
