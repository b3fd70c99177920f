import type { SitooOrder } from '@connector/contracts';
import type { Rng } from './rng';

/** Invented people: example.com addresses, and numbers that no operator hands out (Norwegian mobile numbers never start with 0). */
const firstNames = ['Liv', 'Ola', 'Kari', 'Nils', 'Astrid', 'Sven', 'Ingrid', 'Lars', 'Elin', 'Jonas'] as const;
const lastNames = ['Andersen', 'Nordmann', 'Berg', 'Lindqvist', 'Haugen', 'Solberg', 'Ek', 'Dahl'] as const;
const places = [
  ['Storgata 1', '0155', 'Oslo', 'no'],
  ['Bryggen 12', '5003', 'Bergen', 'no'],
  ['Storgatan 4', '11122', 'Stockholm', 'se'],
] as const;

type Buyer = Pick<
  SitooOrder,
  | 'email'
  | 'namefirst'
  | 'namelast'
  | 'personalid'
  | 'company'
  | 'phone'
  | 'invoice_address'
  | 'invoice_zip'
  | 'invoice_city'
  | 'invoice_countryid'
>;

/** @param plantedToken put into every personal field, so that a scan of logs can look for it */
export function inventBuyer(rng: Rng, plantedToken: string): Required<Buyer> {
  const [first, last] = [rng.pick(firstNames), rng.pick(lastNames)];
  const [street, zip, city, country] = rng.pick(places);
  const token = plantedToken === '' ? '' : ` ${plantedToken}`;
  return {
    email: `${[first, last, plantedToken].filter(Boolean).join('.').toLowerCase()}${rng.int(1, 999)}@example.com`,
    namefirst: first,
    namelast: `${last}${token}`,
    personalid: rng.chance(0.1) ? `010199${rng.int(10_000, 99_999)}${plantedToken}` : '',
    company: rng.chance(0.1) ? `${last} AS${token}` : '',
    phone: `+4700${rng.int(100_000, 999_999)}${plantedToken}`,
    invoice_address: `${street}${token}`,
    invoice_zip: zip,
    invoice_city: city,
    invoice_countryid: country,
  };
}

const staff = [
  ['E1001', 'Kari', '{441A73D1-5DA7-685D-7E40-445D90C97E9B}'],
  ['E1002', 'Jonas', '{441A73D1-5DA7-685D-7E40-445D90C97E9C}'],
  ['E1003', 'Elin', '{441A73D1-5DA7-685D-7E40-445D90C97E9D}'],
] as const;

export interface StaffOnReceipt {
  readonly userId: string;
  readonly data: Record<string, string>;
}

/** A cashier, sometimes with another member of staff credited with the sale. */
export function inventStaff(rng: Rng): StaffOnReceipt {
  const [externalId, , userId] = rng.pick(staff);
  const data = { 'pos-staff-userid': userId, 'pos-staff-externalid': externalId };
  if (!rng.chance(0.3)) return { userId, data };
  const [seller, name, sellerId] = rng.pick(staff);
  return {
    userId: sellerId,
    data: { ...data, 'pos-staffsales-userid': sellerId, 'pos-staffsales-externalid': seller, 'pos-staffsales-name': name },
  };
}
