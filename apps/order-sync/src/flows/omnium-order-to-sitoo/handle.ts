import type { OmniumOrder } from '@connector/contracts';
import { deferred, forAll, skipped, type Outcome, type Outcomes, type WorkContext, type WorkItem } from '@connector/event-bus';
import { externalIdsToLookUp } from '@connector/mapping';
import { webOrderContext, type ReferenceData } from '@connector/market';
import { CallError } from '@connector/platform';
import { answerFailedBatch } from '../../markets/failed-calls';
import { cartsOff } from '../../markets/carts-off';
import { tellStaff, type Finished } from '../../markets/staff-problems';
import { afterFailure } from './after-failure';
import type { ExportConnection, ExportDirectory } from './connection';
import { decide, decideCart, documentsOf, firstIdOf, revisionsToLookUp, type Decision } from './decision';
import { exportProblem } from './problems';
import { exportOff, mayHaveCart, triage } from './triage';
import { wouldWrite, writeOrder } from './write';

interface Wanted {
  item: WorkItem;
  order: OmniumOrder & { id: string };
  /** Set for an order that goes to no store and was made of a cart: only the cart is looked for, and this is answered when it is not there. */
  instead: Outcome | undefined;
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
    if (!market.ok) return forAll(work, deferred(market.problem));
    const { connection } = market;
    const { config } = connection;
    if (!config.capabilities.orderExport && cartsOff(config)) return forAll(work, skipped(exportOff(config)));
    return answerFailedBatch(work, connection, () => this.agree(work, connection, context));
  }

  private async agree(work: readonly WorkItem[], connection: ExportConnection, context: WorkContext): Promise<Outcomes> {
    const reference = await connection.reference.get();
    if (reference.problem) return forAll(work, deferred(reference.problem));
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
      const instead = order && settled && mayHaveCart(order, settled, connection.config) ? settled : undefined;
      if (settled && !instead) outcomes.set(item.text, settled);
      else if (order) wanted.push({ item, order, instead });
    }
    const found = await this.lookUp(wanted, connection, signal);
    const finished = await this.bringAll(wanted, found, reference, connection, context, outcomes);
    // What staff see on an order is a write too.
    if (!connection.config.shadowMode) await tellStaff(finished, exportProblem, connection.omnium.orders, context, this.now());
    return outcomes;
  }

  /** What Sitoo has for these orders; later versions of a cart are looked up only where it is there. */
  private async lookUp(wanted: readonly Wanted[], { sitoo }: ExportConnection, signal: AbortSignal): Promise<Map<string, unknown>> {
    const options = { class: 'sale', signal } as const;
    const externalIds = wanted.flatMap(({ order, instead }) => (instead ? firstIdOf(order.orderForm?.cartId) : externalIdsToLookUp(order)));
    const found = await sitoo.orders.byExternalIds(externalIds, undefined, options);
    const revisions = wanted.flatMap(({ order }) => revisionsToLookUp(order.orderForm?.cartId, found));
    return new Map([...found, ...(await sitoo.orders.byExternalIds(revisions, undefined, options))]);
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
    for (const one of wanted) {
      const { item, order } = one;
      const outcome = outage ?? (await this.bring(one, documentsOf(order, found), reference, connection, context));
      outcomes.set(item.text, outcome);
      if (outcome.kind === 'deferred') outage = outcome;
      finished.push({ item, order, outcome });
    }
    return finished;
  }

  private async bring(
    { item, order, instead }: Wanted,
    documents: readonly unknown[],
    reference: ReferenceData,
    connection: ExportConnection,
    context: WorkContext,
  ): Promise<Outcome> {
    try {
      const decision = instead ? decideCart(documents, instead) : await this.decide(order, documents, reference, connection, context);
      if (decision.kind === 'settled') return decision.outcome;
      const { writes, existing } = decision;
      if (connection.config.shadowMode) return wouldWrite(writes, existing);
      return await writeOrder(writes, existing, connection.sitoo.orders, context);
    } catch (error) {
      if (error instanceof CallError) return afterFailure(error, item, connection);
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
