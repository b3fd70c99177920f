import type { WorkingMarket } from '@connector/connector-config';
import type { OmniumOrder } from '@connector/contracts';
import {
  deferred,
  done,
  park,
  retry,
  retryTogether,
  skipped,
  type Outcome,
  type Outcomes,
  type WorkContext,
  type WorkItem,
} from '@connector/event-bus';
import {
  decodeSitooOrder,
  orderId,
  sitooOrderFields,
  reconcileOrder,
  toOmniumOrder,
  type OrderContext,
  type OrderMapping,
  type OrderWarning,
} from '@connector/mapping';
import type { UpsertResult } from '@connector/omnium-client';
import { CallError, type CallFailure } from '@connector/platform';
import { blocksEverybody } from '../../markets/blocks-everybody';
import { orderContext, type MarketConnection } from '../../markets/market-connection';
import type { SetupProblem } from '../../markets/order-types';
import type { ReferenceData } from '../../markets/reference-data';
import { giveBack, passOf } from '../../markets/sitoo-slot';
import { contradicts } from './readable';

/** A market's connection, as far as this flow needs it. */
export interface OrderConnection {
  config: WorkingMarket;
  sitoo: Pick<MarketConnection['sitoo'], 'circuit'> & { orders: Pick<MarketConnection['sitoo']['orders'], 'byIds'> };
  omnium: Pick<MarketConnection['omnium'], 'circuit'> & { orders: Pick<MarketConnection['omnium']['orders'], 'byIds' | 'upsertMany'> };
  reference: Pick<MarketConnection['reference'], 'known' | 'get' | 'fresh'>;
}

/** The markets, as far as this flow needs them. */
export interface MarketDirectory {
  find(tenant: string, market: string): { ok: true; connection: OrderConnection } | { ok: false; problem: SetupProblem };
}

/** Told about every order that was imported although something about it is odd. */
export type OnWarning = (about: { key: string; warnings: readonly OrderWarning[] }) => void;

/** A receipt that is mapped and waits for its comparison with Omnium. */
interface Wanted {
  item: WorkItem;
  order: OmniumOrder & { id: string };
}

interface Write {
  item: WorkItem;
  order: OmniumOrder & { id: string };
  effect: 'created' | 'patched';
}

/**
 * Brings Omnium's orders into agreement with Sitoo's: reads all receipts of the batch at once, maps them, reads what Omnium has, and writes
 * what differs in one call. The answers say what became of each key; a platform that is away is an error for the bus to defer.
 */
export class SitooOrderToOmnium {
  constructor(
    private readonly markets: MarketDirectory,
    private readonly onWarning: OnWarning,
    private readonly now: () => number = Date.now,
  ) {}

  /** One outcome per key. @throws CallError when a platform does not answer */
  async handle(work: readonly WorkItem[], context: WorkContext): Promise<Outcomes> {
    const market = this.markets.find(context.tenant, context.market);
    if (!market.ok) return all(work, deferred(market.problem));
    const { connection } = market;
    try {
      return await this.agree(work, connection, context);
    } catch (error) {
      if (isLastWord(error, connection.config)) return all(work, parkWithoutRepeat(error));
      if (isSuspect(error, connection))
        return all(work, retryTogether({ code: error.code, message: 'the platform failed on this call' }, work.length));
      throw error;
    }
  }

  private async agree(work: readonly WorkItem[], connection: OrderConnection, context: WorkContext): Promise<Outcomes> {
    const reference = connection.reference.known() ?? (await this.readReference(connection, context));
    if (reference.problem) return all(work, deferred(reference.problem));
    const outcomes = new Map<string, Outcome>();
    const wanted = await this.map(work, connection, reference, context, outcomes);
    const writes = await this.compare(wanted, connection, context, outcomes);
    await this.write(writes, connection, context, outcomes);
    return outcomes;
  }

  /** The reading asks Sitoo too: it would wait for the slot that this batch holds, until the deadline. */
  private async readReference({ reference }: OrderConnection, { slot }: WorkContext): Promise<ReferenceData> {
    giveBack(slot);
    return reference.get();
  }

