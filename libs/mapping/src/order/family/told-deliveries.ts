import type { OmniumOrder } from '@connector/contracts';
import { DELIVERIES_PROPERTY } from '../identifiers';
import { deliveryStates, isDeliveryState } from './deliveries';

/** Earlier states first. */
const stateOrder = Object.keys(deliveryStates);

/**
 * The last state of each delivery: of those that were announced, and of those that Omnium's document tells, the later one. Documents do not say it
 * (section 5.8) and an event says it once, so a look for another reason would take it back.
 * @param announced by delivery id
 */
export function latestDeliveryStates(
  order: Pick<OmniumOrder, 'orderForm'> | undefined,
  announced: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const states = new Map(announced);
  for (const [id, told] of toldStates(order)) {
    const state = states.get(id);
    if (state === undefined || (isDeliveryState(state) && rankOf(told) > rankOf(state))) states.set(id, told);
  }
  return states;
}

/** `10:in-transit 11:cancelled`. */
function toldStates(order: Pick<OmniumOrder, 'orderForm'> | undefined): [number, string][] {
  const properties = (order?.orderForm?.shipments ?? []).flatMap((shipment) => shipment.properties ?? []);
  const texts = properties.flatMap(({ key, value }) => (key === DELIVERIES_PROPERTY ? (value ?? '').split(' ') : []));
  return texts.flatMap((text): [number, string][] => {
    const [, id, state] = /^(\d{1,15}):(.+)$/.exec(text) ?? [];
    return id !== undefined && state !== undefined && isDeliveryState(state) ? [[Number(id), state]] : [];
  });
}

function rankOf(state: string): number {
  return stateOrder.indexOf(state);
}
