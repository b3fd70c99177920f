import type { OmniumOrder } from '@connector/contracts';
import { amount } from '../../money/amount';
import { EXTERNAL_ID_ORDER } from '../identifiers';
import type { Returned } from './return-lines';

/** Units of each refund that Omnium's document has, by the refund's order id and `lineItemId`. */
export type PlacedReturns = ReadonlyMap<number, Returned>;

/** Where a document has refunds; forms that are not a receipt's are left out. */
export function placedReturns({ returnOrderForms }: Pick<OmniumOrder, 'returnOrderForms'>): PlacedReturns {
  return new Map(
    (returnOrderForms ?? []).flatMap(({ externalIds, lineItems }): [number, Returned][] => {
      const id = Number(externalIds?.find(({ providerName }) => providerName === EXTERNAL_ID_ORDER)?.id);
      const units = (lineItems ?? []).map(
        ({ lineItemId, returnQuantity, quantity }) => [lineItemId ?? '', amount(returnQuantity ?? quantity ?? 0)] as const,
      );
      return Number.isSafeInteger(id) && id > 0 ? [[id, new Map(units)]] : [];
    }),
  );
}
