import type { OmniumOrder } from '@connector/contracts';
import { rejectionCodes } from '@connector/mapping';
import { areOwnWords, type Finished, type StaffEntry } from '../../markets/staff-problems';
import type { Outcomes, Root } from './families';
import { sitooOrderToOmnium } from './flow';

/**
 * What staff see on an order when a correction or a refund of it could not be brought over. One entry per Sitoo order, since several of them
 * may share a document. Omnium's own words may quote a customer, so of its refusals only the code is told.
 */
export const importProblem: StaffEntry = {
  key: ({ key }) => `sitoo-order-import-${key.id}`,
  message: (reason, { key }) =>
    `Not brought over from Sitoo (order ${key.id}): ${areOwnWords(reason, rejectionCodes) ? reason.message : 'Omnium did not take what the till reports'}`,
  attempts: sitooOrderToOmnium.retry.attempts,
};

/** A root of the batch whose document Omnium has. */
export interface KnownOrder extends Pick<Root, 'item'> {
  readonly order: OmniumOrder & { id: string };
}

export function knownOrders(roots: readonly Root[], existing: ReadonlyMap<string, KnownOrder['order']>): KnownOrder[] {
  return roots.flatMap(({ item, omniumId }) => {
    const order = existing.get(omniumId);
    return order ? [{ item, order }] : [];
  });
}

export function finishedOf(known: readonly KnownOrder[], outcomes: Outcomes): Finished[] {
  return known.flatMap(({ item, order }) => {
    const outcome = outcomes.get(item.text);
    return outcome ? [{ item, order, outcome }] : [];
  });
}
