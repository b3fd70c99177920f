import { familyRoot } from './family-root';
import type { SitooDelivery } from './sitoo-delivery';
import type { ImportedOrder } from '../imported/judge-imported';
import type { OrderRejection } from '../rejection';
import type { PlacedReturns } from './placed-returns';
import type { DecodedSitooOrder } from '../sitoo-order';

/** A root order, the refunds that credit it and its deliveries: what one Omnium document tells. */
export interface OrderFamily {
  readonly root: DecodedSitooOrder;
  /** In any order; those that do not belong to the root are left out. */
  readonly refunds: readonly DecodedSitooOrder[];
  /** Of the root. */
  readonly deliveries: readonly SitooDelivery[];
  /** From event facts and the order log: what the documents themselves do not say. */
  readonly signals: FamilySignals;
  /** Where Omnium's document has refunds already: each stays on the lines that it was written to, whichever becomes known later. */
  readonly placed?: PlacedReturns;
  /** The purchase made from this booking, when there is one. */
  readonly purchaseOrderId?: number;
  /** The root is a refund of a sale that has no document and will not get one (older than the take-over, or gone): it stands alone. */
  readonly isOriginalGone?: boolean;
  /** What another system (Omnium's built-in plugin) made of the root: it stays as it is, and only what happened since is added. */
  readonly imported?: ImportedOrder;
  /** Refunds that another system brought to Omnium, or that a person has to look at first, by order id. */
  readonly refundsTold?: ReadonlyMap<number, 'told' | OrderRejection>;
}

export interface FamilySignals {
  readonly readyForPickup: boolean;
  readonly pickupRejected: boolean;
  /** Last state announced of a delivery, by its id. */
  readonly deliveryStates: ReadonlyMap<number, string>;
}

export const noSignals: FamilySignals = { readyForPickup: false, pickupRejected: false, deliveryStates: new Map() };

/** An order without refunds, deliveries or signals. */
export function familyOf(root: DecodedSitooOrder): OrderFamily {
  return { root, refunds: [], deliveries: [], signals: noSignals };
}

/** The refunds that credit the root, each once, oldest first: the lower order id came first. */
export function refundsOf({ root, refunds }: OrderFamily): DecodedSitooOrder[] {
  const own = refunds.filter((refund) => {
    const owner = familyRoot(refund);
    return owner.kind === 'sitoo' && owner.orderId === root.orderId;
  });
  const byId = new Map(own.map((refund) => [refund.orderId, refund]));
  return [...byId.values()].sort((left, right) => left.orderId - right.orderId);
}

/** Order log types (orders-and-customers section 4). */
const READY_FOR_PICKUP = 900;
const PICKUP_REJECTED = 910;

/** What the order's own log says about its pick-up; the last entry counts. */
export function pickupSignals({ log }: DecodedSitooOrder): Pick<FamilySignals, 'readyForPickup' | 'pickupRejected'> {
  const entries = log.filter(({ typeId }) => typeId === READY_FOR_PICKUP || typeId === PICKUP_REJECTED);
  const last = entries.reduce<(typeof entries)[number] | undefined>(
    (latest, entry) => (latest && latest.at > entry.at ? latest : entry),
    undefined,
  );
  return { readyForPickup: last?.typeId === READY_FOR_PICKUP, pickupRejected: last?.typeId === PICKUP_REJECTED };
}
