import type { OmniumOrder, OmniumOrderAddress, SitooOrderWrite } from '@connector/contracts';

/** Who collects or receives the goods, and where: the fields that may be changed in Sitoo after the order is there. */
export type ContactFields = Pick<SitooOrderWrite, ContactField>;

const places = ['invoice', 'delivery'] as const;
const addressParts = ['address', 'address2', 'zip', 'city', 'state', 'countryid'] as const;
type ContactField =
  'email' | 'namefirst' | 'namelast' | 'company' | 'phone' | 'customerref' | `${(typeof places)[number]}_${(typeof addressParts)[number]}`;

export const contactFields: readonly ContactField[] = [
  'email',
  'namefirst',
  'namelast',
  'company',
  'phone',
  'customerref',
  ...places.flatMap((place) => addressParts.map((part) => `${place}_${part}` as const)),
];

/** Longer texts are cut (orders-and-customers section 18). */
const MAX_TEXT = 255;

/**
 * @param deliverTo the address goods are sent to; undefined for pick-up, and then no delivery field is there at all: a delivery address is
 * what makes a web order one to be shipped (orders-and-customers section 1)
 */
export function contactOf(order: OmniumOrder, deliverTo: OmniumOrderAddress | undefined): ContactFields {
  const billing = order.billingAddress ?? undefined;
  const recipient = deliverTo ?? billing;
  const { first, last } = personOf(order, recipient);
  return withoutEmpty({
    email: order.customerEmail ?? billing?.email ?? recipient?.email,
    namefirst: first,
    namelast: last,
    company: recipient?.organization ?? billing?.organization,
    phone: order.customerPhone ?? recipient?.phone ?? recipient?.daytimePhoneNumber ?? billing?.phone ?? billing?.daytimePhoneNumber,
    customerref: order.customerReference,
    ...addressFields('invoice', billing),
    ...addressFields('delivery', deliverTo),
  });
}

/** Whether an address says where to go. */
export function isAddress(address: OmniumOrderAddress | null | undefined): address is OmniumOrderAddress {
  return Boolean(address?.line1 && (address.city || address.postalCode));
}

function addressFields(place: (typeof places)[number], address: OmniumOrderAddress | undefined) {
  return {
    [`${place}_address`]: address?.line1,
    [`${place}_address2`]: address?.line2,
    [`${place}_zip`]: address?.postalCode,
    [`${place}_city`]: address?.city,
    [`${place}_state`]: address?.state ?? address?.regionName,
    // Lower case in every sample.
    [`${place}_countryid`]: address?.countryCode?.toLowerCase(),
  };
}

/** Omnium keeps the parts of a name or the whole; of a whole one the last word is the last name. */
function personOf(order: OmniumOrder, address: OmniumOrderAddress | undefined): { first: string; last: string } {
  if (address?.firstName || address?.lastName) return { first: address.firstName ?? '', last: address.lastName ?? '' };
  const words = (address?.name ?? order.customerName ?? '').trim().split(/\s+/);
  return words.length === 1 ? { first: words[0] ?? '', last: '' } : { first: words.slice(0, -1).join(' '), last: words.at(-1) ?? '' };
}

function withoutEmpty(values: Partial<Record<string, string | null>>): ContactFields {
  const fields: ContactFields = {};
  for (const name of contactFields) {
    const text = values[name]?.trim();
    if (text) fields[name] = text.slice(0, MAX_TEXT);
  }
  return fields;
}
