import type { OmniumOrder } from '@connector/contracts';
import { deferred, park, retry, skipped, type Outcome, type Outcomes, type WorkContext, type WorkItem } from '@connector/event-bus';
import { externalIdsToLookUp } from '@connector/mapping';
import { webOrderContext, type ReferenceData } from '@connector/market';
import { CallError } from '@connector/platform';
import { blocksEverybody } from '../../markets/blocks-everybody';
import { all, answerFailedBatch, isLastWord, isSuspect, parkWithoutRepeat } from '../../markets/failed-calls';
import type { ExportConnection, ExportDirectory } from './connection';
import { decide, documentsOf, type Decision } from './decision';
import { tellStaff, type Finished } from './problems';
import { exportOff, triage } from './triage';
import { wouldWrite, writeOrder } from './write';

interface Wanted {
  item: WorkItem;
  order: OmniumOrder & { id: string };
}

/**
 * Brings Sitoo's orders into agreement with Omnium's: reads all orders of the batch at once, looks all of them up in Sitoo, and writes what
 * differs, order by order, since Sitoo takes no batches. A platform that is away is an error for the bus to defer.
 */
export class OmniumOrderToSitoo {
  constructor(
    private readonly markets: ExportDirectory,
    private readonly now: () => number = Date.now,
  ) {}

  /** One outcome per key. @throws CallError when a platform does not answer */
  async handle(work: readonly WorkItem[], context: WorkContext): Promise<Outcomes> {
    const market = this.markets.find(context.tenant, context.market);
    if (!market.ok) return all(work, deferred(market.problem));
    const { connection } = market;
    if (!connection.config.capabilities.orderExport) return all(work, skipped(exportOff(connection.config)));
    return answerFailedBatch(work, connection, () => this.agree(work, connection, context));
  }

  private async agree(work: readonly WorkItem[], connection: ExportConnection, context: WorkContext): Promise<Outcomes> {
    const reference = await connection.reference.get();
    if (reference.problem) return all(work, deferred(reference.problem));
    const { signal } = context;
    const read = await connection.omnium.orders.byIds(
      work.map(({ key }) => key.id),
      { signal },
    );
    const outcomes = new Map<string, Outcome>();
    const wanted: Wanted[] = [];
    for (const item of work) {
      const order = read.get(item.key.id);
      const settled = triage(order, connection.config);
      if (settled) outcomes.set(item.text, settled);
      else if (order) wanted.push({ item, order });
    }
    const externalIds = wanted.flatMap(({ order }) => externalIdsToLookUp(order));
    const found = await connection.sitoo.orders.byExternalIds(externalIds, undefined, { class: 'sale', signal });
    const finished = await this.bringAll(wanted, found, reference, connection, context, outcomes);
    // What staff see on an order is a write too.
    if (!connection.config.shadowMode) for (const one of finished) await tellStaff(one, connection.omnium.orders, context, this.now());
    return outcomes;
  }

  /** One after the other; an outage ends it, and what was done by then stays done. */
  private async bringAll(
    wanted: readonly Wanted[],
    found: ReadonlyMap<string, unknown>,
    reference: ReferenceData,
    connection: ExportConnection,
    context: WorkContext,
    outcomes: Map<string, Outcome>,
  ): Promise<Finished[]> {
    const finished: Finished[] = [];
    let outage: Outcome | undefined;
    for (const { item, order } of wanted) {
      const result = outage
        ? { outcome: outage }
        : await this.bring({ item, order }, documentsOf(order, found), reference, connection, context);
      outcomes.set(item.text, result.outcome);
      if (result.outcome.kind === 'deferred') outage = result.outcome;
      finished.push({ item, order, ...result });
    }
    return finished;
  }

  private async bring(
    { item, order }: Wanted,
    documents: readonly unknown[],
    reference: ReferenceData,
    connection: ExportConnection,
    context: WorkContext,
  ): Promise<Pick<Finished, 'outcome' | 'rejection'>> {
    try {
      const decision = await this.decide(order, documents, reference, connection, context);
      if (decision.kind === 'settled') return decision;
      const { writes, existing } = decision;
      if (connection.config.shadowMode) return { outcome: wouldWrite(writes, existing) };
      return { outcome: await writeOrder(writes, existing, connection.sitoo.orders, context) };
    } catch (error) {
      if (error instanceof CallError) return { outcome: afterFailure(error, item, connection) };
      throw error;
    }
  }

  private async decide(
    order: OmniumOrder,
    documents: readonly unknown[],
    reference: ReferenceData,
    { config, sitoo, reference: cache }: ExportConnection,
    { signal }: WorkContext,
  ): Promise<Decision> {
    const deliveries = (orderId: number) => sitoo.orders.deliveries(orderId, { class: 'sale', signal });
    const decision = await decide(order, documents, webOrderContext(config, reference), deliveries);
    if (decision.kind !== 'settled' || decision.rejection?.code !== 'WAREHOUSE_UNKNOWN') return decision;
    // The store may have been mapped a minute ago: look again before anybody is asked.
    return decide(order, documents, webOrderContext(config, await cache.fresh()), deliveries);
  }
}

/** An unclear answer is never followed by a second write from here: the next round looks the order up first. */
function afterFailure(error: CallError, { attempt }: WorkItem, connection: ExportConnection): Outcome {
  const { code, failure } = error;
  const reason = { code, message: `${error.target === 'sitoo' ? 'Sitoo' : 'Omnium'} did not answer` };
  if (failure === 'REJECTED' || failure === 'NOT_FOUND') {
    // The store may have closed the order since it was looked up: decided once more, then a refusal stays one.
    if (error.operation === 'orders.change' && attempt === 0)
      return retry({ code, message: 'Sitoo refuses the change; the order is looked at again' });
    return park({ code, message: error.answerText() ?? 'Sitoo refuses this order without saying why' });
  }
  if (isLastWord(error, connection.config)) return parkWithoutRepeat(error);
  if (isSuspect(error, connection)) return retry({ code, message: 'Sitoo failed on this order' });
  return blocksEverybody(error) ? deferred(reason) : retry(reason);
}
