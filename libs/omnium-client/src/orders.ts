import type { OmniumLinesUpdate, OmniumStatusUpdate } from '@connector/contracts';
import { AnswerMismatch, CallError, isRecord, listOf, type CallGate, type Decode, type HttpSeam } from '@connector/platform';
import { badAnswer, chunksOf, read, type CallOptions } from './omnium-seam';
import { createOrder, type NewOrder } from './order-create';
import { errorsWithout, mergedErrors, type OrderProblem } from './order-errors';
import { lookUpOrders, type LookUp } from './order-look-up';
import { scrollOrders, searchOrders, type OrderFilter } from './order-search';
import { runWorkflow, type WorkflowRun } from './order-workflow';
import { isOrder, OrderWriter, type IdentifiedOrder, type UpsertResult } from './order-write';

/** The published limit of `ByIds` and `ExistMany` is unknown; a hundred is the safe assumption. */
const MAX_IDS_PER_CALL = 100;

/** Fields of an order to change; fields left out stay as they are. */
export type OrderPatch = Record<string, unknown>;

/** Gates of calls with limits of their own; the client's general gate where one is undefined. */
export interface OrderGates {
  batch: CallGate | undefined;
  scroll: CallGate | undefined;
}

export class OmniumOrders {
  constructor(
    private readonly seam: HttpSeam,
    private readonly gates: OrderGates,
  ) {}

