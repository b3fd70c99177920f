import type { WorkingMarket } from '@connector/connector-config';
import type { OmniumOrder } from '@connector/contracts';
import {
  deferred,
  done,
  forAll,
  park,
  retry,
  retryTogether,
  skipped,
  type DoneDetails,
  type Outcome,
  type Outcomes as BusOutcomes,
  type WorkContext,
  type WorkItem,
} from '@connector/event-bus';
import {
  hashOf,
  isOpenOrder,
  mapFamily,
  mappingVersion,
  reconcileOrder,
  sitooOrderFields,
  sourceOrderOf,
  type FamilyMapping,
  type OrderWarning,
  type RefusedRefund,
} from '@connector/mapping';
import { orderContext, type ReferenceData } from '@connector/market';
import type { UpsertResult } from '@connector/omnium-client';
import { CallError } from '@connector/platform';
import { blocksEverybody } from '../../markets/blocks-everybody';
import { answerFailedBatch, isLastWord, isSuspect, parkWithoutRepeat } from '../../markets/failed-calls';
import { giveBack, passOf } from '../../markets/sitoo-slot';
import { tellStaff } from '../../markets/staff-problems';
import type { MarketDirectory, OrderConnection } from './connection';
import { readFamilies, readOrders, sortOrders, type Family, type Outcomes } from './families';
import { findOldSales, withImported, withToldRefunds } from './imported';
import { finishedOf, importProblem, knownOrders, type KnownOrder } from './problems';
import { ordersNamed, purchaseFact, REFUND } from './signals';

/** Told about every order that was imported although something about it is odd. */
export type OnWarning = (about: { key: string; warnings: readonly OrderWarning[] }) => void;

interface Write {
  family: Family;
  order: OmniumOrder & { id: string };
  effect: 'created' | 'patched' | 'would-create' | 'would-patch';
  /** A new order that has to be delivered starts its workflow; nothing else may start one (api-guide 7.1, P23). */
  withWorkflow: boolean;
  refused: readonly RefusedRefund[];
}

/**
 * Brings Omnium's orders into agreement with Sitoo's, one document per order family: reads the orders of the batch at once, what Omnium has of
 * them, their refunds and deliveries, maps, compares, and writes what differs. A refund is handed on to its sale, whose document it changes. The
 * answers say what became of each key; a platform that is away is an error for the bus to defer.
 */
export class SitooOrderToOmnium {
  constructor(
    private readonly markets: MarketDirectory,
    private readonly onWarning: OnWarning,
    private readonly now: () => number = Date.now,
  ) {}

  /** One outcome per key. @throws CallError when a platform does not answer */
  async handle(work: readonly WorkItem[], context: WorkContext): Promise<BusOutcomes> {
    const market = this.markets.find(context.tenant, context.market);
    if (!market.ok) return forAll(work, deferred(market.problem));
    const { connection } = market;
    return answerFailedBatch(work, connection, () => this.agree(work, connection, context));
  }

  private async agree(work: readonly WorkItem[], connection: OrderConnection, context: WorkContext): Promise<BusOutcomes> {
    const reference = connection.reference.known() ?? (await this.readReference(connection, context));
    if (reference.problem) return forAll(work, deferred(reference.problem));
    const outcomes: Outcomes = new Map();
    const { families, known } = await this.read(work, connection, reference, context, outcomes);
    const writes = await this.decide(families, connection, reference, outcomes);
    await this.write(writes, connection, context, outcomes);
    // What staff see on an order is a write too.
    if (!connection.config.shadowMode)
      await tellStaff(finishedOf(known, outcomes), importProblem, connection.omnium.orders, context, this.now());
    return outcomes;
  }

  /** The reading asks Sitoo too: it would wait for the slot that this batch holds, until the deadline. */
  private async readReference({ reference }: OrderConnection, { slot }: WorkContext): Promise<ReferenceData> {
    giveBack(slot);
    return reference.get();
  }

