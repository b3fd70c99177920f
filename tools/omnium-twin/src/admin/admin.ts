import { cartDocument, cartEvent, type CartRequest } from '../carts/cart';
import { isoTime } from '../clock';
import type { Order } from '../documents';
import { listOf } from '../documents';
import type { FaultOrder } from '../faults';
import { importMany } from '../orders/batch';
import { patchOrder } from '../orders/change';
import { postOrder } from '../orders/create';
import { updateStatus } from '../orders/status';
import type { HistoryEntry } from '../orders/store';
import { refuse, writeOrder, writeProblems } from '../orders/write';
import type { RecordedProblem } from '../records';
import type { TwinSettings } from '../settings';
import type { Tenant } from '../tenant';
import type { EventSubscription } from '../webhooks/subscription';
import type { ConnectorSeed } from '../workflow/connectors';
import type { World } from '../world';
import { callAs } from './call-as';
import { withStaffNote } from './staff-note';
import type { StaffReturn } from './staff-return';
import { withStaffReturn } from './staff-return';
import type { TwinState } from './state';
import { stateOf } from './state';
import type { WebOrderRequest } from './web-order';
import { webOrder } from './web-order';

const STAFF = 'staff';
const WEB_SHOP = 'webshop';
const PLUGIN = 'sitoo-plugin';

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

  /** A slice of the orders, each with every write to it: a long day does not fit into one answer. */
  written(from: number, count: number, tenantId?: string): { order: Order; history: readonly HistoryEntry[] }[] {
    const ids = this.tenants(tenantId).flatMap((tenant) => tenant.orders.ids().map((id) => ({ id, tenant })));
    return ids.slice(from, from + count).flatMap(({ id, tenant: { orders } }) => {
      const order = orders.read(id);
      return order ? [{ order, history: orders.history(id) }] : [];
    });
  }

  /** Writes what a member of Omnium's staff would: a tag, a property, an internal note and a comment on the first line. */
  addStaffNote(id: string, note?: string, tenantId?: string): Order | undefined {
    const tenant = this.owner(id, tenantId);
    const current = tenant?.orders.stored(id);
    if (!tenant || !current) return undefined;
    const noted = withStaffNote(current, note ?? 'Customer called, wants a gift wrap.', isoTime(this.world.clock.now()));
    return tenant.orders.put(id, noted, { operationId: STAFF, clientId: STAFF }, 'staff-note').document;
  }

  /** Writes a tag, as staff would in the UI. */
  addTag(id: string, tag: string, tenantId?: string): Order | undefined {
    return this.asStaff(id, tenantId, (order) => ({ ...order, tags: [...new Set([...listOf(order.tags), tag])] }));
  }

  /** Takes goods back by hand: a return form of Omnium's own. */
  addStaffReturn(id: string, taken: StaffReturn, tenantId?: string): Order | undefined {
    return this.asStaff(id, tenantId, (order) => withStaffReturn(order, taken, this.world.clock.now()));
  }

  /** Moves the order to a status in the UI, with its workflow. */
  setStatus(id: string, status: string, tenantId?: string): Order | undefined {
    return this.moveTo(id, status, 'staff', tenantId);
  }

  /** Places a web order: created with its workflow, which hands it on to the store. */
  placeWebOrder(request: WebOrderRequest, tenantId?: string): Order {
    const [tenant] = this.tenants(tenantId);
    if (!tenant) throw new Error('there is no such tenant');
    const now = this.world.clock.now();
    const id = request.id ?? tenant.nextWebOrderId();
    postOrder.run(callAs(this.world, tenant, WEB_SHOP, webOrder(request, id, tenant, now)));
    return tenant.orders.read(id) ?? {};
  }

  /** Stores orders as the built-in plugin would: under ids of its own, without a workflow. What is there already is left alone. */
  importAsPlugin(orders: unknown, tenantId?: string): void {
    const listed = Array.isArray(orders) ? orders : [];
    const problems = listed.flatMap((order) => this.world.contract.problemsOf('OmniumOrder', order));
    if (problems.length > 0) throw new Error(problems.join('; '));
    for (const tenant of this.tenants(tenantId)) importMany.run(callAs(this.world, tenant, PLUGIN, listed));
  }

  /** Changes a web order by the fields of a patch (`OmniumOrderPatch`). */
  changeWebOrder(id: string, patch: unknown, tenantId?: string): Order | undefined {
    const problems = this.world.contract.problemsOf('OmniumOrderPatch', patch);
    if (problems.length > 0) throw new Error(problems.join('; '));
    const tenant = this.owner(id, tenantId);
    if (!tenant) return undefined;
    patchOrder.run(callAs(this.world, tenant, WEB_SHOP, patch, { orderId: id }));
    return tenant.orders.read(id);
  }

  cancelWebOrder(id: string, tenantId?: string): Order | undefined {
    return this.moveTo(id, 'OrderCanceled', WEB_SHOP, tenantId);
  }

  /** Fills a cart of the web shop, or changes the one of that id. */
  fillCart(id: string, request: CartRequest, tenantId?: string): Order {
    const [tenant] = this.tenants(tenantId);
    if (!tenant) throw new Error('there is no such tenant');
    const category = tenant.carts.has(id) ? 'Updated' : 'Created';
    const cart = cartDocument(id, request, tenant);
    tenant.carts.set(id, cart);
    tenant.events.raise(cartEvent(cart, category, this.world.clock.now()));
    return cart;
  }

  deleteCart(id: string, tenantId?: string): Order | undefined {
    const tenant = this.tenants(tenantId).find(({ carts }) => carts.has(id));
    const cart = tenant?.carts.get(id);
    if (!tenant || !cart) return undefined;
    tenant.carts.delete(id);
    tenant.events.raise(cartEvent(cart, 'Deleted', this.world.clock.now()));
    return cart;
  }

  /** Replaces the event subscriptions. */
  subscribe(subscriptions: readonly EventSubscription[], tenantId?: string): void {
    for (const tenant of this.tenants(tenantId)) tenant.events.subscribe(subscriptions);
  }

  /** Replaces the connectors that `ExportOrder` posts to. */
  setConnectors(connectors: readonly ConnectorSeed[], tenantId?: string): void {
    for (const tenant of this.tenants(tenantId)) tenant.workflows.connectors = connectors;
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

  private asStaff(id: string, tenantId: string | undefined, change: (order: Order) => Order): Order | undefined {
    const tenant = this.owner(id, tenantId);
    const current = tenant?.orders.stored(id);
    if (!tenant || !current) return undefined;
    const call = callAs(this.world, tenant, STAFF, undefined);
    const changed = change(current);
    refuse(writeProblems(changed, call));
    return writeOrder(changed, call, 'staff-edit');
  }

  private moveTo(id: string, status: string, person: string, tenantId?: string): Order | undefined {
    const tenant = this.owner(id, tenantId);
    if (!tenant) return undefined;
    updateStatus.run(callAs(this.world, tenant, person, { status }, { orderId: id }));
    return tenant.orders.read(id);
  }

  private tenants(tenantId?: string): Tenant[] {
    return [...this.world.tenants.values()].filter((tenant) => !tenantId || tenant.seed.id === tenantId);
  }

  private owner(id: string, tenantId?: string): Tenant | undefined {
    return this.tenants(tenantId).find((tenant) => tenant.orders.has(id));
  }
}
