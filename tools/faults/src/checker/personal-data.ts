import { only, type Entry } from '../histories/entry';
import type { Violation } from './violation';

/** I12: no planted name, e-mail, telephone number, address or card number in any output. */
export function personalData(history: readonly Entry[]): Violation[] {
  return only(history, 'scanned').flatMap(({ where, found }) =>
    found.map((token): Violation => ({ invariant: 'I12', message: `${where} contains the planted ${token}` })),
  );
}
