import type { OmniumMarket, OmniumOrderType, OmniumShipmentOption } from '@connector/contracts';
import type { OrderContext } from '@connector/mapping';
import type { OmniumClient } from '@connector/omnium-client';
import type { SitooClient } from '@connector/sitoo-client';
import { checkOrderType, missingStatuses, type SetupProblem } from './order-types';
import { createStoreMap, type StoreMap } from './store-map';

/** What a market's receipts are mapped with, as both platforms have it. */
export interface ReferenceData {
  stores: StoreMap;
  market: OmniumMarket | undefined;
  shipmentOptions: readonly OmniumShipmentOption[];
  /** States of an order for which the market's order type has no status. */
  statuses: NonNullable<OrderContext['statuses']>;
  /** All of the tenant's, with what their statuses mean. */
  orderTypes: readonly OmniumOrderType[];
  /** Nothing may be imported until this is put right. */
  problem?: SetupProblem;
}

export interface ReferenceSource {
  market: string;
  orderType: string;
  completedStatus: string;
  sitoo: { stores: Pick<SitooClient['stores'], 'all'>; warehouses: Pick<SitooClient['warehouses'], 'all'> };
  omnium: {
    stores: Pick<OmniumClient['stores'], 'all'>;
    markets: Pick<OmniumClient['markets'], 'all'>;
    settings: Pick<OmniumClient['settings'], 'orderTypes'>;
    shipmentOptions: OmniumClient['shipmentOptions'];
  };
}

/** Reads everything once: four calls to Omnium, two to Sitoo. @throws CallError */
export async function readReferenceData({ market, orderType, completedStatus, sitoo, omnium }: ReferenceSource): Promise<ReferenceData> {
  const [omniumStores, markets, shipmentOptions, orderTypes] = await Promise.all([
    omnium.stores.all(),
    omnium.markets.all(),
    omnium.shipmentOptions(market),
    omnium.settings.orderTypes(),
  ]);
  // One after another: Sitoo takes one call at a time.
  const sitooStores = await sitoo.stores.all();
  const sitooWarehouses = await sitoo.warehouses.all();
  const found = markets.find(({ marketId }) => marketId?.toLowerCase() === market.toLowerCase());
  const problem = found ? checkOrderType(orderType, completedStatus, orderTypes) : marketMissing(market, markets);
  return {
    stores: createStoreMap({ market, omniumStores, sitooStores, sitooWarehouses }),
    market: found,
    shipmentOptions,
    statuses: missingStatuses(orderType, orderTypes),
    orderTypes,
    problem,
  };
}

function marketMissing(market: string, markets: readonly OmniumMarket[]): SetupProblem {
  const valid = markets.map(({ marketId }) => marketId).join(', ');
  return { code: 'MARKET_UNKNOWN', message: `Omnium has no market "${market}"; there are: ${valid}` };
}

/** One load at a time; a load is kept for `maxAgeMs`, and for `minAgeMs` at least however often somebody asks for a fresh one. */
export class ReferenceCache {
  private loaded: { data: ReferenceData; at: number } | undefined;
  private loading: Promise<ReferenceData> | undefined;

  constructor(
    private readonly load: () => Promise<ReferenceData>,
    private readonly maxAgeMs: number,
    private readonly now: () => number = Date.now,
    private readonly minAgeMs = 30_000,
  ) {}

  /** What is known and young enough; undefined when `get` would have to read, which takes a slot of Sitoo's budget. */
  known(): ReferenceData | undefined {
    return this.loaded && this.now() - this.loaded.at < this.maxAgeMs ? this.loaded.data : undefined;
  }

  /** What is known; read anew when it is too old. */
  get(): Promise<ReferenceData> {
    return this.younger(this.maxAgeMs);
  }

  /** For a receipt whose store is not known: it may have been mapped a minute ago. */
  fresh(): Promise<ReferenceData> {
    return this.younger(this.minAgeMs);
  }

  private async younger(ageMs: number): Promise<ReferenceData> {
    if (this.loaded && this.now() - this.loaded.at < ageMs) return this.loaded.data;
    this.loading ??= this.read().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async read(): Promise<ReferenceData> {
    const at = this.now();
    const data = await this.load();
    this.loaded = { data, at };
    return data;
  }
}