  private async read(
    work: readonly WorkItem[],
    connection: OrderConnection,
    reference: ReferenceData,
    { signal, slot }: WorkContext,
    outcomes: Outcomes,
  ): Promise<{ families: Family[]; known: KnownOrder[] }> {
    const { config, sitoo, omnium } = connection;
    const items = work.filter((item) => {
      const settled = settledByKey(item, config);
      if (settled) outcomes.set(item.text, settled);
      return !settled;
    });
    const ids = items.map(({ key }) => Number(key.id));
    const documents = await sitoo.orders.byIds(ids, sitooOrderFields, { signal, pass: passOf(slot) });
    const place = { omniumMarketId: reference.market?.marketId ?? config.market, now: this.now(), signal };
    const orders = readOrders(items, documents, place.now, outcomes);
    const oldSales = await findOldSales(orders, connection, place);
    const sorted = sortOrders(orders, connection, { ...place, oldSales }, outcomes);
    // What is there is read before anything is written: absent → create, equal → nothing, different → the fields that are ours.
    const existing = await omnium.orders.byIds(
      sorted.map(({ omniumId }) => omniumId),
      { signal },
    );
    const roots = await withImported(sorted, existing, connection, place, outcomes);
    const families = await readFamilies(roots, existing, connection, place, outcomes);
    return { families: await withToldRefunds(families, connection, place), known: knownOrders(roots, existing) };
  }

  private async decide(
    families: readonly Family[],
    connection: OrderConnection,
    known: ReferenceData,
    outcomes: Outcomes,
  ): Promise<Write[]> {
    let reference = known;
    const writes: Write[] = [];
    for (const family of families) {
      let mapping = mapFamily(family.family, orderContext(connection.config, reference));
      if (isUnknownStore(mapping)) {
        // The store may have been mapped a minute ago: look again before anybody is asked.
        reference = await connection.reference.fresh();
        mapping = mapFamily(family.family, orderContext(connection.config, reference));
      }
      const decision = this.decideOne(family, mapping);
      if ('outcome' in decision) outcomes.set(family.item.text, decision.outcome);
      else writes.push(decision.write);
    }
    return writes;
  }

  private decideOne(family: Family, mapping: FamilyMapping): { outcome: Outcome } | { write: Write } {
    const { item, existing } = family;
    if (!mapping.ok) return { outcome: mapping.skip ? skipped(mapping.skip) : park(mapping.rejection) };
    if (mapping.warnings.length > 0) this.onWarning({ key: item.text, warnings: mapping.warnings });
    // Omnium is still taking the order in; for seconds it must not be written to (api-guide 7.2).
    if (existing?.status === 'Queued') return { outcome: retry({ code: 'ORDER_QUEUED', message: 'Omnium is still taking this order in' }) };
    const { create, refused } = mapping;
    if (!existing && create === 'never')
      return {
        outcome: retry({ code: 'OMNIUM_ORDER_MISSING', message: `Omnium has no order ${mapping.order.id}, although it came from there` }),
      };
    const decision = reconcileOrder(existing, mapping.order);
    if (decision.action === 'equal')
      return { outcome: importedBefore(family, refused) ?? outcomeOf('equal', family, refused, hashes(existing, existing)) };
    const isNew = decision.action === 'create';
    const order = { ...decision.order, id: mapping.order.id };
    return {
      write: { family, order, refused, effect: isNew ? 'created' : 'patched', withWorkflow: isNew && create === 'create-with-workflow' },
    };
  }

  private async write(writes: readonly Write[], connection: OrderConnection, context: WorkContext, outcomes: Outcomes): Promise<void> {
    if (connection.config.shadowMode) {
      for (const write of writes) outcomes.set(write.family.item.text, written({ ...write, effect: inShadow(write) }));
      return;
    }
    const together = writes.filter(({ withWorkflow }) => !withWorkflow);
    const singly = writes.filter(({ withWorkflow }) => withWorkflow);
    if (together.length > 0) await this.writeTogether(together, connection, context, outcomes);
    for (const write of singly) await this.create(write, connection, context, outcomes);
  }

  private async writeTogether(
    writes: readonly Write[],
    connection: OrderConnection,
    { signal, owned }: WorkContext,
    outcomes: Outcomes,
  ): Promise<void> {
    if (!owned()) {
      for (const { family } of writes) outcomes.set(family.item.text, takenOver);
      return;
    }
    const result = await connection.omnium.orders.upsertMany(
      writes.map(({ order }) => order),
      { runWorkflow: false },
      { signal },
    );
    const answers = answersById(result, connection, writes.length);
    for (const write of writes) outcomes.set(write.family.item.text, answers.get(write.order.id) ?? written(write));
  }

