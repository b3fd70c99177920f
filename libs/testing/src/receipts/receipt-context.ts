import type { SitooOrder } from '@connector/contracts';
import { decodeSitooOrder, type DecodedSitooOrder, type OrderContext } from '@connector/mapping';
import { receiptVatRates } from './catalogue';
import { receiptPaymentTypes } from './payments';
import { defaultReceiptStores } from './stores';

const storeIds = new Set(defaultReceiptStores.map(({ externalId }) => externalId));

/** What the generated receipts are mapped with: their stores and payment types, and the shipment options of the Omnium twin. */
export const receiptContext: OrderContext = {
  tenant: 'DevShop',
  market: { id: 'NOR', currency: 'NOK', countryCode: 'NO', vatRates: receiptVatRates('NOK') },
  orderType: 'PosSitoo',
  completedStatus: 'Completed',
  storeByExternalId: (id) => (storeIds.has(id) ? id : undefined),
  shipmentOptions: [
    { shippingMethodId: 'pickup-in-store', shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' },
    { shippingMethodId: 'home-delivery', shippingMethodName: 'HomeDelivery', shipmentDeliveryType: 'Delivery', isDefaultShipment: true },
  ],
  paymentMethods: receiptPaymentTypes.map(({ externalid, name }) => ({ externalId: externalid, paymentMethodName: name })),
};

/** A generated receipt as the rules read it. @throws when it cannot be read */
export function decodedReceipt(receipt: SitooOrder): DecodedSitooOrder {
  const result = decodeSitooOrder(receipt);
  if (!result.ok) throw new Error(`${receipt.orderid} cannot be read: ${result.problems[0]?.path}`);
  return result.order;
}
