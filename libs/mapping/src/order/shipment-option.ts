import type { OmniumShipmentOption } from '@connector/contracts';
import type { OrderContext } from './order-context';
import { accept, reject, type Step } from './rejection';

/** A completed sale: the market's first option of delivery type `PickUp`, as Omnium's own Sitoo import chooses (api-guide 7.7). */
export function pickUpOption(context: OrderContext): Step<OmniumShipmentOption> {
  const option = context.shipmentOptions.find(
    (candidate) => candidate.shipmentDeliveryType === 'PickUp' && Boolean(candidate.shippingMethodName),
  );
  return option ? accept(option) : reject('NO_SHIPMENT_OPTION', '', `no PickUp option on market ${context.market.id} of ${context.tenant}`);
}
