import type { OmniumOrder } from '@connector/contracts';
import { PROPERTY_GROUP } from './identifiers';

export type OmniumProperty = NonNullable<OmniumOrder['properties']>[number];

/** Properties in the connector's group, in the order given, without those that have no value. */
export function sitooProperties(values: Readonly<Record<string, string | number | undefined>>): OmniumProperty[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [{ key, value: String(value), keyGroup: PROPERTY_GROUP }],
  );
}

/** The last four characters of a gift card number: the whole number is as good as cash. */
export function maskedCard(cardNumber: string | undefined): string | undefined {
  return cardNumber === undefined ? undefined : `…${cardNumber.slice(-4)}`;
}