  /**
   * Orders by id, a hundred per call. An id that Omnium does not have is absent from the map.
   * @throws CallError `OMNIUM_BAD_ANSWER` when orders come back that were not asked for, or an order that exists does not come back: an
   * order taken to be absent would be created anew over what Omnium's users added
   */
  async byIds(ids: readonly string[], options: CallOptions = {}): Promise<Map<string, IdentifiedOrder>> {
    const chunks = [...chunksOf([...new Set(ids)].map(orderId), MAX_IDS_PER_CALL)];
    const found = await Promise.all(chunks.map((chunk) => this.#chunk(chunk, options)));
    return new Map(found.flat().map((order) => [order.id, order]));
  }

  async #chunk(ids: readonly string[], options: CallOptions): Promise<IdentifiedOrder[]> {
    const operation = 'orders.byIds';
    const path = '/api/Orders/GetOrders/ByIds';
    const { orders, missingIds } = await read(this.seam, { operation, path, query: { ids }, decode: ordersAnswer }, options);
    const asked = new Set(ids);
    if (orders.some(({ id }) => !asked.has(id))) throw badAnswer(operation, 'an order came back that was not asked for');
    const accounted = new Set([...orders.map(({ id }) => id), ...missingIds]);
    const silent = ids.filter((id) => !accounted.has(id));
    if (silent.length > 0 && (await this.exist(silent, options)).size > 0)
      throw badAnswer(operation, 'an order that exists did not come back');
    return orders;
  }

  /** Which of these order ids exist. */
  async exist(ids: readonly string[], options: CallOptions = {}): Promise<Set<string>> {
    const chunks = [...chunksOf([...new Set(ids)].map(orderId), MAX_IDS_PER_CALL)];
    const found = await Promise.all(chunks.map((chunk) => this.#existing(chunk, options)));
    return new Set(found.flat());
  }

  async #existing(ids: readonly string[], options: CallOptions): Promise<string[]> {
    const operation = 'orders.exist';
    const existing = await read(
      this.seam,
      { operation, path: '/api/Orders/ExistMany', body: ids, decode: listOf(isText, 'the answer') },
      options,
    );
    if (existing.some((id) => !ids.includes(id))) throw badAnswer(operation, 'an id came back that was not asked for');
    return existing;
  }

  /**
   * Creates or replaces whole orders without running a workflow; read and merge first where others may have added to an order. Does not
   * reject for failed calls: the result says what became of each order. Batches pass the batch gate.
   */
  async upsertMany(orders: readonly IdentifiedOrder[], _how: { runWorkflow: false }, options: CallOptions = {}): Promise<UpsertResult> {
    orders.forEach(({ id }) => orderId(id));
    return new OrderWriter(this.seam, options, this.gates.batch).writeAll(orders);
  }

  /** Creates an order that needs processing, with its workflow. See `createOrder`. */
  create(order: IdentifiedOrder, options: CallOptions = {}): Promise<NewOrder> {
    orderId(order.id);
    return createOrder(this.seam, async (id) => (await this.byIds([id], options)).get(id), order, options);
  }

  /** Every order that matches, by id; for small answers. See `searchOrders`. */
  search(filter: OrderFilter, options: CallOptions = {}): Promise<Map<string, IdentifiedOrder>> {
    return searchOrders(this.seam, filter, options);
  }

  /**
   * Orders that carry numbers of another system, by the caller's own key; a key without any is absent. See `lookUpOrders`.
   * @throws CallError when one of the searches fails: then nothing is known of any key
   */
  lookUp(
    wanted: ReadonlyMap<number, readonly string[]>,
    where: LookUp,
    options: CallOptions = {},
  ): Promise<Map<number, IdentifiedOrder[]>> {
    const search = async (filter: OrderFilter) => [...(await this.search(filter, options)).values()];
    return lookUpOrders({ search, byIds: (ids) => this.byIds(ids, options) }, wanted, where);
  }

  /** Every order that matches, in batches, for deltas and full reads. See `scrollOrders`. */
  scroll(filter: OrderFilter, options: CallOptions = {}): AsyncGenerator<IdentifiedOrder[]> {
    return scrollOrders(this.seam, filter, this.gates.scroll, options);
  }

  /**
   * Sets the status and runs its workflow, unless `skipRunWorkflow`. Not safe to repeat: after an unclear answer read the order first.
   * @throws CallError `OMNIUM_NOT_FOUND`, `OMNIUM_CONFLICT`
   */
  updateStatus(id: string, body: OmniumStatusUpdate, options: CallOptions = {}): Promise<WorkflowRun> {
    return runWorkflow(this.seam, orderId(id), { operation: 'orders.updateStatus', action: 'UpdateStatus', body }, options);
  }

  /**
   * Delivers or cancels quantities of lines and runs the workflow: the way to report what a store handed over. Not safe to repeat.
   * @throws CallError `OMNIUM_NOT_FOUND`, `OMNIUM_CONFLICT`
   */
  updateLines(id: string, body: OmniumLinesUpdate, options: CallOptions = {}): Promise<WorkflowRun> {
    return runWorkflow(this.seam, orderId(id), { operation: 'orders.updateLines', action: 'OrderLinesUpdate', body }, options);
  }

  /**
   * Puts problems on the order, where staff work. The list is sent whole, since whether a patch merges errors by key is not documented.
   * Says whether anything was written.
   * @throws CallError `OMNIUM_NOT_FOUND`
   */
  async addErrors(id: string, problems: readonly OrderProblem[], options: CallOptions = {}): Promise<{ modified: boolean }> {
    const order = (await this.byIds([id], options)).get(id);
    if (!order) throw new CallError('omnium', 'orders.addErrors', 'NOT_FOUND', 'no such order', { retryable: false });
    const errors = mergedErrors(order, problems);
    return errors ? this.patch(id, { errors, keepExistingListItems: false }, options) : { modified: false };
  }

  /**
   * Takes problems with these keys off the order; those of others stay. Says whether anything was written.
   * @throws CallError `OMNIUM_NOT_FOUND`
   */
  async removeErrors(id: string, keys: readonly string[], options: CallOptions = {}): Promise<{ modified: boolean }> {
    const order = (await this.byIds([id], options)).get(id);
    if (!order) throw new CallError('omnium', 'orders.removeErrors', 'NOT_FOUND', 'no such order', { retryable: false });
    const errors = errorsWithout(order, keys);
    return errors ? this.patch(id, { errors, keepExistingListItems: false }, options) : { modified: false };
  }

  /**
   * Changes the given fields of one order; runs no workflow. Says whether anything differed.
   * @throws CallError `OMNIUM_NOT_FOUND`; `OMNIUM_REJECTED` also when Omnium answers 200 and counts an error
   */
  async patch(id: string, patch: OrderPatch, options: CallOptions = {}): Promise<{ modified: boolean }> {
    const operation = 'orders.patch';
    const { data } = await this.seam.call({
      operation,
      method: 'PATCH',
      path: `/api/Orders/${encodeURIComponent(orderId(id))}/PatchOrder`,
      body: patch,
      class: options.class ?? 'sale',
      signal: options.signal,
      safeToRepeat: true,
      decode: patchAnswer,
    });
    if (data.notFoundCount > 0) throw new CallError('omnium', operation, 'NOT_FOUND', 'no such order', { retryable: false });
    if (data.errorCount > 0) {
      throw new CallError('omnium', operation, 'REJECTED', 'counted an error', { retryable: false, answerText: data.errorMessage });
    }
    return { modified: data.isModified };
  }
}

const ordersAnswer: Decode<{ orders: IdentifiedOrder[]; missingIds: string[] }> = (data) => {
  if (!isRecord(data)) throw new AnswerMismatch('no envelope');
  return {
    orders: listOf(isOrder, 'orders')(data['orders'] ?? []),
    missingIds: listOf(isText, 'missingIds')(data['missingIds'] ?? []),
  };
};

const patchAnswer: Decode<{ notFoundCount: number; errorCount: number; errorMessage: string | undefined; isModified: boolean }> = (
  data,
) => {
  if (!isRecord(data)) throw new AnswerMismatch('no counters');
  const count = (name: string) => (typeof data[name] === 'number' ? data[name] : 0);
  const errorMessage = typeof data['errorMessage'] === 'string' ? data['errorMessage'] : undefined;
  const isModified = data['isModified'] === true || count('updatedCount') > 0;
  return { notFoundCount: count('notFoundCount'), errorCount: count('errorCount'), errorMessage, isModified };
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** An empty id would ask for, or create, an order nobody can find again. */
function orderId(id: string): string {
  if (isText(id)) return id;
  throw new RangeError('an Omnium order needs an id');
}
