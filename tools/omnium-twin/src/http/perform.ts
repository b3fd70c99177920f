import type { Call, Operation, Reply } from '../call';
import { isoTime } from '../clock';
import { Refusal } from '../refusal';
import { operations } from '../routes/operations';
import type { ApiUserSeed } from '../seed';
import type { Tenant } from '../tenant';
import type { World } from '../world';
import type { CheckedCall } from './incoming';
import { lockOrders } from './locks';

/** Does the work of a call that is authorised and fits the contract, after the time it takes. */
export async function perform(world: World, checked: CheckedCall, tenant: Tenant, user: ApiUserSeed): Promise<Reply> {
  const operation = operations[checked.operationId];
  if (!operation) throw new Refusal(501, 'Not served by the twin', [{ rule: 'not-served', detail: checked.operationId }]);
  const { params } = checked.contract;
  const unlock = lockOrders(world, tenant, operation.writes?.({ params, body: checked.incoming.body }) ?? []);
  try {
    await world.clock.sleep(latencyOf(world, operation, checked.incoming.body));
    return operation.run(toCall(world, checked, tenant, user));
  } finally {
    unlock();
  }
}

function latencyOf({ settings }: World, operation: Operation, body: unknown): number {
  const orders = operation.kind === 'batch-write' && Array.isArray(body) ? body.length : 0;
  return settings.latencyMs + orders * settings.latencyPerOrderMs;
}

function toCall(world: World, checked: CheckedCall, tenant: Tenant, user: ApiUserSeed): Call {
  const { operationId, contract, incoming } = checked;
  const { records } = world;
  const now = world.clock.now();
  return {
    tenant,
    writer: { operationId, clientId: user.clientId },
    settings: world.settings,
    now,
    params: contract.params,
    query: contract.query,
    body: incoming.body,
    warn: (warnings) =>
      records.warnings.push(...warnings.map((warning) => ({ at: isoTime(now), tenantId: tenant.seed.id, operationId, ...warning }))),
    batchApplied: (size) => records.batchSizes.push(size),
  };
}
