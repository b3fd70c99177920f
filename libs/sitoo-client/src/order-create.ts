import type { SitooOrderUpdate, SitooOrderWrite } from '@connector/contracts';
import { CallError } from '@connector/platform';
import { externalId } from './order-rows';
import { idAnswer, type SitooWriter, type WriteOptions } from './sitoo-writer';

/** Fields that may be written at any time; an unknown or read-only one is refused with 400 (orders-and-customers section 12 rule 8). */
type WritableField =
  | 'orderstateid'
  | 'paymentstateid'
  | 'ordertypeid'
  | 'warehouseid'
  | 'orderdate'
  | 'datereserved'
  | 'currencycode'
  | 'email'
  | 'namefirst'
  | 'namelast'
  | 'personalid'
  | 'company'
  | 'phone'
  | `${'invoice' | 'delivery'}_${'address' | 'address2' | 'zip' | 'city' | 'state' | 'countryid'}`
  | 'comment'
  | 'commentinternal'
  | 'customerref'
  | 'checkoutref'
  | 'additionaldata'
  | 'payments'
  | 'reservedpayments';

/** An order to add. The external id is what makes it the same order at the second try. */
export type SitooOrderDraft = Pick<SitooOrderWrite, WritableField | 'creditorderid' | 'orderitems'> & { externalid: string };

/** Fields of an order to change; those left out stay as they are. Rows and links are set once and for all. */
export type SitooOrderChange = Pick<SitooOrderUpdate, WritableField>;

export interface CreatedOrder {
  orderId: number;
  /** false: it was there before this call. */
  created: boolean;
}

/**
 * The safe order of orders-and-customers section 12: look the external id up, add, and look it up again whenever the answer does not prove
 * that nothing was added, since Sitoo has no idempotency key. An unclear answer is never followed by a second POST from here: the first may
 * still be on its way. The caller comes back later and the look-up decides then.
 */
export async function createOrder(
  path: string,
  writer: SitooWriter,
  find: (id: string) => Promise<number | undefined>,
  draft: SitooOrderDraft,
  options: WriteOptions,
): Promise<CreatedOrder> {
  const id = externalId(draft.externalid);
  const existing = await find(id);
  if (existing !== undefined) return { orderId: existing, created: false };
  const spec = { operation: 'orders.create', method: 'POST', path, body: draft, decode: idAnswer, safeToRepeat: false } as const;
  try {
    return { orderId: await writer.send(spec, options), created: true };
  } catch (error) {
    if (!(error instanceof CallError) || !mayExist(error)) throw error;
    // A look-up that fails says nothing, so the first error stands.
    const found = await find(id).catch(() => undefined);
    if (found === undefined) throw error;
    // Refused and there: somebody else added it meanwhile (a taken external id answers 400, assumed). Unclear and there: it is ours.
    return { orderId: found, created: error.outcomeUnknown };
  }
}

function mayExist(error: CallError): boolean {
  return error.outcomeUnknown || error.failure === 'REJECTED' || error.failure === 'CONFLICT';
}