  private async map(
    work: readonly WorkItem[],
    connection: OrderConnection,
    known: ReferenceData,
    { signal, slot }: WorkContext,
    outcomes: Map<string, Outcome>,
  ): Promise<Wanted[]> {
    const { startAtOrderId } = connection.config;
    const readable = work.filter((item) => {
      const id = Number(item.key.id);
      if (!Number.isSafeInteger(id) || id <= 0)
        outcomes.set(item.text, park({ code: 'ORDER_ID_MALFORMED', message: 'the key does not end in a Sitoo order id' }));
      else if (id < startAtOrderId)
        outcomes.set(
          item.text,
          skipped({ code: 'BEFORE_CUT_OVER', message: `older than order ${startAtOrderId}, where the connector takes over` }),
        );
      return !outcomes.has(item.text);
    });
    const documents = await connection.sitoo.orders.byIds(
      readable.map(({ key }) => Number(key.id)),
      sitooOrderFields,
      { signal, pass: passOf(slot) },
    );
    let reference = known;
    const wanted: Wanted[] = [];
    for (const item of readable) {
      let mapping = this.mapOne(item, documents.get(Number(item.key.id)), orderContext(connection.config, reference));
      if (mapping.kind === 'mapped' && isUnknownStore(mapping.mapping)) {
        // The store may have been mapped a minute ago: look again before anybody is asked.
        reference = await connection.reference.fresh();
        mapping = this.mapOne(item, documents.get(Number(item.key.id)), orderContext(connection.config, reference));
      }
      if (mapping.kind === 'settled') outcomes.set(item.text, mapping.outcome);
      else this.sort(item, mapping.mapping, connection, wanted, outcomes);
    }
    return wanted;
  }

  private mapOne(
    item: WorkItem,
    document: unknown,
    context: OrderContext,
  ): { kind: 'settled'; outcome: Outcome } | { kind: 'mapped'; mapping: OrderMapping } {
    if (document === undefined)
      return { kind: 'settled', outcome: retry({ code: 'ORDER_NOT_READABLE', message: 'Sitoo does not return this order (yet)' }) };
    const decoded = decodeSitooOrder(document);
    if (!decoded.ok) {
      const [first] = decoded.problems;
      const message = `${first?.path || 'the document'} ${first?.message ?? 'cannot be read'}`;
      return { kind: 'settled', outcome: park({ code: 'ORDER_MALFORMED', message, path: first?.path }) };
    }
    if (contradicts(decoded.order.stateId, item.facts, this.now())) {
      return {
        kind: 'settled',
        outcome: retry({ code: 'READ_LAGS_BEHIND', message: 'what was read is older than what was announced' }, 10_000),
      };
    }
    return { kind: 'mapped', mapping: toOmniumOrder(decoded.order, context) };
  }

  private sort(item: WorkItem, mapping: OrderMapping, { config }: OrderConnection, wanted: Wanted[], outcomes: Map<string, Outcome>): void {
    if (mapping.ok) {
      if (mapping.warnings.length > 0) this.onWarning({ key: item.text, warnings: mapping.warnings });
      const id = mapping.order.id ?? orderId({ market: config.market, site: config.sitoo.siteId, sitooOrderId: Number(item.key.id) });
      wanted.push({ item, order: { ...mapping.order, id } });
    } else if (mapping.skip) outcomes.set(item.text, skipped(mapping.skip));
    else outcomes.set(item.text, park(mapping.rejection));
  }

  /** Targets are read before anything is written: absent → create, equal → nothing, different → the fields that are ours. */
  private async compare(
    wanted: readonly Wanted[],
    { omnium }: OrderConnection,
    { signal }: WorkContext,
    outcomes: Map<string, Outcome>,
  ): Promise<Write[]> {
    const existing = await omnium.orders.byIds(
      wanted.map(({ order }) => order.id),
      { signal },
    );
    const writes: Write[] = [];
    for (const { item, order } of wanted) {
      if (existing.get(order.id)?.status === 'Queued') {
        // Omnium is still taking the order in; for seconds it must not be written to (api-guide 7.2).
        outcomes.set(item.text, retry({ code: 'ORDER_QUEUED', message: 'Omnium is still taking this order in' }));
        continue;
      }
      const decision = reconcileOrder(existing.get(order.id), order);
      if (decision.action === 'equal') outcomes.set(item.text, done('equal', { verify: isBareUpdate(item) }));
      else writes.push({ item, order: { ...decision.order, id: order.id }, effect: decision.action === 'create' ? 'created' : 'patched' });
    }
    return writes;
  }

