import type { OmniumOrder } from '@connector/contracts';
import { park, skipped, type Outcome } from '@connector/event-bus';
import {
  cartIdToLookUp,
  cartRevisionIds,
  decideSitooWrites,
  externalIdsToLookUp,
  readExportedOrder,
  takeCartsAway,
  WEB_ORDER_TAG,
  type ExportedOrder,
  type SitooWrite,
  type WebOrderContext,
  type WebOrderRejection,
} from '@connector/mapping';
import type { ExportConnection } from './connection';

export type Decision =
  | { readonly kind: 'writes'; readonly writes: readonly SitooWrite[]; readonly existing: readonly ExportedOrder[] }
  | { readonly kind: 'settled'; readonly outcome: Outcome; readonly rejection?: WebOrderRejection };

type Deliveries = ExportConnection['sitoo']['orders']['deliveries'];

/** The orders that Sitoo has for an Omnium order, out of what was looked up for the whole batch. */
export function documentsOf(order: OmniumOrder, found: ReadonlyMap<string, unknown>): unknown[] {
  return [...externalIdsToLookUp(order), ...revisionsToLookUp(order.orderForm?.cartId, found)].flatMap((id) => found.get(id) ?? []);
}

/** The one external id of a cart's first version, if it can have one. */
export function firstIdOf(cartId: string | null | undefined): string[] {
  const id = cartId ? cartIdToLookUp(cartId) : undefined;
  return id === undefined ? [] : [id];
}

/** Later versions of a cart: worth a look only where Sitoo has its first one. */
export function revisionsToLookUp(cartId: string | null | undefined, found: ReadonlyMap<string, unknown>): string[] {
  return cartId && found.has(cartIdToLookUp(cartId) ?? '') ? cartRevisionIds(cartId) : [];
}

/** What Sitoo has of ours, or the answer where what it has is not ours. */
export function readExisting(documents: readonly unknown[]): ExportedOrder[] | Settled {
  const existing: ExportedOrder[] = [];
  for (const document of documents) {
    const read = readExportedOrder(document);
    if (!read.ok) return refused(read.rejection);
    if (read.value) existing.push(read.value);
  }
  // Somebody else uses the same ids, perhaps Omnium's own plugin before the connector took over: nothing of theirs is touched or doubled.
  const foreign = existing.find(({ data }) => data[WEB_ORDER_TAG] !== 'true');
  if (!foreign) return existing;
  return settled(skipped({ code: 'EXPORTED_BY_ANOTHER', message: `Sitoo order ${foreign.orderId} was made by another system` }));
}

/**
 * What has to be written for one order. Deliveries are read only when something is to be taken back: what a store has handed out cannot be.
 * @throws CallError
 */
export async function decide(
  order: OmniumOrder,
  documents: readonly unknown[],
  rules: WebOrderContext,
  deliveries: (orderId: number) => ReturnType<Deliveries>,
): Promise<Decision> {
  const existing = readExisting(documents);
  if (!Array.isArray(existing)) return existing;
  const first = decideSitooWrites(order, existing, rules);
  if (!first.ok) return refused(first.rejection);
  // Of a cart nothing is ever delivered.
  const takenBack = first.value.flatMap((write) =>
    write.kind === 'cancel' && write.reason !== 'CART_BECAME_ORDER' ? [write.orderId] : [],
  );
  const delivered = await deliveredOf(takenBack, deliveries);
  if (delivered.size === 0) return { kind: 'writes', writes: first.value, existing };
  const known = existing.map((one) => ({ ...one, isPartlyDelivered: delivered.has(one.orderId) }));
  const second = decideSitooWrites(order, known, rules);
  return second.ok ? { kind: 'writes', writes: second.value, existing: known } : refused(second.rejection);
}

/** Of an order that goes to no store: its cart is taken away from where it waits. @param instead the answer when there is none */
export function decideCart(documents: readonly unknown[], instead: Outcome): Decision {
  const existing = readExisting(documents);
  if (!Array.isArray(existing)) return existing;
  const writes = takeCartsAway(existing);
  return writes.length === 0 ? settled(instead) : { kind: 'writes', writes, existing };
}

/** Orders of which a part is with the customer. */
async function deliveredOf(orderIds: readonly number[], deliveries: (orderId: number) => ReturnType<Deliveries>): Promise<Set<number>> {
  const delivered = new Set<number>();
  for (const orderId of orderIds) {
    const live = (await deliveries(orderId)).filter(({ datecancelled }) => datecancelled === null || datecancelled === undefined);
    if (live.length > 0) delivered.add(orderId);
  }
  return delivered;
}

type Settled = Extract<Decision, { kind: 'settled' }>;

function settled(outcome: Outcome): Settled {
  return { kind: 'settled', outcome };
}

function refused(rejection: WebOrderRejection): Settled {
  return { kind: 'settled', outcome: park(rejection), rejection };
}
