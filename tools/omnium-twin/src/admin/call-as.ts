import type { Call } from '../call';
import { isoTime } from '../clock';
import type { Tenant } from '../tenant';
import type { World } from '../world';

/** A call that somebody makes inside Omnium, past token, limits and contract; its rules hold all the same. */
export function callAs(world: World, tenant: Tenant, person: string, body: unknown, params: Call['params'] = {}): Call {
  const { records } = world;
  const now = world.clock.now();
  return {
    tenant,
    writer: { operationId: person, clientId: person },
    settings: world.settings,
    now,
    params,
    query: {},
    body,
    warn: (warnings) =>
      records.warnings.push(
        ...warnings.map((warning) => ({ at: isoTime(now), tenantId: tenant.seed.id, operationId: person, ...warning })),
      ),
    batchApplied: () => undefined,
  };
}
