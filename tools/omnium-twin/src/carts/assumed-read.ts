import type { ContractAnswer } from '@connector/testing';
import type { Operation } from '../call';
import { ok } from '../call';
import { Refusal } from '../refusal';

/**
 * AN ASSUMPTION OF THIS TWIN: the published interface has no operation that reads a cart, so its path and its answer are made up, and the
 * path says so. The answer has the fields of an order. A connector that is to read carts here is given this path as a setting.
 */
export const ASSUMED_CART_PATH = '/api/TwinAssumption/Carts/{cartId}';

const PATH = /^\/api\/twinassumption\/carts\/([^/]+)$/i;

/** A call to that path as the contract would read it, had it such an operation. */
export function assumedCartRead({ method, path }: { method: string; path: string }): ContractAnswer | undefined {
  const [, cartId] = method === 'GET' ? (PATH.exec(path) ?? []) : [];
  if (cartId === undefined) return undefined;
  return { operationId: 'AssumedCartRead', params: { cartId: decodeURIComponent(cartId) }, query: {}, violations: [] };
}

export const readCart: Operation = {
  kind: 'read',
  run: ({ tenant, params }) => {
    const cart = tenant.carts.get(params['cartId'] ?? '');
    if (!cart) throw new Refusal(404, 'Cart not found.');
    return ok(cart);
  },
};
