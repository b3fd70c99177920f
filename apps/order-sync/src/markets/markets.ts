import { isInvalid, type Configuration, type WorkingMarket } from '@connector/connector-config';
import type { SitooPaymentType } from '@connector/contracts';
import type { Slot } from '@connector/event-bus';
import { connectMarket, openOmnium, openSitooGate, type MarketConnection, type OmniumAccess, type SetupProblem } from '@connector/market';
import { CallError, LOGGER, type Logger } from '@connector/platform';
import type { GateEvent, SitooGate } from '@connector/rate-limiter';
import { Inject, Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import type { Settings } from '../config';
import { CONFIGURATION, SETTINGS } from '../tokens';
import { createCallMetrics } from './call-metrics';
import { addLimiterMetrics, type Budget } from './limiter-metrics';
import { setupWarnings } from './setup-warnings';
import { takeSitooSlot } from './sitoo-slot';

export type MarketLookup = { ok: true; connection: MarketConnection } | { ok: false; problem: SetupProblem };

/** The markets this process works for, with one client per platform and one budget per account and tenant. */
@Injectable()
export class Markets {
  private readonly connections = new Map<string, MarketConnection>();
  private readonly sitooGates = new Map<string, SitooGate>();
  private readonly tenants = new Map<string, OmniumAccess>();
  private readonly onCall: ReturnType<typeof createCallMetrics>;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Registry) registry: Registry,
  ) {
    this.onCall = createCallMetrics(registry);
    addLimiterMetrics(registry, () => this.budgets());
    for (const market of configuration.markets()) {
      if (!isInvalid(market) && market.state === 'active') this.connections.set(`${market.tenant}/${market.market}`, this.connect(market));
    }
  }

  /** The market's connection, or why there is none: its work then waits and nothing is lost. */
  find(tenant: string, market: string): MarketLookup {
    const connection = this.connections.get(`${tenant}/${market}`);
    if (connection) return { ok: true, connection };
    const state = this.configuration.findMarket(tenant, market)?.state ?? 'unknown';
    return {
      ok: false,
      problem: { code: `MARKET_${state.toUpperCase().replaceAll('-', '_')}`, message: `market ${market} is ${state}; its work waits` },
    };
  }

  /** A slot of the market's Sitoo budget for its next batch. */
  async takeSlot(market: { tenant: string; market: string }, signal: AbortSignal): Promise<Slot | undefined> {
    const connection = this.connections.get(`${market.tenant}/${market.market}`);
    return connection && takeSitooSlot(this.sitooGate(connection.config), signal);
  }

  /** Calls `listener` with a market whenever one of its platforms answers again after an outage. */
  onRecovery(listener: (market: { tenant: string; market: string }) => void): void {
    for (const { config, sitoo, omnium } of this.connections.values()) {
      const { tenant, market } = config;
      for (const [target, { circuit }] of [
        ['sitoo', sitoo],
        ['omnium', omnium],
      ] as const) {
        circuit?.onChange((state) => {
          this.logger.warn({ tenant, market, target, state }, 'circuit.changed');
          if (state === 'closed') listener({ tenant, market });
        });
      }
    }
  }

  /** Reads every market's reference data once, so that a wrong setting is told at start and the first receipt need not wait. */
  async warmUp(): Promise<void> {
    await Promise.all([...this.connections.values()].map((connection) => this.check(connection)));
  }

  async close(): Promise<void> {
    for (const { sitoo } of this.connections.values()) sitoo.close();
    await Promise.all([...this.sitooGates.values(), ...this.tenants.values()].map((one) => one.close()));
  }

  /** The markets that work here. */
  places(): { tenant: string; market: string }[] {
    return [...this.connections.values()].map(({ config: { tenant, market } }) => ({ tenant, market }));
  }

  /** How many markets work here. */
  get size(): number {
    return this.connections.size;
  }

  private budgets(): Budget[] {
    const sitoo = [...this.sitooGates].map(([name, gate]) => ({ target: 'sitoo', name, snapshot: () => gate.snapshot() }));
    const omnium = [...this.tenants].map(([name, { gate }]) => ({ target: 'omnium', name, snapshot: () => gate.snapshot() }));
    return [...sitoo, ...omnium];
  }

  private async check(connection: MarketConnection): Promise<void> {
    const { tenant, market, shadowMode } = connection.config;
    if (shadowMode) this.logger.warn({ tenant, market }, 'market.shadow');
    try {
      const reference = await connection.reference.get();
      const { problem } = reference;
      if (problem) return this.logger.error({ tenant, market, code: problem.code, problem: problem.message }, 'market.blocked');
      for (const { code, message } of setupWarnings(connection.config, reference, await this.paymentTypes(connection)))
        this.logger.warn({ tenant, market, code, problem: message }, 'market.incomplete');
      const missing = Object.keys(reference.statuses);
      if (missing.length > 0) this.logger.warn({ tenant, market, statesWithoutStatus: missing }, 'market.ready');
      else this.logger.info({ tenant, market }, 'market.ready');
    } catch (error) {
      this.logger.warn({ tenant, market, code: codeOf(error) }, 'market.not-readable');
    }
  }

  /** Only looked at here, so that a key which may not read them stops nothing. */
  private async paymentTypes({ config: { tenant, market }, sitoo }: MarketConnection): Promise<SitooPaymentType[] | undefined> {
    try {
      return await sitoo.paymentTypes.all({ class: 'catalogue' });
    } catch (error) {
      this.logger.warn({ tenant, market, code: codeOf(error), what: 'payment types' }, 'market.not-readable');
      return undefined;
    }
  }

  private connect(market: WorkingMarket): MarketConnection {
    const { referenceMaxAgeMs } = this.settings;
    const omnium = this.tenant(market).client;
    return connectMarket(market, { sitooGate: this.sitooGate(market), omnium, referenceMaxAgeMs, onCall: this.onCall });
  }

  private sitooGate(config: WorkingMarket): SitooGate {
    const { tenant, market, sitoo } = config;
    const name = `${tenant}/${sitoo.accountNumber}`;
    const onEvent = (event: GateEvent) => this.report({ target: 'sitoo', tenant, market }, event);
    const gate = this.sitooGates.get(name) ?? openSitooGate(config, this.settings.redisUrl, onEvent);
    this.sitooGates.set(name, gate);
    return gate;
  }

  private tenant(config: WorkingMarket): OmniumAccess {
    const { tenant } = config;
    const onEvent = (event: GateEvent) => this.report({ target: 'omnium', tenant }, event);
    const access = this.tenants.get(tenant) ?? openOmnium(config, this.settings.redisUrl, { onEvent, onCall: this.onCall });
    this.tenants.set(tenant, access);
    return access;
  }

  private report(about: object, event: GateEvent): void {
    if (event.type === 'passed') return;
    const { type, ...fields } = event;
    this.logger.warn({ ...about, ...fields }, `limiter.${type}`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof CallError ? error.code : 'UNEXPECTED';
}
