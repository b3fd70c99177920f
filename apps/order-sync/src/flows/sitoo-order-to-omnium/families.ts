import type { OmniumOrder } from '@connector/contracts';
import { deferred, park, redirect, retry, type Outcome, type WorkItem } from '@connector/event-bus';
import {
  decodeSitooDelivery,
  decodeSitooOrder,
  familyRoot,
  isOpenOrder,
  omniumOrderOf,
  ORDER_STATE,
  ORDER_TYPE,
  orderId,
  sitooOrderFields,
  placedReturns,
  type DecodedSitooOrder,
  type ImportedJudgement,
  type ImportedOrder,
  type OrderFamily,
  type SitooDelivery,
} from '@connector/mapping';
import type { OrderConnection } from './connection';
import { contradicts, isBehind } from './readable';
import { ordersNamed, PURCHASE, REFUND, refundFact, signalsOf } from './signals';

/** An order of the batch as Sitoo has it. */
export interface ReadOrder {
  readonly item: WorkItem;
  readonly order: DecodedSitooOrder;
}

/** A root order whose document is to be brought into agreement. */
export interface Root extends ReadOrder {
  /** Id of its document in Omnium, unless `imported`. */
  readonly omniumId: string;
  /** A refund of a sale from before the take-over that Omnium does not have: it stands alone. */
  readonly isOriginalGone: boolean;
  /** A sale from before the take-over: only its refunds are the connector's, on the document that Omnium has of it. */
  readonly isOld: boolean;
  /** Its document, when Omnium's built-in plugin made it. */
  readonly imported?: ImportedOrder;
}

/** A root with all that its document tells, and what Omnium has of it. */
export interface Family extends Root {
  readonly family: OrderFamily;
  readonly existing: (OmniumOrder & { id: string }) | undefined;
}

export type Outcomes = Map<string, Outcome>;

/**
 * Deliveries are read order by order, and Sitoo takes two calls a second at worst: more of them in one batch would meet its deadline. The
 * others come back in the next one.
 */
const deliveryReadsPerBatch = 20;

/** The orders as the rules read them; what cannot be read is settled here. */
export function readOrders(
  items: readonly WorkItem[],
  documents: ReadonlyMap<number, unknown>,
  now: number,
  outcomes: Outcomes,
): ReadOrder[] {
  return items.flatMap((item) => {
    const read = readOrder(documents.get(Number(item.key.id)), item, now);
    if ('order' in read) return [{ item, order: read.order }];
    outcomes.set(item.text, read.outcome);
    return [];
  });
}

/**
 * Roots go on, and a refund is its sale's business. `oldSales`: what Omnium has of the sales from before the take-over that refunds of this
 * batch credit; a refund of any other stands alone.
 */
export function sortOrders(
  orders: readonly ReadOrder[],
  { config }: OrderConnection,
  { omniumMarketId, oldSales }: { omniumMarketId: string; oldSales: ReadonlyMap<number, ImportedJudgement> },
  outcomes: Outcomes,
): Root[] {
  const roots: Root[] = [];
  for (const { item, order } of orders) {
    const owner = familyRoot(order);
    const isOfOldSale = owner.kind === 'sitoo' && owner.orderId < config.startAtOrderId;
    const oldSale = isOfOldSale ? oldSales.get(owner.orderId) : undefined;
    if (oldSale?.kind === 'unclear') {
      outcomes.set(item.text, park(oldSale.rejection));
      continue;
    }
    const isOriginalGone = isOfOldSale && oldSale?.kind !== 'imported';
    if (owner.kind === 'sitoo' && !isOriginalGone) {
      outcomes.set(item.text, redirect({ ...item.key, id: String(owner.orderId) }, [refundFact(order)]));
      continue;
    }
    const own = orderId({ market: omniumMarketId, site: order.site, sitooOrderId: order.orderId });
    const isOld = order.orderId < config.startAtOrderId;
    roots.push({ item, order, omniumId: omniumOrderOf(order) ?? own, isOriginalGone, isOld });
  }
  return roots;
}

function readOrder(document: unknown, item: WorkItem, now: number): { order: DecodedSitooOrder } | { outcome: Outcome } {
  if (document === undefined) return { outcome: retry({ code: 'ORDER_NOT_READABLE', message: 'Sitoo does not return this order (yet)' }) };
  const decoded = decodeSitooOrder(document);
  if (!decoded.ok) return { outcome: malformed('the order', decoded.problems) };
  return contradicts(decoded.order.stateId, item.facts, now) ? { outcome: lagging } : { order: decoded.order };
}

const lagging = retry({ code: 'READ_LAGS_BEHIND', message: 'what was read is older than what was announced' }, 10_000);

