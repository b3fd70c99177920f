import type { ReceiptSettings } from '@connector/connector-config';
import { CART_TAG, ORDER_STATE, ORDER_TYPE } from '@connector/mapping';
import { isRecord } from '@connector/platform';

/** Fields that tell whether an order belongs in Omnium and under which id; no person and no money among them but in additionaldata. */
export const seenFields = [
  'orderid',
  'eshopid',
  'externalid',
  'creditorderid',
  'ordertypeid',
  'orderstateid',
  'orderdate',
  'registerid',
  'additionaldata',
] as const;

/** An order that a list showed, as far as reconciliation looks at it. */
export interface SeenOrder {
  id: number;
  /** It came from Omnium, so it is there under an id of Omnium's own. */
  isFromOmnium: boolean;
  /** The order it credits: then it may be a return form of that order's document. */
  credits: number | undefined;
  registerId: string | undefined;
  /** Number on the receipt: register key and running number. */
  receiptId: string | undefined;
}

/**
 * Undefined for what never becomes an order in Omnium: parked carts, abandoned ones, carts of Omnium, types nobody knows, and by the market's settings bookings
 * and orders that another system put into Sitoo, which have neither a register nor the tag of an Omnium order.
 */
export function readSeenOrder(row: unknown, { bookings, foreignOrders }: ReceiptSettings): SeenOrder | undefined {
  if (!isRecord(row) || typeof row['orderid'] !== 'number') return undefined;
  const data = isRecord(row['additionaldata']) ? row['additionaldata'] : {};
  const registerId = textOf(row['registerid']);
  const isFromOmnium = textOf(data['omnium-orderid']) !== undefined;
  const types: unknown[] = bookings === 'skip' ? [ORDER_TYPE.order] : [ORDER_TYPE.order, ORDER_TYPE.booking];
  const isCart = row['ordertypeid'] === ORDER_TYPE.booking && data[CART_TAG] === 'true';
  const isOrder = types.includes(row['ordertypeid']) && row['orderstateid'] !== ORDER_STATE.abandoned && !isCart;
  const isOurs = registerId !== undefined || isFromOmnium || foreignOrders === 'import';
  if (!isOrder || !isOurs) return undefined;
  return {
    id: row['orderid'],
    isFromOmnium,
    credits: idOf(row['creditorderid']) ?? idOf(data['pos-originalsales-orderid']),
    registerId,
    receiptId: textOf(data['pos-receiptid']),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function idOf(value: unknown): number | undefined {
  const id = typeof value === 'number' ? value : typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined;
  return id !== undefined && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
