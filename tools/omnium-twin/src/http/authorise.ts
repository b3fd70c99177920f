import { Refusal } from '../refusal';
import type { ApiUserSeed } from '../seed';
import type { Tenant } from '../tenant';
import { operations } from '../routes/operations';
import type { World } from '../world';
import type { CheckedCall } from './incoming';
import { mayCall } from './roles';

export interface Authorised {
  tenant: Tenant;
  user: ApiUserSeed;
  /** Gives back the place that the call takes in the tenant's limits. */
  leave(): void;
}

/** The tenant that the token chooses, with a place in its limits. 401 without a valid token, 429 over a limit, 403 without the role. */
export function authorise(world: World, { incoming, operationId }: CheckedCall): Authorised {
  const subject = world.tokens.read(incoming.authorization);
  const tenant = world.tenantOf(subject?.tenantId ?? '');
  const user = tenant?.user(subject?.clientId ?? '');
  if (!tenant || !user) throw new Refusal(401, 'Unauthorized');
  const leave = tenant.limits.enter(user.clientId, operations[operationId]?.kind === 'batch-write');
  if (mayCall(user.roles ?? ['ApiOwner'], operationId)) return { tenant, user, leave };
  leave();
  throw new Refusal(403, 'Forbidden');
}