  private async create(write: Write, connection: OrderConnection, { signal, owned }: WorkContext, outcomes: Outcomes): Promise<void> {
    const { text } = write.family.item;
    if (!owned()) {
      outcomes.set(text, takenOver);
      return;
    }
    try {
      const { created } = await connection.omnium.orders.create(write.order, { signal });
      // Somebody else's order under our id: the next round compares it.
      outcomes.set(text, created ? written(write) : retry({ code: 'ORDER_EXISTS', message: 'the order was there already' }));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const failed = { id: write.order.id, error };
      const isRefusal = error.failure === 'REJECTED' || error.failure === 'CONFLICT';
      const result = { written: [], refused: isRefusal ? [failed] : [], unknown: isRefusal ? [] : [failed], unsent: [] };
      outcomes.set(text, answersById(result, connection, 1).get(write.order.id) ?? written(write));
    }
  }
}

const takenOver = retry({ code: 'TAKEN_OVER', message: 'another member owns this key now' });

/** What the key alone settles. */
function settledByKey({ key, facts }: WorkItem, { startAtOrderId, cutOver }: WorkingMarket): Outcome | undefined {
  const id = Number(key.id);
  if (!Number.isSafeInteger(id) || id <= 0)
    return park({ code: 'ORDER_ID_MALFORMED', message: 'the key does not end in a Sitoo order id' });
  // A refund of an older sale was handed on to it because Omnium has that sale.
  const isForRefund = cutOver !== undefined && ordersNamed(REFUND, facts).length > 0;
  if (id < startAtOrderId && !isForRefund)
    return skipped({ code: 'BEFORE_CUT_OVER', message: `older than order ${startAtOrderId}, where the connector takes over` });
  return undefined;
}

/** Omnium's built-in plugin imported it and nothing has happened since. While it is open there, something still may. */
function importedBefore({ family: { imported } }: Family, refused: readonly RefusedRefund[]): Outcome | undefined {
  if (!imported || refused.length > 0 || isOpenOrder(imported)) return undefined;
  return skipped({ code: 'IMPORTED_BEFORE', message: `Omnium has this order as ${imported.id}, not from the connector` });
}

/** What is told of a write that is not made. */
function inShadow({ effect }: Write): Write['effect'] {
  return effect === 'created' ? 'would-create' : 'would-patch';
}

function written(write: Write): Outcome {
  const { family, order, effect, refused } = write;
  return outcomeOf(effect, family, refused, hashes(family.existing, order));
}

function hashes(before: OmniumOrder | undefined, after: OmniumOrder | undefined): Pick<DoneDetails, 'hashBefore' | 'hashAfter'> {
  return { ...(before ? { hashBefore: hashOf(before) } : {}), ...(after ? { hashAfter: hashOf(after) } : {}) };
}

/**
 * The document agrees. A refund that could not be written waits for a person under its sale's key; a booking hears of the purchase that was made
 * of it.
 */
function outcomeOf(effect: string, { item, order }: Family, [refused]: readonly RefusedRefund[], details: DoneDetails): Outcome {
  if (refused) {
    const { code, path, message } = refused.rejection;
    return park({ code, path, message: `refund ${refused.orderId}: ${message}` });
  }
  const source = sourceOrderOf(order);
  const tell =
    source === undefined || item.verifying ? {} : { tell: [{ key: { ...item.key, id: String(source) }, facts: [purchaseFact(order)] }] };
  return done(effect, { ...details, ...tell, verify: isBareUpdate(item), ruleVersion: String(mappingVersion) });
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

function isUnknownStore(mapping: FamilyMapping): boolean {
  return !mapping.ok && (mapping.rejection?.code === 'STORE_UNKNOWN' || mapping.rejection?.code === 'STORE_MISSING');
}

/**
 * Something changed and the event does not say what, so nothing shows whether what was read already has it: reads lag behind events, and
 * one more look a minute later is cheap.
 */
function isBareUpdate({ facts, verifying }: WorkItem): boolean {
  return !verifying && facts.some(({ kind, event, state }) => kind !== 'order-delivery' && event === 'update' && state === undefined);
}
