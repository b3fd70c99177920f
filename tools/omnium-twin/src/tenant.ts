import type { OmniumMarket } from '@connector/contracts';
import type { Clock } from './clock';
import { Limits } from './limits/limits';
import { OrderStore } from './orders/store';
import type { ApiUserSeed, TenantSeed } from './seed';
import type { TwinSettings } from './settings';

/** One tenant: its settings from the seed, its orders and its limits. */
export class Tenant {
  readonly orders: OrderStore;
  readonly limits: Limits;
  /** Ids of orders that a call is writing right now. */
  readonly writing = new Set<string>();
  private sequence = 0;

  constructor(
    readonly seed: TenantSeed,
    clock: Clock,
    settings: TwinSettings,
  ) {
    this.orders = new OrderStore(clock);
    this.limits = new Limits(clock, settings);
  }

  user(clientId: string): ApiUserSeed | undefined {
    return this.seed.apiUsers.find((user) => user.clientId === clientId);
  }

  market(marketId: string | null | undefined): OmniumMarket | undefined {
    return this.seed.markets.find((market) => market.marketId === marketId);
  }

  /** The next number of the order sequence, e.g. `ORDR000001`. */
  nextOrderNumber(): string {
    this.sequence += 1;
    return `ORDR${String(this.sequence).padStart(6, '0')}`;
  }
}
