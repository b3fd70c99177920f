import type { OmniumOrder } from '@connector/contracts';
import { AnswerMismatch, CallError, isRecord, listOf, type Decode, type HttpSeam } from '@connector/platform';
import type { Lanes } from './lanes';
import { badAnswer, chunksOf, read, type CallOptions } from './omnium-seam';
import { OrderWriter, type IdentifiedOrder, type UpsertResult } from './order-write';

/** The published limit of `ByIds` and `ExistMany` is unknown; a hundred is the safe assumption. */
const MAX_IDS_PER_CALL = 100;

/** Fields of an order to change; fields left out stay as they are. */
export type OrderPatch = Record<string, unknown>;

export class OmniumOrders {
  constructor(
    private readonly seam: HttpSeam,
    /** Batch writes of a tenant, few at a time. */
    private readonly batchWrites: Lanes,
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
   * reject for failed calls: the result says what became of each order. Batches of a tenant go one at a time.
   */
  async upsertMany(orders: readonly IdentifiedOrder[], _how: { runWorkflow: false }, options: CallOptions = {}): Promise<UpsertResult> {
    orders.forEach(({ id }) => orderId(id));
    return this.batchWrites.run(() => new OrderWriter(this.seam, options).writeAll(orders));
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

function isOrder(value: unknown): value is OmniumOrder & { id: string } {
  return isRecord(value) && isText(value['id']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** An empty id would ask for, or create, an order nobody can find again. */
function orderId(id: string): string {
  if (isText(id)) return id;
  throw new RangeError('an Omnium order needs an id');
}
