import type { SitooOrder } from '@connector/contracts';
import type { ReceiptCurrency } from './catalogue';
import { generateReceipt, type LabelledReceipt, type ReceiptOptions } from './generate-receipt';
import { type ReceiptMix, saleMix, tradingDayMix } from './kinds';
import { createRng, type Rng } from './rng';
import { defaultReceiptStores, type ReceiptStore } from './stores';

export interface TradingDayOptions {
  readonly seed: number;
  /** Number of orders; an exchange counts as two. */
  readonly count: number;
  /** Default 20001. Ids rise by one. */
  readonly firstOrderId?: number;
  readonly stores?: readonly ReceiptStore[];
  /** Default 2. */
  readonly registersPerStore?: number;
  readonly currency?: ReceiptCurrency;
  /** Local date of the shops, default `2026-03-02`. */
  readonly date?: string;
  /** Default Europe/Oslo. */
  readonly timeZone?: string;
  /** Weights by kind, in place of {@link tradingDayMix}. */
  readonly mix?: ReceiptMix;
  readonly site?: number;
  readonly maxLines?: number;
  readonly plantedToken?: string;
}

/** Shops open from 10 to 20. */
const OPENING_SECONDS = 10 * 3600;
const OPEN_SECONDS = 10 * 3600;
/** An offline register uploads late: a new order id with a time up to an hour old. */
const LATE_SHARE = 0.01;
const LATE_SECONDS = 3600;

/** A day of receipts in the order in which Sitoo numbers them. The same options give the same day. */
export function generateTradingDay(options: TradingDayOptions): LabelledReceipt[] {
  const rng = createRng(options.seed);
  const day = new TradingDay(rng, options);
  while (day.receipts.length < options.count) day.sellOnce();
  return day.receipts;
}

class TradingDay {
  readonly receipts: LabelledReceipt[] = [];
  private readonly counters = new Map<string, number>();
  private readonly opening: number;
  private lastSale: SitooOrder | undefined;

  constructor(
    private readonly rng: Rng,
    private readonly options: TradingDayOptions,
  ) {
    this.opening = localToUnix(options.date ?? '2026-03-02', OPENING_SECONDS, options.timeZone ?? 'Europe/Oslo');
  }

  sellOnce(): void {
    const drawn = this.rng.weighted(this.options.mix ?? tradingDayMix);
    if (drawn !== 'exchange') this.add({ ...this.place(), kind: drawn });
    else if (this.options.count - this.receipts.length >= 2) this.exchange();
  }

  /** Both halves at one register, one after the other; the same choices for both, so that their amounts meet. */
  private exchange(): void {
    const place = this.place();
    const seed = this.rng.int(0, 2 ** 31);
    const original = this.lastSale;
    this.add({ ...place, kind: 'exchange-refund', original }, createRng(seed));
    this.add({ ...place, receiptNumber: this.count(place), kind: 'exchange-sale', original }, createRng(seed));
  }

  private add(options: ReceiptOptions, rng: Rng = this.rng): void {
    const { firstOrderId = 20_001, currency, timeZone, site, maxLines, plantedToken } = this.options;
    const orderId = firstOrderId + this.receipts.length;
    const receipt = generateReceipt(rng, {
      currency,
      timeZone,
      site,
      maxLines,
      plantedToken,
      original: this.lastSale,
      ...options,
      orderId,
    });
    this.receipts.push(receipt);
    if (isSale(receipt)) this.lastSale = receipt.order;
    // What came back once does not come back again.
    else if (receipt.expect === 'merged') this.lastSale = undefined;
  }

  private place(): Pick<Required<ReceiptOptions>, 'store' | 'register' | 'receiptNumber' | 'orderedAt'> {
    const store = this.rng.pick(this.options.stores ?? defaultReceiptStores);
    const register = this.rng.int(1, this.options.registersPerStore ?? 2);
    const onTime = this.opening + Math.floor((OPEN_SECONDS * this.receipts.length) / this.options.count);
    const late = this.rng.chance(LATE_SHARE) ? this.rng.int(60, LATE_SECONDS) : 0;
    return { store, register, receiptNumber: this.count({ store, register }), orderedAt: onTime - late };
  }

  private count({ store, register }: { store: ReceiptStore; register: number }): number {
    const key = `${store.externalId}/${register}`;
    const number = (this.counters.get(key) ?? 10_000) + 1;
    this.counters.set(key, number);
    return number;
  }
}

function isSale({ kind, expect }: LabelledReceipt): boolean {
  return expect === 'order' && kind in saleMix;
}

/** Unix seconds of a local time. */
function localToUnix(date: string, secondsOfDay: number, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) / 1000 + secondsOfDay;
  return asUtc - offsetSeconds(asUtc - offsetSeconds(asUtc, timeZone), timeZone);
}

/** How far local time is ahead of UTC. */
function offsetSeconds(unix: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(new Date(unix * 1000)).replace(' ', 'T')}Z`) / 1000 - unix;
}
