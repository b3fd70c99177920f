import type { WorkingMarket } from '@connector/connector-config';
import type { SitooPaymentType } from '@connector/contracts';
import type { ReferenceData } from '@connector/market';
import { cartsOff } from './carts-off';

/** Something that will have work parked or left undone, told at start so that it is put right before that. Work goes on. */
export interface SetupWarning {
  code: string;
  /** What is missing, and what to set where. */
  message: string;
}

type Config = Pick<WorkingMarket, 'tenant' | 'market' | 'effective' | 'capabilities' | 'webOrders' | 'receipts'>;
type Known = Pick<ReferenceData, 'shipmentOptions' | 'orderTypes'>;

/** Everything about a market's set-up that is worth a look. @param paymentTypes those of Sitoo's tills, undefined when they could not be read */
export function setupWarnings(config: Config, reference: Known, paymentTypes: readonly SitooPaymentType[] | undefined): SetupWarning[] {
  return [
    ...shipmentOptionsMissing(reference),
    ...orderTypesMissing(config, reference),
    ...cartsNotReadable(config),
    ...(paymentTypes === undefined ? [] : paymentRulesMissing(config.receipts, paymentTypes)),
  ];
}

const kinds = [
  { kind: 'PickUp', whose: 'closed receipts, bookings and orders to be collected' },
  { kind: 'Delivery', whose: 'open orders that are to be sent' },
] as const;

function shipmentOptionsMissing({ shipmentOptions }: Known): SetupWarning[] {
  const has = (kind: string) =>
    shipmentOptions.some(({ shippingMethodName, shipmentDeliveryType }) => Boolean(shippingMethodName) && shipmentDeliveryType === kind);
  return kinds
    .filter(({ kind }) => !has(kind))
    .map(({ kind, whose }) => ({
      code: 'NO_SHIPMENT_OPTION',
      message: `the market has no shipment option of delivery type ${kind} in Omnium, so ${whose} will be parked; add one to the market`,
    }));
}

function orderTypesMissing({ capabilities, webOrders }: Config, { orderTypes }: Known): SetupWarning[] {
  if (!capabilities.orderExport) return [];
  const names = orderTypes.map(({ name }) => name);
  return Object.entries(webOrders.flows)
    .filter(([type]) => !names.includes(type))
    .map(([type, flow]) => ({
      code: 'WEB_ORDER_TYPE_UNKNOWN',
      message: `"${type}" is not an order type of Omnium, so no order of it comes; correct "${flow === 'pick-up' ? 'PickUpOrderType' : 'ShipFromStoreOrderType'}". There are: ${names.join(', ')}`,
    }));
}

/** Carts that are switched off are meant to stay in Omnium. */
function cartsNotReadable(config: Config): SetupWarning[] {
  const off = config.capabilities.cartExport ? cartsOff(config) : undefined;
  return off ? [off] : [];
}

/**
 * Omnium publishes no list of its payment methods, so only this side can be checked: which payment types of the tills no entry names, and
 * which entries name no payment type.
 */
function paymentRulesMissing({ paymentMethods }: Config['receipts'], types: readonly SitooPaymentType[]): SetupWarning[] {
  if (paymentMethods.length === 0) return [];
  const isNamed = ({ name, externalid }: SitooPaymentType, paymentType: string) =>
    externalid === paymentType || name.trim().toLowerCase() === paymentType.toLowerCase();
  const unnamed = types.filter((type) => !paymentMethods.some(({ paymentType }) => isNamed(type, paymentType)));
  const unused = paymentMethods.filter(({ paymentType }) => !types.some((type) => isNamed(type, paymentType)));
  return [
    ...unnamed.map(({ name, externalid }) => ({
      code: 'PAYMENT_METHOD_UNKNOWN',
      message: `payment type "${name}" of the tills has no entry, so receipts paid with it will be parked; add {"key": "${externalid ?? name}", "value": "<a payment method of Omnium>", "keyGroup": "PaymentMethods"}`,
    })),
    ...unused.map(({ paymentType }) => ({
      code: 'PAYMENT_TYPE_UNKNOWN',
      message: `the entry "${paymentType}" of "PaymentMethods" is no payment type of the tills; there are: ${types.map(nameOf).join(', ')}`,
    })),
  ];
}

function nameOf({ name, externalid }: SitooPaymentType): string {
  return externalid ? `${name} (${externalid})` : name;
}
