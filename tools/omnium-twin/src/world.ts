import type { Contract } from '@connector/testing';
import type { Clock } from './clock';
import { Faults } from './faults';
import { Tokens } from './http/token';
import { Records } from './records';
import type { TenantSeed } from './seed';
import type { TwinSettings } from './settings';
import { Tenant } from './tenant';

/** Everything the twin knows; one per running twin. */
export class World {
  readonly tokens: Tokens;
  /** Changed in place by the admin API; limits and buckets read it at every call. */
  readonly settings: TwinSettings;
  tenants: ReadonlyMap<string, Tenant>;
  records = new Records();
  faults = new Faults();

  constructor(
    private readonly seeds: readonly TenantSeed[],
    private readonly initialSettings: TwinSettings,
    readonly contract: Contract,
    readonly clock: Clock,
  ) {
    this.tokens = new Tokens(clock);
    this.settings = { ...initialSettings };
    this.tenants = this.freshTenants();
  }

  tenantOf(id: string): Tenant | undefined {
    return this.tenants.get(id);
  }

  /** Forgets orders, records, faults and limits and goes back to the settings of the start. Tokens stay valid. */
  reset(): void {
    void this.stop();
    Object.assign(this.settings, this.initialSettings);
    this.tenants = this.freshTenants();
    this.records = new Records();
    this.faults = new Faults();
  }

  /** Ends every webhook that is under way. */
  async stop(): Promise<void> {
    await Promise.all([...this.tenants.values()].map((tenant) => tenant.outbox.stop()));
  }

  private freshTenants(): Map<string, Tenant> {
    return new Map(this.seeds.map((seed) => [seed.id, new Tenant(seed, this.clock, this.settings)]));
  }
}
