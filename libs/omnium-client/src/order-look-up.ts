import type { OmniumOrder } from '@connector/contracts';
import { chunksOf } from './omnium-seam';
import type { OrderFilter } from './order-search';
import type { IdentifiedOrder } from './order-write';

/** Where in an order a number of another system may stand. */
export type ReferencePlace =
  /** `provider` undefined: any. */
  | { readonly kind: 'external-id'; readonly provider?: string }
  /** The order's number or its id. */
  | { readonly kind: 'order-number' }
  | { readonly kind: 'property'; readonly key: string };

export interface LookUp {
  /** Tried one after the other, each for the keys that the ones before did not find. */
  readonly places: readonly ReferencePlace[];
  /** What else has to hold, since a number alone may be somebody else's too. */
  readonly filter: Pick<OrderFilter, 'selectedMarkets' | 'orderType'>;
}

interface Reads {
  search: (filter: OrderFilter) => Promise<IdentifiedOrder[]>;
  byIds: (ids: readonly string[]) => Promise<Map<string, IdentifiedOrder>>;
}

/** How many external ids one search may name is not published; a hundred is what look-ups by id work with. */
const VALUES_PER_SEARCH = 100;

/**
 * Finds orders by numbers of another system. External ids are asked for many at a time ("any of these foreign ids"); of the other filters only
 * one value at a time is documented. Whatever comes back is compared to the letter: how exactly Omnium matches is not published. Search lags
 * behind writes (api-guide section 3), so what it shows is read again by id, and an order written within the last seconds may be missed.
 */
export async function lookUpOrders(
  reads: Reads,
  wanted: ReadonlyMap<number, readonly string[]>,
  { places, filter }: LookUp,
): Promise<Map<number, IdentifiedOrder[]>> {
  const found = new Map<number, string[]>();
  for (const place of places) {
    const open = [...wanted].filter(([key]) => !found.has(key));
    const values = [...new Set(open.flatMap(([, ofKey]) => ofKey))];
    const index = indexOf(await candidates(reads, values, place, filter), place);
    for (const [key, ofKey] of open) {
      const ids = new Set(ofKey.flatMap((value) => index.get(value) ?? []));
      if (ids.size > 0) found.set(key, [...ids]);
    }
  }
  const ids = [...new Set([...found.values()].flat())];
  const current = ids.length === 0 ? new Map<string, IdentifiedOrder>() : await reads.byIds(ids);
  const orders = [...found].map(([key, ofKey]) => [key, ofKey.flatMap((id) => current.get(id) ?? [])] as const);
  return new Map(orders.filter(([, ofKey]) => ofKey.length > 0));
}

async function candidates(
  { search }: Reads,
  values: readonly string[],
  place: ReferencePlace,
  filter: LookUp['filter'],
): Promise<IdentifiedOrder[]> {
  const filters = filtersOf(place, values).map((one) => ({ ...one, ...filter }));
  return (await Promise.all(filters.map(search))).flat();
}

function filtersOf(place: ReferencePlace, values: readonly string[]): OrderFilter[] {
  switch (place.kind) {
    case 'external-id':
      return [...chunksOf(values, VALUES_PER_SEARCH)].map((externalIds) => ({ externalIds }));
    case 'order-number':
      return values.map((orderNumber) => ({ orderNumber }));
    case 'property':
      // Whether several properties mean all of them or any of them is not documented.
      return values.map((value) => ({ properties: [{ key: place.key, value }] }));
  }
}

/** Ids of the orders that carry each value. */
function indexOf(orders: readonly IdentifiedOrder[], place: ReferencePlace): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const order of orders) for (const value of valuesAt(order, place)) index.set(value, [...(index.get(value) ?? []), order.id]);
  return index;
}

/** What stands in an order at a place. */
export function valuesAt(order: OmniumOrder, place: ReferencePlace): string[] {
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  switch (place.kind) {
    case 'external-id': {
      const entries = (order.externalIds ?? []).filter(({ providerName }) => !place.provider || providerName === place.provider);
      return entries.map(({ id }) => id).filter(isText);
    }
    case 'order-number':
      return [order.orderNumber, order.id].filter(isText);
    case 'property':
      return (order.properties ?? [])
        .filter(({ key }) => key === place.key)
        .map(({ value }) => value)
        .filter(isText);
  }
}
