import type { OrderContext } from '../order/order-context';
import { accept, reject, type Step } from '../order/rejection';
import type { DecodedSitooOrder } from '../order/sitoo-order';

/**
 * The Omnium store that sold: by the external id that Sitoo stamps on the receipt, else by the store of its warehouse. An unknown store is
 * never replaced by a default.
 */
export function sellingStore(order: DecodedSitooOrder, context: OrderContext): Step<string> {
  const externalId = order.data['store-externalid'];
  if (externalId !== undefined) {
    const known = context.storeByExternalId(externalId);
    return known === undefined ? reject('STORE_UNKNOWN', 'additionaldata.store-externalid', externalId) : accept(known);
  }
  const ofWarehouse = order.warehouseId === undefined ? undefined : context.storeOfWarehouse?.(order.warehouseId);
  return ofWarehouse === undefined ? reject('STORE_MISSING', 'additionaldata.store-externalid', warehouseText(order)) : accept(ofWarehouse);
}

function warehouseText({ warehouseId }: DecodedSitooOrder): string {
  return warehouseId === undefined ? 'no warehouse either' : `warehouse ${warehouseId}`;
}

/** Where the goods left: stock follows the warehouse mapping, which may point elsewhere than the store that sold. */
export interface StockLocation {
  readonly storeId: string;
  /** false: the receipt's warehouse is not mapped although there is a mapping; the selling store stands in. */
  readonly isMapped: boolean;
}

export function stockLocation(order: DecodedSitooOrder, storeId: string, context: OrderContext): StockLocation {
  if (!context.stockLocationOfWarehouse || order.warehouseId === undefined) return { storeId, isMapped: true };
  const mapped = context.stockLocationOfWarehouse(order.warehouseId);
  return mapped === undefined ? { storeId, isMapped: false } : { storeId: mapped, isMapped: true };
}
