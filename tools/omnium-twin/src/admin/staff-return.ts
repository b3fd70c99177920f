import Ajv from 'ajv';
import Big from 'big.js';
import { isoTime } from '../clock';
import type { Order, OrderLine } from '../documents';
import { listOf } from '../documents';

/** What a member of Omnium's staff takes back. */
export interface StaffReturn {
  lines: { lineItemId: string; quantity: number }[];
  reason?: string;
}

const isReturn = new Ajv({ allErrors: true }).compile<StaffReturn>({
  type: 'object',
  required: ['lines'],
  additionalProperties: false,
  properties: {
    lines: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['lineItemId', 'quantity'],
        additionalProperties: false,
        properties: { lineItemId: { type: 'string' }, quantity: { type: 'number', exclusiveMinimum: 0 } },
      },
    },
    reason: { type: 'string' },
  },
});

/** A return as it came in. Throws with every problem. */
export function decodeStaffReturn(input: unknown): StaffReturn {
  if (isReturn(input)) return input;
  throw new Error((isReturn.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
}

/** The order with one more return form, made by hand: an id that no connector chose, quantities on the lines, nothing paid back yet. */
export function withStaffReturn(order: Order, { lines, reason }: StaffReturn, now: number): Order {
  const forms = listOf(order.returnOrderForms);
  const back = (line: OrderLine) => lines.find((candidate) => candidate.lineItemId === line.lineItemId)?.quantity ?? 0;
  const unknown = lines.find(({ lineItemId }) => !listOf(order.orderForm?.lineItems).some((line) => line.lineItemId === lineItemId));
  if (unknown) throw new Error(`the order has no line '${unknown.lineItemId}'`);
  const returned = listOf(order.orderForm?.lineItems).filter((line) => back(line) > 0);
  const marked = (line: OrderLine): OrderLine =>
    back(line) > 0 ? { ...line, returnQuantity: (line.returnQuantity ?? 0) + back(line) } : line;
  const form = {
    returnId: `staff-return-${forms.length + 1}`,
    status: 'Completed',
    storeId: order.storeId,
    created: isoTime(now),
    creditPayment: false,
    returnComment: reason,
    lineItems: returned.map((line) => returnedLine(line, back(line), reason)),
  };
  return {
    ...order,
    returnOrderForms: [...forms, form],
    orderForm: {
      ...order.orderForm,
      lineItems: listOf(order.orderForm?.lineItems).map(marked),
      shipments: listOf(order.orderForm?.shipments).map((shipment) => ({ ...shipment, lineItems: listOf(shipment.lineItems).map(marked) })),
    },
  };
}

function returnedLine(
  { lineItemId, code, displayName, placedPrice, taxRate, discounted, quantity }: OrderLine,
  back: number,
  reason?: string,
): OrderLine {
  const share = new Big(discounted ?? 0).times(back).div(quantity || 1);
  return {
    lineItemId,
    code,
    displayName,
    placedPrice,
    taxRate,
    quantity: back,
    returnQuantity: back,
    discounted: share.round(2, Big.roundHalfUp).toNumber(),
    returnReason: reason,
    updateStock: true,
  };
}
