import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import type { Stack } from '../kafka/run-tools';

/** Account of the example configuration. */
const account = 90_000;
const slice = 500;

/** An Omnium document and every write to it. */
export interface Written {
  order: OmniumOrder;
  history: readonly { at: string; kind: string }[];
}

/** What both twins have counted so far. */
export interface Counted {
  sitooCalls: Record<string, number>;
  limitHits: number;
  /** Orders per batch write, in order. */
  batchSizes: readonly number[];
}

/** Both twins of a stack, over their admin calls. */
export class Platforms {
  constructor(private readonly twins: Stack['twins']) {}

  async set(sitoo: object, omnium: object): Promise<void> {
    await Promise.all([this.call('sitoo', 'PUT', '/settings', sitoo), this.call('omnium', 'PUT', '/settings', omnium)]);
  }

  /** Sells at a till: Sitoo sends the event at once. */
  sell(order: SitooOrder): Promise<unknown> {
    return this.call('sitoo', 'POST', `/accounts/${account}/orders`, [order]);
  }

  async orders(): Promise<number> {
    return (await this.call<{ orders: number }>('omnium', 'GET', '/state')).orders;
  }

  async counted(): Promise<Counted> {
    const [sitoo, omnium] = await Promise.all([
      this.call<{ calls: Record<string, number>; limitHits: number }>('sitoo', 'GET', '/state'),
      this.call<{ limitHitTotal: number; batches: { sizes: number[] } }>('omnium', 'GET', '/state'),
    ]);
    return { sitooCalls: sitoo.calls, limitHits: sitoo.limitHits + omnium.limitHitTotal, batchSizes: omnium.batches.sizes };
  }

  /** By Sitoo order id: every document with its writes. */
  async written(): Promise<Map<number, Written>> {
    const all: Written[] = [];
    for (;;) {
      const page = await this.call<Written[]>('omnium', 'GET', `/written?from=${all.length}&count=${slice}`);
      if (page.length === 0) return new Map(all.map((one) => [receiptOf(one.order), one]));
      all.push(...page);
    }
  }

  private async call<T>(twin: 'sitoo' | 'omnium', method: string, path: string, body?: unknown): Promise<T> {
    const url = `${this.twins[twin].url}/_twin${path}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
}

/** The Sitoo order that a document, or a return form, tells of. */
export function receiptOf({ externalIds }: Pick<OmniumOrder, 'externalIds'>): number {
  return Number(externalIds?.find(({ providerName }) => providerName === 'SitooOrderId')?.id);
}
