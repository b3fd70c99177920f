import { parseKey } from '@connector/contracts';
import type { BusEvent } from '@connector/event-bus';
import type { Logger } from '@connector/platform';
import { Counter, type Registry } from 'prom-client';
import { sitooOrderToOmnium } from '../sitoo-order-to-omnium/flow';

/** Repairs of one moment make one log line, ms. */
const quietMs = 1_000;
const maxNamed = 20;

/** Kinds of facts that come from Sitoo's events; all others were found or concluded. */
const announced = ['order', 'booking', 'order-delivery'];

/**
 * Orders that are in Omnium only because reconciliation found them: written, and by then no event had announced them. Each one means that
 * something was lost on the way. An order that was merely late has its event's fact beside ours and is not counted.
 */
export class RepairWatch {
  private readonly repaired: Counter;
  private readonly keys = new Map<string, string[]>();

  constructor(
    private readonly logger: Pick<Logger, 'warn'>,
    registry: Registry,
  ) {
    this.repaired = new Counter({
      name: 'reconciliation_repaired_total',
      help: 'Orders that no event announced and reconciliation brought to Omnium',
      labelNames: ['tenant', 'market'],
      registers: [registry],
    });
  }

  /** For `Bus.listen`. */
  see(event: BusEvent): void {
    if (event.type !== 'delivery' || event.group !== sitooOrderToOmnium.group) return;
    const { outcome, effect, kinds } = event;
    const isWritten = outcome === 'done' && (effect === 'created' || effect === 'patched');
    if (isWritten && kinds.includes('missing') && !kinds.some((kind) => announced.includes(kind))) this.count(event.key);
  }

  private count(text: string): void {
    const key = parseKey(text);
    if (!key) return;
    const { tenant, market, id } = key;
    this.repaired.inc({ tenant, market });
    const place = `${tenant}/${market}`;
    const waiting = this.keys.get(place);
    if (waiting) return void waiting.push(id);
    this.keys.set(place, [id]);
    setTimeout(() => this.tell({ tenant, market }, place), quietMs).unref();
  }

  private tell(about: { tenant: string; market: string }, place: string): void {
    const ids = this.keys.get(place) ?? [];
    this.keys.delete(place);
    this.logger.warn({ ...about, count: ids.length, orderIds: ids.slice(0, maxNamed) }, 'reconciliation.repaired');
  }
}
