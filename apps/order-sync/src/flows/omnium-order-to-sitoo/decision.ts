import type { OmniumOrder } from '@connector/contracts';
import { park, skipped, type Outcome } from '@connector/event-bus';
import {
  decideSitooWrites,
  externalIdsToLookUp,
  readExportedOrder,
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
  return externalIdsToLookUp(order).flatMap((externalId) => found.get(externalId) ?? []);
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
  const existing: ExportedOrder[] = [];
  for (const document of documents) {
    const read = readExportedOrder(document);
    if (!read.ok) return refused(read.rejection);
    if (read.value) existing.push(read.value);
  }
  // Somebody else uses the same ids, perhaps Omnium's own plugin before the connector took over: nothing of theirs is touched or doubled.
  const foreign = existing.find(({ data }) => data[WEB_ORDER_TAG] !== 'true');
  if (foreign)
    return settled(skipped({ code: 'EXPORTED_BY_ANOTHER', message: `Sitoo order ${foreign.orderId} was made by another system` }));
  const first = decideSitooWrites(order, existing, rules);
  if (!first.ok) return refused(first.rejection);
  const takenBack = first.value.flatMap((write) => (write.kind === 'cancel' ? [write.orderId] : []));
  const delivered = await deliveredOf(takenBack, deliveries);
  if (delivered.size === 0) return { kind: 'writes', writes: first.value, existing };
  const known = existing.map((one) => ({ ...one, isPartlyDelivered: delivered.has(one.orderId) }));
  const second = decideSitooWrites(order, known, rules);
  return second.ok ? { kind: 'writes', writes: second.value, existing: known } : refused(second.rejection);
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

function settled(outcome: Outcome): Decision {
  return { kind: 'settled', outcome };
}

function refused(rejection: WebOrderRejection): Decision {
  return { kind: 'settled', outcome: park(rejection), rejection };
}
