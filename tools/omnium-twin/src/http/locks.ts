import { Refusal } from '../refusal';
import type { World } from '../world';
import type { Tenant } from '../tenant';

/** Two writers on one order collide with 409 (docs.omnium.no, Integrations/troubleshooting). Returns what lets go of the orders. */
export function lockOrders(world: World, tenant: Tenant, ids: readonly string[]): () => void {
  if (!world.settings.conflictOnConcurrentWrite) return () => undefined;
  const taken = ids.filter((id) => tenant.writing.has(id));
  if (taken.length > 0) {
    world.records.conflicts += 1;
    throw new Refusal(409, `The order is being modified: ${taken.join(', ')}`);
  }
  for (const id of ids) tenant.writing.add(id);
  return () => {
    for (const id of ids) tenant.writing.delete(id);
  };
}
