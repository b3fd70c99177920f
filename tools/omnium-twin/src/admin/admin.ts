import { isoTime } from '../clock';
import type { Order } from '../documents';
import type { FaultOrder } from '../faults';
import type { HistoryEntry } from '../orders/store';
import type { RecordedProblem } from '../records';
import type { TwinSettings } from '../settings';
import type { Tenant } from '../tenant';
import type { World } from '../world';
import { withStaffNote } from './staff-note';
import type { TwinState } from './state';
import { stateOf } from './state';

/** What a test may see and do behind Omnium's back. `tenantId` chooses a tenant; without it all tenants are meant. */
export class TwinAdmin {
  constructor(private readonly world: World) {}

  state(): TwinState {
    return stateOf(this.world);
  }

  violations(): readonly RecordedProblem[] {
    return this.world.records.violations;
  }

  warnings(): readonly RecordedProblem[] {
    return this.world.records.warnings;
  }

  settings(): TwinSettings {
    return { ...this.world.settings };
  }

  orders(tenantId?: string): Order[] {
    return this.tenants(tenantId).flatMap((tenant) => tenant.orders.all());
  }

  orderIds(tenantId?: string): string[] {
    return this.tenants(tenantId).flatMap((tenant) => tenant.orders.ids());
  }

  order(id: string, tenantId?: string): Order | undefined {
    return this.owner(id, tenantId)?.orders.read(id);
  }

  /** Every write to the order, oldest first; also after it was removed. */
  history(id: string, tenantId?: string): readonly HistoryEntry[] {
    return this.tenants(tenantId).flatMap((tenant) => [...tenant.orders.history(id)]);
  }

  /** Writes what a member of Omnium's staff would: a tag, a property, an internal note and a comment on the first line. */
  addStaffNote(id: string, note?: string, tenantId?: string): Order | undefined {
    const tenant = this.owner(id, tenantId);
    const current = tenant?.orders.stored(id);
    if (!tenant || !current) return undefined;
    const noted = withStaffNote(current, note ?? 'Customer called, wants a gift wrap.', isoTime(this.world.clock.now()));
    return tenant.orders.put(id, noted, { operationId: 'staff', clientId: 'staff' }, 'staff-note').document;
  }

  addFault(fault: FaultOrder): void {
    this.world.faults.add(fault);
  }

  changeSettings(change: Partial<TwinSettings>): TwinSettings {
    Object.assign(this.world.settings, change);
    return this.settings();
  }

  /** Every token handed out so far answers 401. */
  revokeTokens(): void {
    this.world.tokens.revokeAll();
  }

  reset(): void {
    this.world.reset();
  }

  private tenants(tenantId?: string): Tenant[] {
    return [...this.world.tenants.values()].filter((tenant) => !tenantId || tenant.seed.id === tenantId);
  }

  private owner(id: string, tenantId?: string): Tenant | undefined {
    return this.tenants(tenantId).find((tenant) => tenant.orders.has(id));
  }
}
