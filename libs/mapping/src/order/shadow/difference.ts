import type { LoggableValue } from '../reconcile/merge';

/** How a field of Omnium's document differs from what the connector would write: it is not there, should not be there, or says something else. */
export type DifferenceKind = 'missing' | 'extra' | 'different';

export interface Difference {
  /** The path without keys of lists, but those of properties and external ids: `orderForm.lineItems[].taxRate`. */
  readonly path: string;
  readonly kind: DifferenceKind;
  /** In Omnium, and as the connector makes it. Hidden where it may be about a person. */
  readonly before: LoggableValue;
  readonly after: LoggableValue;
}

export interface Comparison {
  /** Fields of the connector's that were compared. */
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** `orderForm.lineItems[0].taxRate` → `orderForm.lineItems[].taxRate`; names of properties and external ids stay, they say what it is. */
export function patternOf(path: string): string {
  return path.replace(/(^|\.)(\w+)\[[^\]]*\]/g, (whole, dot: string, list: string) =>
    list === 'properties' || list === 'externalIds' ? whole : `${dot}${list}[]`,
  );
}
