import type { OmniumOrder } from '@connector/contracts';
import { CallError, ignored, isRecord, type CallGate, type HttpSeam } from '@connector/platform';
import { chunksOf, type CallOptions } from './omnium-seam';

/** An order with the id of our own choice that makes writing it twice the same as once. */
export type IdentifiedOrder = OmniumOrder & { id: string };

export function isOrder(value: unknown): value is IdentifiedOrder {
  return isRecord(value) && typeof value['id'] === 'string' && value['id'] !== '';
}

export interface FailedOrder {
  id: string;
  error: CallError;
}

/** What became of each order; every id is in exactly one list. */
export interface UpsertResult {
  written: string[];
  /** Omnium refuses this very order: `OMNIUM_REJECTED`, or `OMNIUM_CONFLICT` when something else was writing it. */
  refused: FailedOrder[];
  /** May have been written: read before writing again. */
  unknown: FailedOrder[];
  /** Certainly not written, for a reason that is not the order: throttled, circuit open, no connection, no right to write. */
  unsent: FailedOrder[];
}

/** 250–500 are advised; the lower end keeps an answer within the time-out and a halving search short (8 steps). */
const MAX_ORDERS_PER_CALL = 250;

/** Upserts over `UpdateMany`, one batch after another, stopping at the first failure that is not an order's own. */
export class OrderWriter {
  readonly result: UpsertResult = { written: [], refused: [], unknown: [], unsent: [] };
  #stopped: CallError | undefined;

  constructor(
    private readonly seam: HttpSeam,
    private readonly options: CallOptions,
    private readonly gate: CallGate | undefined,
  ) {}

  async writeAll(orders: readonly IdentifiedOrder[]): Promise<UpsertResult> {
    for (const batch of chunksOf(orders, MAX_ORDERS_PER_CALL)) await this.#write(batch);
    return this.result;
  }

  /** `UpdateMany` does not say which order it refuses, so a refused batch is halved down to the one. */
  async #write(batch: readonly IdentifiedOrder[]): Promise<void> {
    if (this.#stopped) return this.#note('unsent', batch, this.#stopped);
    const error = await this.#send(batch);
    if (error === undefined) {
      this.result.written.push(...batch.map(({ id }) => id));
    } else if (isAboutAnOrder(error)) {
      if (batch.length === 1) return this.#note('refused', batch, error);
      const middle = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, middle));
      await this.#write(batch.slice(middle));
    } else {
      this.#stopped = error;
      this.#note(error.outcomeUnknown ? 'unknown' : 'unsent', batch, error);
    }
  }

  async #send(batch: readonly IdentifiedOrder[]): Promise<CallError | undefined> {
    const { class: urgency = 'sale', signal } = this.options;
    try {
      await this.seam.call({
        operation: 'orders.upsertMany',
        method: 'POST',
        path: '/api/Orders/UpdateMany',
        // The default is not documented, so it is always named; without a workflow an upsert may be repeated.
        query: { runWorkflow: false },
        body: batch,
        class: urgency,
        signal,
        safeToRepeat: true,
        gate: this.gate,
        decode: ignored,
      });
      return undefined;
    } catch (error) {
      if (error instanceof CallError) return error;
      throw error;
    }
  }

  #note(list: 'refused' | 'unknown' | 'unsent', batch: readonly IdentifiedOrder[], error: CallError): void {
    this.result[list].push(...batch.map(({ id }) => ({ id, error })));
  }
}

/** 400 and its like, 409: one order of the batch can be the reason. 404 is the route, 401 and 403 the caller. */
function isAboutAnOrder(error: CallError): boolean {
  return error.failure === 'REJECTED' || error.failure === 'CONFLICT';
}
