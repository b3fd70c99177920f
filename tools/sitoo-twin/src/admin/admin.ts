import type { SitooRegister, SitooOrder, SitooZReport } from '@connector/contracts';
import type { Account } from '../account';
import { pick } from '../api/page';
import { BadInput } from '../bad-input';
import type { AccountEvents } from '../events/account-events';
import { addCounts, noCounts, type EventCounts } from '../events/event-counts';
import { orderEvent } from '../events/order-events';
import type { Fault } from '../faults';
import type { RecordedViolation } from '../records';
import { readSubscriptions } from '../seed';
import { readSettings, type TwinSettings } from '../settings';
import type { Till } from '../till/till';
import type { TwinState } from '../twin-state';

export interface TwinReport {
  /** Orders in all accounts. */
  orders: number;
  events: EventCounts;
  /** API calls by `operationId`; those refused by login, limits or a fault are not among them. */
  calls: Record<string, number>;
  callsByKey: Record<string, number>;
  /** Breaches of the contract. */
  violations: number;
  /** Answers 400 and 404 that a correct caller may get, by operation. */
  refusals: Record<string, number>;
  authFailures: number;
  /** 429 answers the caller earned. */
  limitHits: number;
  faultsServed: number;
  faultsWaiting: Fault[];
  accounts: Record<string, { orders: number; zReports: number; withheldZReports: number; events: EventCounts }>;
  settings: TwinSettings;
}

/** The controls of the twin, in process or behind `/_twin`. Unknown accounts and unusable input throw {@link BadInput}. */
export class TwinAdmin {
  constructor(private readonly twin: TwinState) {}

  state(): TwinReport {
    const { records, faults, settings, accounts } = this.twin;
    const perAccount = [...accounts.values()].map((account) => ({ account, events: this.eventsOf(account.id).counts }));
    return {
      orders: perAccount.reduce((sum, { account }) => sum + account.orderCount, 0),
      events: perAccount.map(({ events }) => events).reduce(addCounts, noCounts()),
      calls: { ...records.calls },
      callsByKey: { ...records.callsByKey },
      violations: records.violations,
      refusals: { ...records.refusals },
      authFailures: records.authFailures,
      limitHits: records.limitHits,
      faultsServed: records.faultsServed,
      faultsWaiting: faults.list(),
      accounts: Object.fromEntries(perAccount.map(({ account, events }) => [account.id, this.accountReport(account, events)])),
      settings: { ...settings },
    };
  }

  violations(): RecordedViolation[] {
    return [...this.twin.records.list];
  }

  orders(accountId: number, fields?: readonly string[]): Record<string, unknown>[] {
    return this.account(accountId)
      .allOrders()
      .map((order) => pick(order, fields));
  }

  /** Stores complete order documents; unless withheld each raises `add`, or `update` when it replaces one. */
  pushOrders(accountId: number, values: unknown, { events = true } = {}): { stored: number; events: number } {
    const account = this.account(accountId);
    const orders = this.twin.contracts.readOrders(values);
    const raised = orders.map((order) => this.store(account, order));
    if (events) this.eventsOf(accountId).send(raised);
    return { stored: orders.length, events: events ? raised.length : 0 };
  }

  /** The registers of an account, for actions of its staff. */
  till(accountId: number): Till {
    const till = this.twin.tills.get(accountId);
    if (!till) throw new BadInput(`no account ${accountId}`);
    return till;
  }

  registers(accountId: number): SitooRegister[] {
    return [...this.account(accountId).registers];
  }

  /** Z-reports of an account that a till action withheld from the backend. */
  withheldZReports(accountId: number): SitooZReport[] {
    return [...this.till(accountId).zReports.withheld];
  }

  /** Sends events as they are, odd ones included. */
  sendEvents(accountId: number, events: unknown): { events: number } {
    if (!Array.isArray(events)) throw new BadInput('an array of events is expected');
    this.eventsOf(accountId).send(events);
    return { events: events.length };
  }

  async setSubscriptions(accountId: number, value: unknown): Promise<{ subscriptions: number }> {
    const subscriptions = readSubscriptions(value);
    await this.eventsOf(accountId).subscribe(subscriptions);
    return { subscriptions: subscriptions.length };
  }

  addFault(fault: unknown): { faultsWaiting: Fault[] } {
    this.twin.faults.add(fault);
    return { faultsWaiting: this.twin.faults.list() };
  }

  clearFaults(): { faultsWaiting: Fault[] } {
    this.twin.faults.clear();
    return { faultsWaiting: [] };
  }

  changeSettings(value: unknown): TwinSettings {
    this.twin.settings = { ...this.twin.settings, ...readSettings(value) };
    return { ...this.twin.settings };
  }

  async reset(): Promise<TwinReport> {
    await this.twin.reset();
    return this.state();
  }

  private accountReport(account: Account, events: EventCounts): TwinReport['accounts'][string] {
    const withheldZReports = this.withheldZReports(account.id).length;
    return { orders: account.orderCount, zReports: account.zReports.length, withheldZReports, events: { ...events } };
  }

  private store(account: Account, order: SitooOrder) {
    const previous = account.store(order, this.twin.settings.unreadableFirstReads);
    return orderEvent(account.id, order, previous, this.twin.clock.now());
  }

  private account(id: number): Account {
    const account = this.twin.accounts.get(id);
    if (!account) throw new BadInput(`no account ${id}`);
    return account;
  }

  private eventsOf(id: number): AccountEvents {
    const events = this.twin.events.get(id);
    if (!events) throw new BadInput(`no account ${id}`);
    return events;
  }
}
