import type { SitooOrder, SitooOrderWrite } from '@connector/contracts';
import type { Contract } from '@connector/testing';
import { Refused } from '../refused';
import { decimal } from './money';

const OPEN = 0;
/** Schemas of the lists inside an order. */
const LISTS: Readonly<Record<string, string>> = {
  orderitems: 'OrderItemWrite',
  payments: 'OrderPayment',
  reservedpayments: 'OrderReservedPayment',
};

/** Fields that are read-only or unknown: `Invalid field '…' provided in request body` (rest-guide, orders-and-customers section 12.8). */
export function checkFields(contract: Contract, schema: string, body: object): void {
  refuseUnknown(contract, schema, body);
  for (const [list, itemSchema] of Object.entries(LISTS)) {
    const items: unknown = Object.entries(body).find(([name]) => name === list)?.[1];
    for (const item of Array.isArray(items) ? items : []) refuseUnknown(contract, itemSchema, item);
  }
}

/**
 * Rows that a new order may not have. Sitoo does not say how it takes negative quantities: the twin wants the order that they credit, and
 * amounts with the sign of the quantity, since `moneyrowprice` is the price "for the whole quantity" (orders-and-customers section 5.2).
 */
export function checkRows({ orderitems = [], creditorderid }: SitooOrderWrite): void {
  const isReturn = orderitems.some((row) => row.quantity < 0);
  if (isReturn && !creditorderid) throw broken('a negative quantity needs creditorderid');
  const hasOtherSign = orderitems.some((row) => decimal(row.moneyrowprice).times(row.quantity).lt(0));
  if (hasOtherSign) throw broken('moneyrowprice has another sign than its quantity');
}

/** Only an open order moves to another state: reopening is not documented, and what is closed or cancelled stays so (section 10). */
export function checkStateChange(order: SitooOrder, next: number | undefined): void {
  const isMove = next !== undefined && next !== order.orderstateid;
  if (isMove && order.orderstateid !== OPEN) throw broken(`orderstateid cannot change from ${order.orderstateid} to ${next}`);
}

export function broken(message: string): Refused {
  return new Refused(message, { isViolation: true });
}

function refuseUnknown(contract: Contract, schema: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const known = contract.fieldsOf(schema);
  const field = Object.keys(value).find((name) => !known.includes(name));
  if (field !== undefined) throw broken(`Invalid field '${field}' provided in request body`);
}
