import type { OmniumMarket, OmniumOrderType, OmniumShipmentOption, OmniumStore } from '@connector/contracts';
import { AnswerMismatch, isRecord, listOf, type Decode, type HttpSeam } from '@connector/platform';
import { read, type CallOptions } from './omnium-seam';

/** A store with the id that has been checked. */
export type CheckedOmniumStore = OmniumStore & { id: string };
/** A market with the id that has been checked. */
export type CheckedOmniumMarket = OmniumMarket & { marketId: string };

export class OmniumStores {
  constructor(private readonly seam: HttpSeam) {}

  /** All stores and warehouses; Omnium leaves inactive ones out. @throws CallError `OMNIUM_BAD_ANSWER` when the answer is not all of them */
  all(options: CallOptions = {}): Promise<CheckedOmniumStore[]> {
    return read(this.seam, { operation: 'stores.all', path: '/api/Stores', decode: storesAnswer }, options);
  }
}

export class OmniumMarkets {
  constructor(private readonly seam: HttpSeam) {}

  all(options: CallOptions = {}): Promise<CheckedOmniumMarket[]> {
    return read(this.seam, { operation: 'markets.all', path: '/api/Markets', decode: listOf(isMarket, 'markets') }, options);
  }
}

/** Shipping methods of a market. */
export function readShipmentOptions(seam: HttpSeam, marketId: string, options: CallOptions = {}): Promise<OmniumShipmentOption[]> {
  const path = `/api/ShipmentOptions/${encodeURIComponent(marketId)}/ShipmentOptions`;
  return read(seam, { operation: 'shipmentOptions', path, decode: listOf(isShipmentOption, 'options') }, options);
}

export class OmniumSettings {
  constructor(private readonly seam: HttpSeam) {}

  /** Order types with their statuses; needs the role SettingsRead. */
  orderTypes(options: CallOptions = {}): Promise<OmniumOrderType[]> {
    const path = '/api/Settings/OrderTypes';
    return read(this.seam, { operation: 'settings.orderTypes', path, decode: listOf(isOrderType, 'order types') }, options);
  }
}

const storesAnswer: Decode<CheckedOmniumStore[]> = (data) => {
  if (!isRecord(data)) throw new AnswerMismatch('no envelope');
  const stores = listOf(isStore, 'result')(data['result'] ?? []);
  // The call has no paging, so fewer rows than matches would mean stores nobody could ever map to.
  const { totalHits } = data;
  if (typeof totalHits === 'number' && totalHits > stores.length) throw new AnswerMismatch('fewer stores than totalHits');
  return stores;
};

function isStore(value: unknown): value is CheckedOmniumStore {
  return isRecord(value) && typeof value['id'] === 'string' && value['id'] !== '';
}

function isMarket(value: unknown): value is CheckedOmniumMarket {
  return isRecord(value) && typeof value['marketId'] === 'string' && value['marketId'] !== '';
}

/** The contract names no required field of these two. */
function isShipmentOption(value: unknown): value is OmniumShipmentOption {
  return isRecord(value);
}

function isOrderType(value: unknown): value is OmniumOrderType {
  return isRecord(value);
}
