import type { OmniumPayment } from '@connector/contracts';
import { type Amount, ZERO } from '../../money/amount';
import { OMNIUM_ORDER_TAG } from '../identifiers';
import { type ToldReturns, toldReturns } from '../imported/told-returns';
import type { OrderContext } from '../order-context';
import { ORDER_STATE, ORDER_TYPE, readReceipt } from '../receipt';
import { accept, type OrderRejection, type OrderWarning, reject, type Step } from '../rejection';
import type { DecodedSitooOrder } from '../sitoo-order';
import { type OrderFamily, refundsOf } from './family';
import { type OmniumReturnForm, toReturnForm, toReturnPayments } from './return-form';
import { allocate, type Returned, returnedOf, type SoldLine } from './return-lines';

/** A refund that could not be written. The document goes through with the others. */
export interface RefusedRefund {
  readonly orderId: number;
  readonly rejection: OrderRejection;
}

export interface FamilyReturns {
  readonly forms: readonly OmniumReturnForm[];
  readonly payments: readonly OmniumPayment[];
  /** Units that came back by the forms, by `lineItemId`. */
  readonly returned: Returned;
  readonly refused: readonly RefusedRefund[];
  readonly warnings: readonly OrderWarning[];
}

interface Entry {
  readonly returned: Returned;
  readonly form?: OmniumReturnForm;
  readonly payments: readonly OmniumPayment[];
  readonly warnings: readonly OrderWarning[];
}

/**
 * The refunds of a sold order: those that Omnium has first, since its lines cannot be taken back, then the oldest. One that cannot be written
 * holds up none of the others.
 */
export function toReturns(family: OrderFamily, sold: readonly SoldLine[], context: OrderContext): FamilyReturns {
  const { root, placed = new Map<number, Returned>() } = family;
  const told = toldReturns(family, context);
  const refunds = refundsOf(family);
  const isPlaced = ({ orderId }: DecodedSitooOrder) => placed.has(orderId);
  const entries: Entry[] = [];
  const refused: RefusedRefund[] = [];
  /** Everything that came back, also what Omnium told Sitoo itself. */
  let returned: Returned = new Map();
  for (const refund of [...refunds.filter(isPlaced), ...refunds.filter((one) => !isPlaced(one))]) {
    if (isNoReturn(refund)) continue;
    const goods = { sold, before: returned, placed: placed.get(refund.orderId) };
    const entry = toEntry(refund, goods, { currency: root.currency, told }, context);
    if (entry.ok) {
      entries.push(entry.value);
      returned = plus(returned, entry.value.returned, sold);
    } else refused.push({ orderId: refund.orderId, rejection: entry.rejection });
  }
  const written = entries.filter(({ form }) => form !== undefined);
  return {
    forms: written.flatMap(({ form }) => form ?? []),
    payments: written.flatMap(({ payments }) => payments),
    returned: written.reduce<Returned>((total, entry) => plus(total, entry.returned, sold), new Map()),
    refused,
    warnings: written.flatMap(({ warnings }) => warnings),
  };
}

/** A refund that was called off, or no order at all. */
function isNoReturn({ typeId, stateId }: DecodedSitooOrder): boolean {
  return typeId !== ORDER_TYPE.order || stateId === ORDER_STATE.cancelled || stateId === ORDER_STATE.abandoned;
}

interface Goods {
  readonly sold: readonly SoldLine[];
  readonly before: Returned;
  readonly placed: Returned | undefined;
}

function toEntry(
  refund: DecodedSitooOrder,
  goods: Goods,
  { currency, told }: { currency: string; told: ToldReturns },
  context: OrderContext,
): Step<Entry> {
  const others = told.of(refund);
  if (others !== undefined && others !== 'told') return { ok: false, rejection: others };
  if (refund.stateId !== ORDER_STATE.closed) return reject('RETURN_NOT_CLOSED', 'orderstateid', `order state ${refund.stateId}`);
  if (refund.currency !== currency) return reject('CURRENCY_MISMATCH', 'currencycode', `${refund.currency} for a sale in ${currency}`);
  const receipt = readReceipt(refund, context);
  if (!receipt.ok) return receipt;
  const parts = allocate(receipt.value.back, goods.sold, goods.before, goods.placed);
  if (!parts.ok) return parts;
  const returned = new Map(parts.value.map(({ line, row }) => [line.lineItemId, row.product.pricedQuantity]));
  // Omnium told Sitoo of a return of its own, or another system told Omnium: its units count, its form is there already.
  if (refund.data[OMNIUM_ORDER_TAG] !== undefined || others === 'told') return accept({ returned, payments: [], warnings: [] });
  const perhaps = told.perhaps(refund, [...returned.keys()]);
  if (perhaps) return { ok: false, rejection: perhaps };
  const fee = feePath(receipt.value.fees);
  if (fee) return reject('RETURN_WITH_FEE', fee);
  const form = toReturnForm(receipt.value, parts.value, context);
  if (!form.ok) return form;
  const payments = toReturnPayments(receipt.value, form.value, context);
  if (!payments.ok) return payments;
  return accept({ returned, form: form.value, payments: payments.value, warnings: receipt.value.warnings });
}

/** A return form knows no fee that the buyer pays. */
function feePath({ checkout, delivery }: { checkout: unknown; delivery: unknown }): string | undefined {
  if (checkout !== undefined) return 'moneycheckout_net';
  return delivery === undefined ? undefined : 'moneydelivery_net';
}

function plus(left: Returned, right: Returned, sold: readonly SoldLine[]): Returned {
  return new Map(sold.map((line) => [line.lineItemId, returnedOf(left, line).plus(returnedOf(right, line))]));
}

/** How much of what was sold is back? */
export function returnState(sold: readonly SoldLine[], returned: Returned): 'none' | 'part' | 'all' {
  const back: Amount = sold.reduce((total, line) => total.plus(returnedOf(returned, line)), ZERO);
  if (back.eq(0)) return 'none';
  return sold.every((line) => returnedOf(returned, line).eq(line.quantity)) ? 'all' : 'part';
}
