import { formatKey, omniumOrderChanged, type Fact } from '@connector/contracts';
import {
  deferred,
  encodeNotice,
  forAll,
  park,
  retry,
  skipped,
  type KafkaPublisher,
  type Outcome,
  type Outcomes,
  type WorkContext,
  type WorkItem,
} from '@connector/event-bus';
import { decideCartWrites, ORDER_STATE, readCart, type ExportedOrder, type OmniumCart } from '@connector/mapping';
import { webOrderContext, type ReferenceData } from '@connector/market';
import { CallError } from '@connector/platform';
import { cartsOff } from '../../markets/carts-off';
import { answerFailedBatch } from '../../markets/failed-calls';
import { afterFailure } from '../omnium-order-to-sitoo/after-failure';
import { firstIdOf, readExisting, revisionsToLookUp } from '../omnium-order-to-sitoo/decision';
import { wouldWrite, writeOrder } from '../omnium-order-to-sitoo/write';
import type { CartConnection, CartDirectory } from './connection';
import { ordersMadeOf } from './ordered';

/** What is known of one cart. */
interface Seen {
  item: WorkItem;
  /** As Omnium answers it; undefined when it has none of that id. */
  document: unknown;
  /** What Sitoo has of it, every version. */
  documents: readonly unknown[];
  /** The order that was made of it. */
  orderId: string | undefined;
}

/**
 * Brings the parked orders and bookings of stores into agreement with Omnium's carts: reads each cart from the path that is configured, looks
 * all of them up in Sitoo, and writes what differs. What became an order is left to the flow of orders, which takes the parked one away.
 */
export class OmniumCartToSitoo {
  constructor(
    private readonly markets: CartDirectory,
    private readonly publisher: Pick<KafkaPublisher, 'publish'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** One outcome per key. @throws CallError when a platform does not answer */
  async handle(work: readonly WorkItem[], context: WorkContext): Promise<Outcomes> {
    const market = this.markets.find(context.tenant, context.market);
    if (!market.ok) return forAll(work, deferred(market.problem));
    const { connection } = market;
    const off = cartsOff(connection.config);
    if (off) return forAll(work, skipped(off));
    return answerFailedBatch(work, connection, () => this.agree(work, connection, context));
  }

  private async agree(work: readonly WorkItem[], connection: CartConnection, context: WorkContext): Promise<Outcomes> {
    const reference = await connection.reference.get();
    if (reference.problem) return forAll(work, deferred(reference.problem));
    const outcomes = new Map<string, Outcome>();
    let outage: Outcome | undefined;
    // One after the other; an outage ends it, and what was done by then stays done.
    for (const seen of await this.see(work, connection, reference, context.signal)) {
      const outcome = outage ?? (await this.bring(seen, connection, reference, context));
      outcomes.set(seen.item.text, outcome);
      if (outcome.kind === 'deferred') outage = outcome;
    }
    return outcomes;
  }

  private async see(
    work: readonly WorkItem[],
    { config, omnium, sitoo }: CartConnection,
    reference: ReferenceData,
    signal: AbortSignal,
  ): Promise<Seen[]> {
    const options = { class: 'catalogue', signal } as const;
    const template = config.webOrders.cartReadPath ?? '';
    const carts = await Promise.all(work.map(({ key }) => omnium.document(template, { cartId: key.id }, options)));
    const found = await sitoo.orders.byExternalIds(
      work.flatMap(({ key }) => firstIdOf(key.id)),
      undefined,
      options,
    );
    const revisions = work.flatMap(({ key }) => revisionsToLookUp(key.id, found));
    const later = await sitoo.orders.byExternalIds(revisions, undefined, options);
    // Last, so that an order made meanwhile is seen, or looks the parked one up itself.
    const orders = await ordersMadeOf(work, { config, omnium }, reference, signal);
    return work.map((item, index) => {
      const { id } = item.key;
      const ids = [...firstIdOf(id), ...revisionsToLookUp(id, found)];
      const documents = ids.flatMap((externalId) => found.get(externalId) ?? later.get(externalId) ?? []);
      return { item, document: carts[index], documents, orderId: orders.get(id) };
    });
  }

  private async bring(seen: Seen, connection: CartConnection, reference: ReferenceData, context: WorkContext): Promise<Outcome> {
    try {
      const existing = readExisting(seen.documents);
      if (!Array.isArray(existing)) return existing.outcome;
      return await this.agreeOne(seen, existing, connection, reference, context);
    } catch (error) {
      if (error instanceof CallError) return afterFailure(error, seen.item, connection);
      throw error;
    }
  }

  private async agreeOne(
    { item, document, orderId }: Seen,
    existing: readonly ExportedOrder[],
    { config, sitoo }: CartConnection,
    reference: ReferenceData,
    context: WorkContext,
  ): Promise<Outcome> {
    if (orderId !== undefined) return this.leaveToOrder(item, orderId, existing);
    let cart: OmniumCart | undefined;
    if (document !== undefined) {
      const read = readCart(document, item.key.id);
      if (!read.ok) return park(read.rejection);
      cart = read.value;
    } else if (!isDeleted(item)) return absent(existing);
    const writes = decideCartWrites(cart, existing, webOrderContext(config, reference));
    if (!writes.ok) return park(writes.rejection);
    if (config.shadowMode) return wouldWrite(writes.value, existing);
    const outcome = await writeOrder(writes.value, existing, sitoo.orders, context);
    // An order made of it in this second may not have seen the parked one: one more look a minute later.
    const isNew = outcome.kind === 'done' && outcome.effect === 'created';
    return isNew ? { ...outcome, verify: !item.verifying } : outcome;
  }

  /** The order's own flow takes away what waits in the store, when the order is there. */
  private async leaveToOrder({ key }: WorkItem, orderId: string, existing: readonly ExportedOrder[]): Promise<Outcome> {
    if (existing.some(({ stateId }) => stateId === ORDER_STATE.open)) {
      const fact: Fact = { id: `cart-ordered:${key.id}`.slice(0, 128), kind: 'cart-ordered', at: this.now() };
      const meta = { source: 'cart', attempt: 0, deferrals: 0, firstSeenAt: this.now() };
      const record = { topic: omniumOrderChanged.topic, key: formatKey({ ...key, id: orderId }), ...encodeNotice([fact], meta) };
      await this.publisher.publish([record]);
    }
    return skipped({ code: 'CART_BECAME_ORDER', message: `order ${orderId} was made of this cart` });
  }
}

/** Omnium said so (OmniumEventLogType); an answer "not found" alone may be a wrong path, and would take away what customers wait for. */
function isDeleted({ facts }: WorkItem): boolean {
  return facts.some(({ event }) => event?.toLowerCase() === 'deleted');
}

function absent(existing: readonly ExportedOrder[]): Outcome {
  const isOver = existing.length > 0 && existing.every(({ stateId }) => stateId !== ORDER_STATE.open);
  if (isOver) return skipped({ code: 'CART_GONE', message: 'the cart is gone, and nothing of it waits in a store' });
  return retry({ code: 'CART_NOT_READABLE', message: 'Omnium does not return this cart (yet); if it returns none, check "CartReadPath"' });
}
