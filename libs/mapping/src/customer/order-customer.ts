import type { OmniumOrder } from '@connector/contracts';
import type { OrderContext } from '../order/order-context';
import type { DecodedSitooOrder, SitooAddress, SitooBuyer } from '../order/sitoo-order';

type CustomerFields = Pick<
  OmniumOrder,
  'customerId' | 'customerName' | 'customerEmail' | 'customerPhone' | 'customerType' | 'customerReference' | 'billingAddress'
>;
type OmniumAddress = NonNullable<OmniumOrder['billingAddress']>;

/**
 * The buyer as the receipt names them; nothing at all for an anonymous sale (Omnium wants such fields left out, api-guide 7.3). A personal
 * identity number stays in Sitoo; the organisation number of a company travels.
 */
export function orderCustomer(order: DecodedSitooOrder, context: OrderContext): CustomerFields {
  const reference = order.customerReference === undefined ? {} : { customerReference: order.customerReference };
  const { buyer } = order;
  const customerId = context.customerIdOf?.(buyer, order.data);
  const name = buyerName(buyer);
  if (customerId === undefined && name === undefined && buyer.email === undefined && buyer.phone === undefined) return reference;
  return {
    ...reference,
    ...(customerId === undefined ? {} : { customerId }),
    ...(name === undefined ? {} : { customerName: name }),
    ...(buyer.email === undefined ? {} : { customerEmail: buyer.email }),
    ...(buyer.phone === undefined ? {} : { customerPhone: buyer.phone }),
    customerType: buyer.company === undefined ? 'B2C' : 'B2B',
    billingAddress: toOmniumAddress(order.invoiceAddress, buyer, context),
  };
}

/** An Omnium address of the buyer; country of the market when the till gave none. */
export function toOmniumAddress(address: SitooAddress | undefined, buyer: SitooBuyer, context: OrderContext): OmniumAddress {
  const fields: OmniumAddress = {
    name: buyerName(buyer),
    firstName: buyer.firstName,
    lastName: buyer.lastName,
    organization: buyer.company,
    organizationalNumber: buyer.company === undefined ? undefined : buyer.personalId,
    line1: address?.line1,
    line2: address?.line2,
    postalCode: address?.postalCode,
    city: address?.city,
    state: address?.state,
    countryCode: address?.countryCode ?? context.market.countryCode,
    email: buyer.email,
    phone: buyer.phone,
  };
  return withoutUndefined(fields);
}

function buyerName(buyer: SitooBuyer): string | undefined {
  const person = [buyer.firstName, buyer.lastName].filter((part) => part !== undefined).join(' ');
  return person === '' ? buyer.company : person;
}

function withoutUndefined<T extends object>(fields: T): T {
  const copy = { ...fields };
  for (const key in copy) if (copy[key] === undefined) delete copy[key];
  return copy;
}
