import { Account } from './account';
import { CallLimits } from './api/limits';
import type { Clock } from './clock';
import type { SitooContracts } from './contracts';
import { AccountEvents } from './events/account-events';
import { Faults } from './faults';
import { OrderDesk } from './orders/order-desk';
import { seededRandom } from './random';
import { Records } from './records';
import type { TwinSeed } from './seed';
import { Till } from './till/till';
import { DEFAULT_SETTINGS, type TwinSettings } from './settings';

/** Everything the twin knows and does; the HTTP parts only translate. */
export class TwinState {
  settings: TwinSettings = { ...DEFAULT_SETTINGS };
  accounts = new Map<number, Account>();
  events = new Map<number, AccountEvents>();
  desks = new Map<number, OrderDesk>();
  tills = new Map<number, Till>();
  records = new Records();
  faults = new Faults();
  limits: CallLimits;

  constructor(
    readonly contracts: SitooContracts,
    readonly clock: Clock,
    private readonly initial: { seed: TwinSeed; settings: Partial<TwinSettings> },
    private readonly log: (line: string) => void,
  ) {
    this.limits = this.newLimits();
  }

  /** Back to the seed: no orders but the seeded, no events, no counts, no faults, settings as at the start. */
  async reset(): Promise<void> {
    await this.stop();
    this.settings = { ...DEFAULT_SETTINGS, ...this.initial.seed.settings, ...this.initial.settings };
    this.records = new Records();
    this.faults = new Faults();
    this.limits = this.newLimits();
    this.accounts = new Map(this.initial.seed.accounts.map((seed) => [seed.id, new Account(seed, this.contracts)]));
    const random = seededRandom(this.settings.randomSeed);
    const context = { settings: () => this.settings, clock: this.clock, random, log: this.log };
    this.events = new Map([...this.accounts.keys()].map((id) => [id, new AccountEvents(context)]));
    this.desks = new Map([...this.accounts.values()].map((account) => [account.id, this.deskOf(account)]));
    this.tills = new Map([...this.accounts.values()].map((account) => [account.id, this.tillOf(account)]));
    await Promise.all(this.initial.seed.accounts.map((seed) => this.events.get(seed.id)?.subscribe(seed.subscriptions ?? [])));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.events.values()].map((events) => events.stop()));
  }

  private deskOf(account: Account): OrderDesk {
    const send = (events: readonly unknown[]) => this.events.get(account.id)?.send(events);
    return new OrderDesk(account, { settings: () => this.settings, clock: this.clock, send });
  }

  private tillOf(account: Account): Till {
    return new Till(account, this.deskOf(account), { settings: () => this.settings, contracts: this.contracts });
  }

  private newLimits(): CallLimits {
    return new CallLimits(() => this.settings, this.clock);
  }
}
