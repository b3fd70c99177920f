import type { Operation } from '../call';
import { objectIn, ok, textsIn } from '../call';
import type { Problem } from '../refusal';
import { Refusal } from '../refusal';
import { searchOrders, searchProblems } from './search';
import { refuse } from './write';

/** Ids per look-up: not published, 100 is the assumption to work with. */
const LARGEST_LOOKUP = 100;

/** `GET /api/Orders/{id}` */
export const getOrder: Operation = {
  kind: 'read',
  run: ({ tenant, params }) => {
    const order = tenant.orders.read(params.id ?? '');
    if (!order) throw new Refusal(404, 'Order not found.');
    return ok(order);
  },
};

/** `GET /api/Orders/GetOrders/ByIds?ids=…` */
export const getOrdersByIds: Operation = {
  kind: 'read',
  run: ({ tenant, query }) => {
    const ids = [...new Set(textsIn(query.ids))];
    refuse(lookupProblems(textsIn(query.ids).length));
    return ok({ orders: ids.flatMap((id) => tenant.orders.read(id) ?? []), missingIds: ids.filter((id) => !tenant.orders.has(id)) });
  },
};

/** `POST /api/Orders/ExistMany`: the ids that exist. */
export const existMany: Operation = {
  kind: 'read',
  run: ({ tenant, body }) => {
    const ids = textsIn(body);
    refuse(lookupProblems(ids.length));
    return ok([...new Set(ids)].filter((id) => tenant.orders.has(id)));
  },
};

/** `POST /api/Orders/Search`: reads the index, which lags behind writes. */
export const searchForOrders: Operation = {
  kind: 'read',
  run: ({ tenant, body, settings }) => {
    const request = objectIn(body);
    refuse(searchProblems(request));
    return ok({ ...searchOrders(tenant.orders.indexed(settings.searchLagMs), request), facets: null, scrollId: null, isValid: true });
  },
};

function lookupProblems(count: number): Problem[] {
  return count > LARGEST_LOOKUP ? [{ rule: 'lookup-size', detail: `${count} ids, at most ${LARGEST_LOOKUP}` }] : [];
}
