import { AnswerMismatch, CallError, type Decode, type HttpSeam } from '@connector/platform';
import type { CallOptions } from './omnium-seam';
import { isOrder, type IdentifiedOrder } from './order-write';

export interface NewOrder {
  /** As Omnium has it now. Its status may be `Queued` for seconds: nothing may be written to it before that is over (api-guide 7.2). */
  order: IdentifiedOrder;
  /** false: it was there before this call; compare it before taking the work for done. */
  created: boolean;
}

/**
 * Creates an order under our own id and runs the workflow of its first status. Repeating is safe: Omnium refuses an id that is taken, with
 * 409 or 400 (its pages disagree), and then the order is read (api-guide 7.1, section 4).
 */
export async function createOrder(
  seam: HttpSeam,
  find: (id: string) => Promise<IdentifiedOrder | undefined>,
  order: IdentifiedOrder,
  { class: urgency = 'sale', signal }: CallOptions,
): Promise<NewOrder> {
  const decode: Decode<IdentifiedOrder> = (data) => {
    if (isOrder(data) && data.id === order.id) return data;
    throw new AnswerMismatch('not the order that was sent');
  };
  const spec = { operation: 'orders.create', method: 'POST', path: '/api/Orders', body: order, safeToRepeat: true, decode } as const;
  try {
    const { data } = await seam.call({ ...spec, class: urgency, signal });
    return { order: data, created: true };
  } catch (error) {
    if (!(error instanceof CallError) || !mayExist(error)) throw error;
    // A read that fails says nothing, so the first error stands.
    const existing = await find(order.id).catch(() => undefined);
    if (existing === undefined) throw error;
    return { order: existing, created: error.outcomeUnknown };
  }
}

function mayExist(error: CallError): boolean {
  return error.outcomeUnknown || error.failure === 'CONFLICT' || error.failure === 'REJECTED';
}
