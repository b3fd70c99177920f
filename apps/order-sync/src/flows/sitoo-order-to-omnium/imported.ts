import type { OmniumOrder } from '@connector/contracts';
import { deferred, park, retry, type Outcome } from '@connector/event-bus';
import {
  decodeSitooOrder,
  familyRoot,
  judgeImported,
  omniumOrderOf,
  ORDER_STATE,
  ORDER_TYPE,
  orderId,
  referencesOf,
  returnId,
  sitooOrderFields,
  type DecodedSitooOrder,
  type ImportedJudgement,
  type OrderFamily,
} from '@connector/mapping';
import type { OrderConnection } from './connection';
import type { Family, Outcomes, ReadOrder, Root } from './families';

/** What a look-up works with. */
export interface Place {
  /** Omnium's id of the market. */
  omniumMarketId: string;
  now: number;
  signal: AbortSignal;
}

/**
 * What Omnium's built-in plugin made of these receipts, by order id: one look-up for all of them. A search that fails fails the batch, since
 * a receipt of which nothing is known must not be created.
 * @throws CallError
 */
async function findImported(
  orders: readonly DecodedSitooOrder[],
  { config, omnium }: OrderConnection,
  { omniumMarketId, signal }: Place,
): Promise<Map<number, ImportedJudgement>> {
  const { cutOver, orderType } = config;
  if (!cutOver || orders.length === 0) return new Map();
  const wanted = new Map(orders.map((order) => [order.orderId, referencesOf(order)]));
  const filter = { selectedMarkets: [omniumMarketId], orderType };
  const found = await omnium.orders.lookUp(wanted, { places: cutOver.places, filter }, { signal });
  return new Map(orders.map((order) => [order.orderId, judgeImported(order, found.get(order.orderId) ?? [], omniumMarketId)]));
}

/** By the time of the sale, so that a replay years later knows the same; by the clock too, since a till's may be ahead. */
function mayBeImported({ orderedAt }: DecodedSitooOrder, { config: { cutOver } }: OrderConnection, { now }: Place): boolean {
  return cutOver !== undefined && Math.min(now, orderedAt * 1000) < cutOver.lookUpUntil;
}

/**
 * Sales from before the take-over that refunds of this batch credit, as far as Omnium has them: the refund belongs on that order and not into
 * one of its own. @throws CallError
 */
export async function findOldSales(
  read: readonly ReadOrder[],
  connection: OrderConnection,
  place: Place,
): Promise<Map<number, ImportedJudgement>> {
  const { config, sitoo } = connection;
  if (!config.cutOver) return new Map();
  const owners = read.map(({ order }) => familyRoot(order));
  const ids = owners.flatMap((owner) => (owner.kind === 'sitoo' && owner.orderId < config.startAtOrderId ? [owner.orderId] : []));
  if (ids.length === 0) return new Map();
  const documents = await sitoo.orders.byIds([...new Set(ids)], sitooOrderFields, { signal: place.signal });
  const sales = [...documents.values()].map((document) => decodeSitooOrder(document));
  return findImported(
    sales.flatMap((sale) => (sale.ok ? [sale.order] : [])),
    connection,
    place,
  );
}

/**
 * Roots that would be created, looked up first. What Omnium has of them takes the place of a document of ours; what is unclear is settled
 * here. @throws CallError
 */
export async function withImported(
  roots: readonly Root[],
  existing: ReadonlyMap<string, OmniumOrder>,
  connection: OrderConnection,
  place: Place,
  outcomes: Outcomes,
): Promise<Root[]> {
  const isNew = ({ order, omniumId }: Root) => !existing.has(omniumId) && omniumOrderOf(order) === undefined && !isCart(order);
  const lookedUp = roots.filter((root) => isNew(root) && (root.isOld || mayBeImported(root.order, connection, place)));
  const found = await findImported(
    lookedUp.map(({ order }) => order),
    connection,
    place,
  );
  const taken = new Set<string>();
  return roots.flatMap((root): Root[] => {
    const judgement = found.get(root.order.orderId) ?? { kind: 'none' };
    const settle = (outcome: Outcome): Root[] => {
      outcomes.set(root.item.text, outcome);
      return [];
    };
    if (judgement.kind === 'unclear') return settle(park(judgement.rejection));
    if (judgement.kind === 'none') return root.isOld && isNew(root) ? settle(missing) : [root];
    const { document } = judgement;
    // Two receipts with the numbers of one order: written together, one would undo the other.
    if (taken.has(document.id)) return settle(deferred({ code: 'NEXT_BATCH', message: 'another receipt of this batch has that order' }));
    taken.add(document.id);
    return [{ ...root, imported: document }];
  });
}

const missing = retry({ code: 'IMPORTED_ORDER_MISSING', message: 'Omnium does not show the order of this sale any more' });

/** Parked and abandoned carts become no order, so nothing is looked up for them. */
function isCart({ typeId, stateId }: DecodedSitooOrder): boolean {
  return typeId === ORDER_TYPE.parked || stateId === ORDER_STATE.abandoned;
}

/** Refunds that would be added, looked up first: the plugin may have brought them to Omnium as orders of their own. @throws CallError */
export async function withToldRefunds(families: readonly Family[], connection: OrderConnection, place: Place): Promise<Family[]> {
  const isOpen = ({ existing }: Family, refund: DecodedSitooOrder) =>
    mayBeImported(refund, connection, place) && !hasForm(existing, refund, place.omniumMarketId);
  const found = await findImported(
    families.flatMap((family) => family.family.refunds.filter((refund) => isOpen(family, refund))),
    connection,
    place,
  );
  if (found.size === 0) return [...families];
  return families.map((family) => ({ ...family, family: { ...family.family, refundsTold: toldOf(family.family, found) } }));
}

function hasForm(existing: OmniumOrder | undefined, { site, orderId: sitooOrderId }: DecodedSitooOrder, market: string): boolean {
  const own = returnId(orderId({ market, site, sitooOrderId }));
  return (existing?.returnOrderForms ?? []).some((form) => form.returnId === own);
}

function toldOf({ refunds }: OrderFamily, found: ReadonlyMap<number, ImportedJudgement>): NonNullable<OrderFamily['refundsTold']> {
  return new Map(
    refunds.flatMap(({ orderId: id }) => {
      const judgement = found.get(id);
      if (judgement === undefined || judgement.kind === 'none') return [];
      return [[id, judgement.kind === 'imported' ? 'told' : judgement.rejection] as const];
    }),
  );
}