/**
 * Adds what else belongs to each root: its refunds (those that were announced, and those that its document already tells of) with one call for
 * all, and its deliveries where they matter. @throws CallError
 */
export async function readFamilies(
  roots: readonly Root[],
  existing: ReadonlyMap<string, OmniumOrder & { id: string }>,
  { sitoo }: OrderConnection,
  { signal, now }: { signal: AbortSignal; now: number },
  outcomes: Outcomes,
): Promise<Family[]> {
  const documentOf = (root: Root) => root.imported ?? existing.get(root.omniumId);
  const placed = new Map(roots.map((root) => [root, placedReturns(documentOf(root) ?? {})]));
  const wanted = new Map(roots.map((root) => [root, refundIds(root, placed.get(root)?.keys() ?? [])]));
  const ids = [...new Set([...wanted.values()].flat())];
  const documents = ids.length === 0 ? new Map<number, unknown>() : await sitoo.orders.byIds(ids, sitooOrderFields, { signal });
  const families: Family[] = [];
  let reads = 0;
  for (const root of roots) {
    const { item, order, isOriginalGone, imported } = root;
    const refunds = readRefunds(wanted.get(root) ?? [], documents);
    if ('outcome' in refunds) {
      outcomes.set(item.text, refunds.outcome);
      continue;
    }
    const has = documentOf(root);
    const isRead = needsDeliveries(order, has);
    if (isRead && (reads += 1) > deliveryReadsPerBatch) {
      outcomes.set(item.text, deferred({ code: 'NEXT_BATCH', message: 'enough deliveries were read for one batch' }));
      continue;
    }
    const deliveries = isRead ? await readDeliveries(sitoo, order.orderId, signal) : [];
    if ('outcome' in deliveries) {
      outcomes.set(item.text, deliveries.outcome);
      continue;
    }
    if (isBehind(deliveries, item.facts, now, isRead)) {
      outcomes.set(item.text, lagging);
      continue;
    }
    const [purchaseOrderId] = ordersNamed(PURCHASE, item.facts);
    const signals = signalsOf(order, item.facts, has);
    const family: OrderFamily = {
      root: order,
      refunds: refunds.orders,
      deliveries,
      signals,
      placed: placed.get(root),
      ...(purchaseOrderId === undefined ? {} : { purchaseOrderId }),
      ...(isOriginalGone ? { isOriginalGone } : {}),
      ...(imported ? { imported } : {}),
    };
    families.push({ ...root, family, existing: has });
  }
  return families;
}

function refundIds({ item, order }: Root, told: Iterable<number>): number[] {
  // A receipt's own return form carries the receipt's own id.
  return [...new Set([...ordersNamed(REFUND, item.facts), ...told])].filter((id) => id !== order.orderId);
}

function readRefunds(
  ids: readonly number[],
  documents: ReadonlyMap<number, unknown>,
): { orders: DecodedSitooOrder[] } | { outcome: Outcome } {
  const orders: DecodedSitooOrder[] = [];
  for (const id of ids) {
    const document = documents.get(id);
    if (document === undefined)
      return { outcome: retry({ code: 'ORDER_NOT_READABLE', message: `Sitoo does not return refund ${id} of this order (yet)` }) };
    const decoded = decodeSitooOrder(document);
    if (!decoded.ok) return { outcome: malformed(`refund ${id}`, decoded.problems) };
    orders.push(decoded.order);
  }
  return { orders };
}

/**
 * A till sale that is over was handed over at the till: its deliveries say nothing more, and reading them would cost a call per receipt. They
 * matter for orders that are open, that came from Omnium, or that Omnium does not have as completed yet.
 */
function needsDeliveries({ typeId, stateId, externalId, registerId }: DecodedSitooOrder, existing: OmniumOrder | undefined): boolean {
  if (typeId !== ORDER_TYPE.order || stateId === ORDER_STATE.cancelled) return false;
  if (stateId !== ORDER_STATE.closed || externalId !== undefined || registerId === undefined) return true;
  return existing !== undefined && isOpenOrder(existing);
}

async function readDeliveries(
  sitoo: OrderConnection['sitoo'],
  id: number,
  signal: AbortSignal,
): Promise<SitooDelivery[] | { outcome: Outcome }> {
  const deliveries: SitooDelivery[] = [];
  for (const raw of await sitoo.orders.deliveries(id, { signal })) {
    const decoded = decodeSitooDelivery(raw);
    if (!decoded.ok) return { outcome: malformed('a delivery', decoded.problems) };
    deliveries.push(decoded.delivery);
  }
  return deliveries;
}

function malformed(what: string, [first]: readonly { path: string; message: string }[]): Outcome {
  const message = `${what}: ${first?.path || 'the document'} ${first?.message ?? 'cannot be read'}`;
  return park({ code: 'ORDER_MALFORMED', message, path: first?.path });
}
