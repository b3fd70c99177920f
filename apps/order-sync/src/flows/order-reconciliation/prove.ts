import { orderId, returnId } from '@connector/mapping';
import type { IdentifiedOrder, OmniumOrders } from '@connector/omnium-client';
import type { SeenOrder } from './seen-order';

/** Which orders are where. */
export interface Proof {
  /** Omnium does not have them. */
  missing: SeenOrder[];
  /** Refunds of an order whose document cannot be told from here. */
  unclear: SeenOrder[];
}

export interface ProofContext {
  /** Omnium's market id and Sitoo's site: what the ids of orders are made of. */
  market: string;
  site: number;
  /** A refund of an order before this one has a document of its own: that order is not the connector's. */
  startAtOrderId: number;
  omnium: Pick<OmniumOrders, 'exist' | 'byIds'>;
  signal: AbortSignal;
}

/**
 * Asks Omnium which of these orders it has: their ids are known beforehand, and ExistMany answers a hundred at a time (api-guide 7.2). A
 * refund is no order of its own but a return form of the order it credits, so for the few that are not there that document is read.
 */
export async function prove(orders: readonly SeenOrder[], { market, site, startAtOrderId, omnium, signal }: ProofContext): Promise<Proof> {
  const idOf = (sitooOrderId: number) => orderId({ market, site, sitooOrderId });
  const options = { class: 'catalogue', signal } as const;
  const own = orders.filter(({ isFromOmnium }) => !isFromOmnium);
  if (own.length === 0) return { missing: [], unclear: [] };
  const existing = await omnium.exist(
    own.map(({ id }) => idOf(id)),
    options,
  );
  const absent = own
    .filter(({ id }) => !existing.has(idOf(id)))
    .map((order) => (order.credits !== undefined && order.credits < startAtOrderId ? { ...order, credits: undefined } : order));
  const credited = absent.flatMap(({ credits }) => (credits === undefined ? [] : [idOf(credits)]));
  const sales = credited.length === 0 ? new Map<string, IdentifiedOrder>() : await omnium.byIds(credited, options);
  const proof: Proof = { missing: [], unclear: [] };
  for (const order of absent) {
    const sale = order.credits === undefined ? undefined : sales.get(idOf(order.credits));
    if (order.credits === undefined) proof.missing.push(order);
    else if (!sale) proof.unclear.push(order);
    else if (!sale.returnOrderForms?.some((form) => form.returnId === returnId(idOf(order.id)))) proof.missing.push(order);
  }
  return proof;
}
