import { done, retry, skipped, type Outcome, type WorkContext } from '@connector/event-bus';
import { hashOf, kindTags, mappingVersion, ORDER_STATE, type ExportedOrder, type IdleReason, type SitooWrite } from '@connector/mapping';
import type { ExportConnection } from './connection';
import { deliverForReturns } from './return-delivery';

type Orders = ExportConnection['sitoo']['orders'];
export type WriteContext = Pick<WorkContext, 'signal' | 'owned'>;
type Effect = 'created' | 'cancelled' | 'patched' | 'delivered' | 'equal';
/** What is told of an order of which several things were done. */
const byWeight: readonly Effect[] = ['created', 'cancelled', 'patched', 'delivered', 'equal'];

const idleMessages: Readonly<Record<Exclude<IdleReason, 'EQUAL'>, string>> = {
  QUEUED: 'Omnium is still taking this order in',
  NOT_YET: 'the order is not confirmed in Omnium yet',
  NOT_PAID: 'the order is not paid in Omnium yet',
  NOT_FOR_A_STORE: 'no store has to do with this order',
  CLOSED_IN_SITOO: 'the store has finished this order',
  CANCELLED_IN_SITOO: 'the store did not take this order; Omnium finds another way',
  DELIVERED_IN_OMNIUM: 'Omnium has finished this order; the store closes it',
  CART_BECAME_ORDER: 'the order that was made of this cart is what counts',
};

const takenOver = retry({ code: 'TAKEN_OVER', message: 'another member owns this key now' });

/** Makes the writes of one order, in the order given. @throws CallError */
export async function writeOrder(
  writes: readonly SitooWrite[],
  existing: readonly ExportedOrder[],
  orders: Orders,
  context: WriteContext,
): Promise<Outcome> {
  const effects: Effect[] = [];
  let isDoubtful = false;
  for (const write of writes) {
    if (write.kind !== 'nothing' && !context.owned()) return takenOver;
    const result = await apply(write, existing, orders, context);
    if (result === 'taken-over') return takenOver;
    // Somebody else added it since it was looked up: one more look a minute later.
    if (result === 'was-there') isDoubtful = true;
    else if (result !== undefined) effects.push(result);
  }
  const effect = byWeight.find((one) => effects.includes(one)) ?? (isDoubtful ? 'equal' : undefined);
  return effect === undefined ? idle(writes) : done(effect, { verify: isDoubtful });
}

/** Why nothing was to be done. */
function idle(writes: readonly SitooWrite[]): Outcome {
  const [reason = 'NOT_FOR_A_STORE'] = writes.flatMap((write) =>
    write.kind === 'nothing' && write.reason !== 'EQUAL' ? [write.reason] : [],
  );
  return skipped({ code: reason, message: idleMessages[reason] });
}

/** What is told of writes that are not made, the most telling first. */
const shadowEffects = [
  ['create', 'would-create'],
  ['cancel', 'would-cancel'],
  ['patch', 'would-patch'],
] as const;

/** What `writeOrder` would have done, for a market in shadow mode: nothing is written, and nothing more is read to find out. */
export function wouldWrite(writes: readonly SitooWrite[], existing: readonly ExportedOrder[]): Outcome {
  const [, effect] = shadowEffects.find(([kind]) => writes.some((write) => write.kind === kind)) ?? [];
  if (effect === undefined) return writes.some(isEqual) ? done('equal') : idle(writes);
  const before = existing.length === 0 ? {} : { hashBefore: hashOf(existing) };
  const hashAfter = hashOf(writes.filter(({ kind }) => kind !== 'nothing'));
  return done(effect, { ...before, hashAfter, ruleVersion: String(mappingVersion) });
}

function isEqual(write: SitooWrite): boolean {
  return write.kind === 'nothing' && write.reason === 'EQUAL';
}

/** Undefined: nothing was to be done, for a reason that is told. */
async function apply(
  write: SitooWrite,
  existing: readonly ExportedOrder[],
  orders: Orders,
  context: WriteContext,
): Promise<Effect | 'was-there' | 'taken-over' | undefined> {
  const options = { class: 'sale', signal: context.signal } as const;
  switch (write.kind) {
    case 'create': {
      const { orderId, created } = await orders.create(write.body, options);
      const { warehouseid, additionaldata } = write.body;
      if (isForReturns(additionaldata) && warehouseid !== undefined) {
        const delivery = await deliverForReturns({ orderId, warehouseId: warehouseid }, orders, context);
        if (delivery === 'taken-over') return delivery;
      }
      return created ? 'created' : 'was-there';
    }
    case 'cancel':
      await orders.change(write.orderId, write.change, options);
      return 'cancelled';
    case 'patch':
      await orders.change(write.orderId, write.change, options);
      return 'patched';
    case 'nothing': {
      const order = existing.find(({ orderId }) => orderId === write.orderId);
      // A delivery that was not made the first time, or whose answer was lost.
      if (order?.stateId === ORDER_STATE.closed && isForReturns(order.data) && order.warehouseId !== undefined)
        return deliverForReturns({ orderId: order.orderId, warehouseId: order.warehouseId }, orders, context);
      return write.reason === 'EQUAL' ? 'equal' : undefined;
    }
  }
}

function isForReturns(data: Readonly<Record<string, string>>): boolean {
  return data[kindTags['return-in-store']] === 'true';
}