  private async write(
    writes: readonly Write[],
    connection: OrderConnection,
    { signal, owned }: WorkContext,
    outcomes: Map<string, Outcome>,
  ): Promise<void> {
    if (writes.length === 0) return;
    if (!owned()) {
      for (const { item } of writes) outcomes.set(item.text, retry({ code: 'TAKEN_OVER', message: 'another member owns this key now' }));
      return;
    }
    const result = await connection.omnium.orders.upsertMany(
      writes.map(({ order }) => order),
      { runWorkflow: false },
      { signal },
    );
    const answers = answersById(result, connection, writes.length);
    for (const { item, order, effect } of writes)
      outcomes.set(item.text, answers.get(order.id) ?? done(effect, { verify: isBareUpdate(item) }));
  }
}

/** Everything but success, by order id. */
function answersById({ refused, unknown, unsent }: UpsertResult, connection: OrderConnection, crowd: number): Map<string, Outcome> {
  const answers = new Map<string, Outcome>();
  for (const { id, error } of refused) {
    // A conflict is somebody else's write in between: read again. A refusal stays one.
    const reason = { code: error.code, message: error.answerText() ?? 'Omnium refuses this order without saying why' };
    answers.set(id, error.failure === 'CONFLICT' ? retry(reason) : park(reason));
  }
  for (const { id, error } of [...unknown, ...unsent]) {
    // The next round reads before it writes, so an unclear answer cannot book anything twice.
    const reason = { code: error.code, message: 'Omnium did not answer the write' };
    if (isLastWord(error, connection.config)) answers.set(id, parkWithoutRepeat(error));
    else if (isSuspect(error, connection)) answers.set(id, retryTogether(reason, crowd));
    else answers.set(id, blocksEverybody(error) ? deferred(reason) : retry(reason));
  }
  return answers;
}

const neverSent: ReadonlySet<CallFailure> = new Set(['CIRCUIT_OPEN', 'NOT_ADMITTED', 'CANCELLED']);

/** `disableStandardErrorPolicy` asks for one call and no automatic repeat (S8): a person decides. What was never sent is no call. */
function isLastWord(error: unknown, config: WorkingMarket): error is CallError {
  return error instanceof CallError && !config[error.target].retriesTransientFailures && !neverSent.has(error.failure);
}

/**
 * A platform that answers others and fails on this very call: one of the records may be what it cannot digest, and would hold up its
 * neighbours for ever if that counted as an outage. An open circuit says that it fails on everybody.
 */
function isSuspect(error: unknown, connection: OrderConnection): error is CallError {
  return error instanceof CallError && error.failure === 'SERVER_ERROR' && connection[error.target].circuit?.state === 'closed';
}

function parkWithoutRepeat({ code }: CallError): Outcome {
  return park({ code, message: 'the call failed and automatic repeats are switched off (disableStandardErrorPolicy)' });
}

function isUnknownStore(mapping: OrderMapping): boolean {
  return !mapping.ok && (mapping.rejection?.code === 'STORE_UNKNOWN' || mapping.rejection?.code === 'STORE_MISSING');
}

/**
 * Something changed and the event does not say what, so nothing shows whether what was read already has it: reads lag behind events, and
 * one more look a minute later is cheap.
 */
function isBareUpdate({ facts, verifying }: WorkItem): boolean {
  return !verifying && facts.some(({ kind, event, state }) => kind !== 'order-delivery' && event === 'update' && state === undefined);
}

function all(work: readonly WorkItem[], outcome: Outcome): Outcomes {
  return new Map(work.map(({ text }) => [text, outcome]));
}
